using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Wire;

namespace Dispatch.Tests.Displays;

[TestClass]
public sealed class ProgramCountsTests
{
    [TestMethod]
    public void Of_SeveralVersions_CountsTheNewestFirstAndTheSilentLast()
    {
        var counts = ProgramCounts.Of(
            [One("0.9.0", true), One("", false), One("0.10.0", true), One("bench", true), One("0.9.0", false), One("0.10.0", true), One("a", false)]);

        Assert.AreEqual(
            "0.10.0:2:2 0.9.0:2:1 a:1:0 bench:1:1 -:1:0", string.Join(' ', counts.Select(one => $"{one.Version ?? "-"}:{one.Units}:{one.Online}")));
    }

    [TestMethod]
    public void Of_NoUnits_IsEmpty() => Assert.IsEmpty(ProgramCounts.Of([]));

    private static StandingTwin One(string firmware, bool online)
    {
        var at = DateTimeOffset.UnixEpoch;
        var twin = new TwinSnapshot(
            1, "disp-0001", 1, "c-1", "鲁K·T0001", "t-1",
            new DesiredRating { DisplayId = 1, Rev = 1, Now = 1, SignedEpoch = 1, Payload = [], Kind = RatingKind.Vacant },
            1, new ReportedTwin { DisplayId = 1, Online = online, State = "vacant", Firmware = firmware, Rev = 1, ConfigRev = 1, ReceivedAt = at })
        {
            IsHeard = true,
        };
        return new(twin, StandingRule.Of(twin, new BrokerLink(true, at), 150, at));
    }
}
