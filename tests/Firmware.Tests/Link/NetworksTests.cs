using System.Text;
using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Link;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests.Link;

[TestClass]
public sealed class NetworksTests
{
    /// <summary>The first access point gives addresses and has no internet: three attempts, and the unit moves on.</summary>
    [TestMethod]
    public void Networks_FirstOfThreeWithoutInternet_IsLeftAfterThreeAttempts()
    {
        var radio = new Radio();
        var networks = new Networks(radio, Config(3));
        for (int attempt = 1; attempt <= Networks.AttemptsWithoutBroker; attempt++)
        {
            Assert.IsTrue(networks.TryConnect());
            Assert.AreEqual("net1", radio.Joined);
            networks.NoteOutcome(isBroker: false);
        }

        Assert.IsTrue(networks.TryConnect());
        Assert.AreEqual("net2", radio.Joined);
        networks.NoteOutcome(isBroker: true);
        for (int i = 0; i < 100; i++)
        {
            Assert.IsTrue(networks.TryConnect());
            networks.NoteOutcome(isBroker: i % 3 == 2);
        }

        Assert.AreEqual(("net2", 2), (radio.Joined, radio.Writes), "a broker now and then is enough to stay, and settings are written when they change");
    }

    [TestMethod]
    public void Networks_WithoutAddress_AreLeftAtOnceAndTriedInTurn()
    {
        var radio = new Radio { IsInReach = false };
        var networks = new Networks(radio, Config(3));
        var tried = new List<string>();
        for (int i = 0; i < 4; i++)
        {
            Assert.IsFalse(networks.TryConnect());
            tried.Add(radio.Tried);
        }

        CollectionAssert.AreEqual(new[] { "net1", "net2", "net3", "net1" }, tried);
    }

    /// <summary>A year of attempts on one network: the platform would write its flash each time.</summary>
    [TestMethod]
    public void Networks_Single_IsWrittenOnceAndJoinedAnew()
    {
        var radio = new Radio();
        var networks = new Networks(radio, Config(1));
        for (int i = 0; i < 100000; i++)
        {
            radio.HasLease = i % 2 == 0;
            networks.TryConnect();
            networks.NoteOutcome(isBroker: false);
        }

        Assert.AreEqual(1, radio.Writes);
        Assert.IsGreaterThan(10000, radio.Rejoins);
    }

    /// <summary>After a restart the platform is in the network that it has stored: it is not the first, and nothing is written.</summary>
    [TestMethod]
    public void Networks_StoredByThePlatform_AreGoneOnWith()
    {
        var radio = new Radio { Stored = ("net2", "passphrase2"), Joined = "net2", HasLease = true };
        var networks = new Networks(radio, Config(3));
        Assert.IsTrue(networks.TryConnect());
        Assert.AreEqual((1, 0, 0), (networks.Current, radio.Writes, radio.Rejoins));
    }

    [TestMethod]
    public void Networks_WithANewPassphrase_AreWrittenAgain()
    {
        var radio = new Radio { Stored = ("net1", "another one") };
        Assert.IsTrue(new Networks(radio, Config(1)).TryConnect());
        Assert.AreEqual(1, radio.Writes);
    }

    /// <summary>What flash costs at worst: every network out of reach of a broker, at the longest waits between attempts.</summary>
    [TestMethod]
    public void Networks_NeverWithABroker_AreWrittenOnceInThreeAttempts()
    {
        var radio = new Radio();
        var networks = new Networks(radio, Config(4));
        for (int i = 0; i < 300; i++)
        {
            networks.TryConnect();
            networks.NoteOutcome(isBroker: false);
        }

        Assert.AreEqual(100, radio.Writes);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Networks_None_AreTheAddressThatIsThere(bool hasAddress)
    {
        var radio = new Radio { HasLease = hasAddress };
        var networks = new Networks(radio, Config(0));
        Assert.AreEqual(hasAddress, networks.TryConnect());
        for (int i = 0; i < 5; i++) networks.NoteOutcome(isBroker: false);
        Assert.AreEqual((hasAddress, 0), (networks.TryConnect(), radio.Writes));
    }

    private static UnitConfig Config(int networks)
    {
        string list = string.Concat(Enumerable.Range(1, networks).Select(i => $",\"ssid{i}\":\"net{i}\",\"psk{i}\":\"passphrase{i}\""));
        string json = $$"""{"v":1,"id":"disp-0001","key":"{{Base64Url.Encode(TestCab.RootKey)}}","epoch":1,"broker":"b","port":1,"tls":false{{list}}}""";
        return UnitConfig.Read(Encoding.UTF8.GetBytes(json), out _)!;
    }

    private sealed class Radio : IRadio
    {
        public bool IsInReach { get; init; } = true;

        public bool HasLease { get; set; }

        public (string, string) Stored { get; set; }

        public string Joined { get; set; } = "";

        public string Tried { get; private set; } = "";

        public int Writes { get; private set; }

        public int Rejoins { get; private set; }

        public bool HasAddress() => HasLease;

        public bool IsStored(string ssid, string passphrase) => Stored == (ssid, passphrase);

        public bool Rejoin()
        {
            Rejoins++;
            return Try(Stored.Item1);
        }

        public bool Join(string ssid, string passphrase)
        {
            Writes++;
            Stored = (ssid, passphrase);
            return Try(ssid);
        }

        private bool Try(string ssid)
        {
            Tried = ssid;
            Joined = IsInReach ? ssid : "";
            return HasLease = IsInReach;
        }
    }
}
