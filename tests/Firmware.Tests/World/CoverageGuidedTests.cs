using System.Text;
using Firmware.Tests.Contract;

namespace Firmware.Tests.World;

/// <summary>Hostile input that looks for its way through the parsers' branches. Fixed seeds.</summary>
[TestClass]
public sealed class CoverageGuidedTests
{
    private const int Seed = 20180102;

    private static readonly string[] Leaves = ["rating", "config", "cmd", "ack"];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Parsers_FiveThousandGuidedInputs_MeanTheSameToAnotherReaderOrAreRefused() => Fuzz(5000);

    [TestMethod]
    [TestCategory("slow")]
    public void Parsers_AMillionGuidedInputs_MeanTheSameToAnotherReaderOrAreRefused() => Fuzz(1000000);

    private void Fuzz(int count)
    {
        using var logic = new InstrumentedLogic();
        Run(logic, nameof(FuzzTargets.Signed), Bodies(), count);
        Run(logic, nameof(FuzzTargets.Config), Configs(), count);
    }

    private void Run(InstrumentedLogic logic, string target, IEnumerable<byte[]> good, int count)
    {
        var loop = new CoverageLoop(logic.Target(target), Seed);
        loop.Run(good, count);
        TestContext.WriteLine($"{target}: {count} inputs from seed {Seed}, {loop.Interesting} of them new, {loop.Branches} branches");
        Assert.IsGreaterThan(100, loop.Branches);
    }

    private static IEnumerable<byte[]> Bodies() =>
        from golden in Manifest.Golden.Cases
        where golden.Direction == "down"
        let payload = Manifest.Payload(golden)
        where payload.Length is > 67 and < 1000
        let leaf = Array.FindIndex(Leaves, golden.Topic.EndsWith)
        select (byte[])[(byte)leaf, .. payload[65..]];

    private static IEnumerable<byte[]> Configs() =>
    [
        HostileInputTests.GoodConfig,
        Encoding.UTF8.GetBytes("""{"v":1,"id":"disp-0002","key":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8","epoch":65535"""
            + ""","broker":"b","port":8883,"tls":true,"ca":"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n","ssid4":"\u00e9"}"""),
    ];
}
