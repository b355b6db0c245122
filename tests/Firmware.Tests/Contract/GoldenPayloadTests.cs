using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests.Contract;

[TestClass]
public sealed class GoldenPayloadTests
{
    public static IEnumerable<object[]> Down => Manifest.Golden.Cases.Where(c => c.Direction == "down").Select(c => new object[] { c.Name });

    public static IEnumerable<object[]> Keys => Manifest.Golden.Keys.Select(k => new object[] { k.Purpose, k.Epoch });

    [TestMethod]
    [DynamicData(nameof(Down))]
    public void Payload_FromServer_IsJudgedAsTheContractSays(string name)
    {
        GoldenCase golden = Manifest.Named(name);
        TestCab cab = CabBefore(golden);

        int refusal = Take(cab, golden);
        cab.Run(100);

        Assert.AreEqual(golden.Expect == "refuse" ? golden.Reason : "", ReasonOf(refusal));
        if (golden.Lit != null) Assert.AreEqual(golden.Lit, cab.Lit);
        else if (golden.Topic.EndsWith("/rating", StringComparison.Ordinal)) Assert.AreEqual("00000", cab.Lit);
        if (golden.Journal != null) Assert.AreEqual(golden.Acknowledged, cab.Unit.Journal.Acknowledged);
    }

    [TestMethod]
    [DynamicData(nameof(Keys))]
    public void Key_OfEveryPurposeAndEpoch_IsTheContracts(string purpose, int epoch)
    {
        GoldenKey golden = Manifest.Golden.Keys.Single(k => k.Purpose == purpose && k.Epoch == epoch);
        byte[] root = Base64Url.DecodeKey(Manifest.Golden.RootKey)!;

        Assert.AreEqual(golden.Hex, Convert.ToHexStringLower(Keyring.Derive(root, purpose, epoch)));
        if (golden.Password == null) return;
        var keys = new Keyring();
        keys.Set(root, epoch, true);
        Assert.AreEqual(golden.Password, keys.Password(epoch));
    }

    [TestMethod]
    public void Manifest_IsForTheTestCab()
    {
        Assert.AreEqual(TestCab.Id, Manifest.Golden.Display);
        Assert.AreEqual(Base64Url.Encode(TestCab.RootKey), Manifest.Golden.RootKey);
    }

    internal static string ReasonOf(int refusal) => refusal switch
    {
        Refusal.None => "",
        Refusal.Length => "length",
        Refusal.Mac => "mac",
        Refusal.Form => "form",
        Refusal.Topic => "topic",
        Refusal.Old => "old",
        Refusal.Expired => "expired",
        Refusal.Early => "early",
        Refusal.Clock => "clock",
        Refusal.Driving => "driving",
        _ => $"{refusal} is no reason of the contract",
    };

    private static TestCab CabBefore(GoldenCase golden)
    {
        var cab = new TestCab(files: new RamFiles());
        cab.Link.IsBrokerUp = true;
        cab.Time.Rtc = golden.Clock == 0 ? 0 : golden.Clock - (TestCab.SettleMilliseconds / 1000);
        if (golden.Journal != null) Journalled(cab, golden.Journal, golden.Newest);
        else cab.Start();
        cab.Settle();
        foreach (string earlier in golden.After)
        {
            Assert.AreEqual(Refusal.None, Take(cab, Manifest.Named(earlier)), earlier);
        }

        return cab;
    }

    /// <summary>A cab whose memory has the journal id of the golden acknowledgements and a number of incidents.</summary>
    private static void Journalled(TestCab cab, string journal, uint newest)
    {
        cab.Unit.Identity.Format(TestCab.Id, TestCab.RootKey, Convert.FromHexString(journal));
        cab.Start();
        cab.Settle();
        var incident = new Incident { Kind = IncidentKind.Mark };
        while (cab.Unit.Journal.Newest < newest) cab.Unit.Journal.Append(incident);
    }

    private static int Take(TestCab cab, GoldenCase golden) =>
        cab.Unit.Inbound.Receive(golden.Topic, Manifest.Payload(golden), cab.Now);
}
