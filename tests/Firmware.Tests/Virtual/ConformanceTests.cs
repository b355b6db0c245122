using System.Text;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Wire;
using TaxiCredit.VirtualCab.Conform;

namespace Firmware.Tests.Virtual;

/// <summary>The runner behind <c>virtualcab --conform</c>: silent for a server that does as it must, and by name for one that does not.</summary>
[TestClass]
public sealed class ConformanceTests
{
    private const string Id = "disp-0001";

    /// <summary>A server that does not answer is waited for so long, for each line.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    [TestMethod]
    public async Task Server_OfTheContract_HoldsEveryLine()
    {
        (int failed, string said) = await RunAsync(ServerFault.None, TimeSpan.FromSeconds(30));
        Assert.AreEqual(0, failed, said);
        StringAssert.Contains(said, "16 lines hold");
    }

    [TestMethod]
    [DataRow(ServerFault.AnyPassword, "password")]
    [DataRow(ServerFault.NoRating, "rating")]
    [DataRow(ServerFault.RatingNotRetained, "rating")]
    [DataRow(ServerFault.RatingForever, "rating")]
    [DataRow(ServerFault.SignedWithUp, "rating config answer ack ack-again mac order form unknown-kind unknown-field replay")]
    [DataRow(ServerFault.NoAnswer, "answer mac order form unknown-field replay")]
    [DataRow(ServerFault.AnswerWithoutNonce, "answer mac order form unknown-field replay")]
    [DataRow(ServerFault.AcknowledgesOnce, "ack-again")]
    [DataRow(ServerFault.BelievesAnyMac, "mac order form")]
    [DataRow(ServerFault.TakesAnyOrder, "order form unknown-kind unknown-field replay")]
    [DataRow(ServerFault.KnownKindsOnly, "unknown-kind unknown-field replay")]
    [DataRow(ServerFault.KnownFieldsOnly, "unknown-field")]
    [DataRow(ServerFault.AnswersReplays, "replay")]
    [DataRow(ServerFault.GrantsForeign, "foreign")]
    public async Task Server_WithAFault_FailsByName(ServerFault fault, string lines)
    {
        (int failed, string said) = await RunAsync(fault, Patience);
        IEnumerable<string> failures = said.Split('\n').Where(line => line.StartsWith("FAILS", StringComparison.Ordinal));
        string[] named = [.. failures.Select(line => line[7..line.IndexOf(':', StringComparison.Ordinal)])];
        Assert.AreEqual(lines, string.Join(' ', named), said);
        Assert.AreEqual(named.Length, failed);
    }

    [TestMethod]
    public async Task Server_ThatIsNotThere_FailsEveryLine()
    {
        var said = new StringWriter();
        int failed = await Conformance.RunAsync(Config(LoopbackPort.Take()), TimeSpan.FromMilliseconds(100), said);
        Assert.AreEqual(16, failed, said.ToString());
    }

    [TestMethod]
    public async Task Server_ThatOffersTheGoldenPackage_HoldsEveryLineOfUpdates()
    {
        (int failed, string said) = await RunAsync(ServerFault.None, TimeSpan.FromSeconds(30), await GoldenAsync());
        Assert.AreEqual(0, failed, said);
        StringAssert.Contains(said, "6 lines hold");
    }

    [TestMethod]
    [DataRow(ServerFault.OffersNothing, "offer part part-again unasked package")]
    [DataRow(ServerFault.OffersTooLate, "offer")]
    [DataRow(ServerFault.SendsOnePlaceOn, "part part-again unasked package")]
    [DataRow(ServerFault.SendsShortParts, "part part-again unasked package")]
    [DataRow(ServerFault.SendsOtherBytesAgain, "part-again")]
    [DataRow(ServerFault.SendsUnasked, "unasked")]
    [DataRow(ServerFault.SendsAnotherPackage, "package")]
    [DataRow(ServerFault.SignedWithUp, "offer part part-again unasked package")]
    public async Task Server_WithAFaultOfUpdates_FailsByName(ServerFault fault, string lines)
    {
        (int failed, string said) = await RunAsync(fault, Patience, await GoldenAsync());
        IEnumerable<string> failures = said.Split('\n').Where(line => line.StartsWith("FAILS", StringComparison.Ordinal));
        string[] named = [.. failures.Select(line => line[7..line.IndexOf(':', StringComparison.Ordinal)])];
        Assert.AreEqual(lines, string.Join(' ', named), said);
        Assert.AreEqual(named.Length, failed);
    }

    private static Task<byte[]> GoldenAsync() => File.ReadAllBytesAsync(Path.Combine(Readme.Root, "tests/Contract/update/package.tcup"));

    private static async Task<(int Failed, string Said)> RunAsync(ServerFault fault, TimeSpan patience, byte[]? package = null)
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        var server = new ScriptedServer(broker, Id, fault) { Package = package };
        await server.PublishAsync();
        var said = new StringWriter { NewLine = "\n" };
        int failed = package == null
            ? await Conformance.RunAsync(Config(broker.Port), patience, said)
            : await Conformance.RunUpdateAsync(Config(broker.Port), patience, said);
        return (failed, said.ToString());
    }

    private static UnitConfig Config(int port)
    {
        string key = Base64Url.Encode(TestBroker.RootOf(Id));
        string json = $$"""{"v":1,"id":"{{Id}}","key":"{{key}}","epoch":1,"broker":"127.0.0.1","port":{{port}},"tls":false}""";
        return UnitConfig.Read(Encoding.UTF8.GetBytes(json), out string faults) ?? throw new InvalidOperationException(faults);
    }
}
