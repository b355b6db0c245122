using System.Text;
using TaxiCredit.Firmware.Logic.Ratings;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests.Device;

/// <summary>Golden payloads of tests/Contract, on whatever runtime this is.</summary>
[TestClass]
public class DeviceGoldenTests
{
    [TestMethod]
    public void Payloads_OfEveryTopic_AreAdmitted()
    {
        Assert.AreEqual(1514822400L, Admitted(Golden.RatingRated4, Golden.RatingRated4Topic).Now);
        Assert.AreEqual(1514822400L, Admitted(Golden.ConfigGood, Golden.ConfigGoodTopic).Now);
        Assert.AreEqual(1514822400L, Admitted(Golden.CmdSelftest, Golden.CmdSelftestTopic).Now);
        Assert.AreEqual(1514822400L, Admitted(Golden.AckSome, Golden.AckSomeTopic).Now);
    }

    [TestMethod]
    public void Rating_OfEachKind_IsRead()
    {
        Gate gate = Admitted(Golden.RatingRated4, Golden.RatingRated4Topic);
        Rating? rated = Rating.Read(gate.Reader, gate.Now);
        Assert.IsNotNull(rated);
        Assert.AreEqual(Rating.Rated, rated!.Kind);
        Assert.AreEqual(4, rated.Stars);
        Assert.AreEqual(3024000L, rated.Hold);

        gate = Admitted(Golden.RatingUnrated, Golden.RatingUnratedTopic);
        Assert.AreEqual(Rating.Unrated, Rating.Read(gate.Reader, gate.Now)!.Kind);
        gate = Admitted(Golden.RatingVacant, Golden.RatingVacantTopic);
        Assert.AreEqual(Rating.Vacant, Rating.Read(gate.Reader, gate.Now)!.Kind);
    }

    internal static Gate Admitted(string payload, string topic)
    {
        byte[] root = new byte[32];
        for (int i = 0; i < root.Length; i++) root[i] = (byte)i;
        var keys = new Keyring();
        keys.Set(root, 1, true);
        var gate = new Gate(keys);
        Assert.AreEqual(Refusal.None, gate.Admit(Encoding.UTF8.GetBytes(payload), topic));
        return gate;
    }
}
