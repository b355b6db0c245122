using System.Text;
using Firmware.Tests.Bench;
using Firmware.Tests.Contract;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests.World;

/// <summary>Mutated and random bytes into everything that parses. Fixed seeds; whatever fails names its number.</summary>
[TestClass]
public sealed class HostileInputTests
{
    private const int Seed = 20171231;

    public TestContext TestContext { get; set; } = null!;

    internal static byte[] GoodConfig { get; } = Encoding.UTF8.GetBytes(
        """{"v":1,"id":"disp-0001","key":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8","epoch":1,"broker":"127.0.0.1","port":1883,"tls":false"""
        + ""","ssid1":"cab","psk1":"12345678"}""");

    [TestMethod]
    public void Gate_TwentyThousandHostilePayloads_AreRefused() => Attack(20000);

    [TestMethod]
    [TestCategory("slow")]
    public void Gate_AMillionHostilePayloads_AreRefused() => Attack(1000000);

    [TestMethod]
    public void Config_TwentyThousandMutations_AreReadOrRefused() => MutateConfig(20000);

    [TestMethod]
    [TestCategory("slow")]
    public void Config_AMillionMutations_AreReadOrRefused() => MutateConfig(1000000);

    /// <summary>Behind a valid MAC: the parser itself, and every handler behind it.</summary>
    [TestMethod]
    public void Parser_TwentyThousandSignedMutations_NeverThrowAndNeverShowWhatWasNotSent()
    {
        var chance = new Random(Seed + 1);
        TestCab cab = Showing();
        IEnumerable<byte[]> golden = Manifest.Golden.Cases.Where(c => c.Direction == "down").Select(Manifest.Payload);
        byte[][] bodies = [.. golden.Where(p => p.Length is > 67 and < 1024).Select(p => p[65..])];
        string[] topics = [Message.RatingTopic, Message.ConfigTopic, Message.CmdTopic, Message.AckTopic];
        for (int i = 0; i < 20000; i++)
        {
            byte[] body = Mutator.Mutate(bodies[chance.Next(bodies.Length)], chance);
            if (body.Length > 1024 - 65) continue;
            cab.Unit.Inbound.Receive(topics[chance.Next(topics.Length)], Message.Sign(body), cab.Now);
            cab.Unit.Gate.Reader.Has("rev");
        }

        cab.Run(5000);
        int stars = cab.Unit.Ratings.Stars;
        Assert.IsTrue(cab.Lights.Lit == 0 || cab.Lights.Lit == (2 << stars) - 1, $"{cab.Lights.Lit} with {stars} stars");
    }

    private static TestCab Showing()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(3));
        Assert.AreEqual("11110", cab.Lit);
        return cab;
    }

    private void Attack(int count)
    {
        var chance = new Random(Seed);
        TestCab cab = Showing();
        byte[][] seeds = [.. Manifest.Golden.Cases.Select(Manifest.Payload).Where(p => p.Length < 5000)];

        // A mutation may undo what made a golden case bad: an authentic message is not an attack.
        HashSet<string> authentic = [.. Manifest.Golden.Cases.Select(c => Convert.ToHexString(Manifest.Payload(c)))];
        uint newest = cab.Unit.Journal.Newest;
        string[] topics = [Message.RatingTopic, Message.ConfigTopic, Message.CmdTopic, Message.AckTopic, "tc/v1/d/disp-0002/rating", "", "$SYS"];
        int parsed = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] payload;
            if (chance.Next(4) == 0)
            {
                payload = new byte[chance.Next(1500)];
                chance.NextBytes(payload);
            }
            else
            {
                payload = Mutator.Mutate(seeds[chance.Next(seeds.Length)], chance);
                if (authentic.Contains(Convert.ToHexString(payload))) continue;
            }

            // What the parser knew before tells whether it was reached.
            Assert.IsTrue(cab.Unit.Gate.Reader.TryRead("{\"untouched\":1}"u8.ToArray(), 0, 15));
            int refusal = cab.Unit.Inbound.Receive(topics[chance.Next(topics.Length)], payload, cab.Now);
            bool isReached = !cab.Unit.Gate.Reader.Has("untouched");
            if (isReached) parsed++;
            Assert.AreNotEqual(Refusal.None, refusal, $"payload {i} was taken");
            if (i % 1000 == 0) cab.Run(1);
        }

        cab.Run(1000);
        TestContext.WriteLine($"{count} payloads from seed {Seed}: {parsed} reached the parser, {cab.Unit.Journal.Newest - newest} incidents");
        Assert.AreEqual(0, parsed);
        Assert.AreEqual("11110", cab.Lit);
        Assert.IsLessThanOrEqualTo(3u * 9, cab.Unit.Journal.Newest - newest, "eight of a kind, and one more for the time that passed");
    }

    private static void MutateConfig(int count)
    {
        var chance = new Random(Seed + 2);
        for (int i = 0; i < count; i++)
        {
            byte[] bytes = Mutator.Mutate(GoodConfig, chance);
            UnitConfig? config = UnitConfig.Read(bytes, out string faults);
            Assert.AreEqual(config == null, faults.Length > 0);
            if (config == null) continue;
            Assert.IsTrue(config.DisplayId.Length is >= 4 and <= 32 && config.RootKey.Length == 32 && config.Port is > 0 and < 65536, $"config {i}");
            Assert.IsFalse(faults.Contains("AAECAwQ", StringComparison.Ordinal), "a secret was said aloud");
        }
    }
}
