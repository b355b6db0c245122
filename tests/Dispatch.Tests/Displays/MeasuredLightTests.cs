using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Wire;

namespace Dispatch.Tests.Displays;

[TestClass]
public sealed class MeasuredLightTests
{
    [TestMethod]
    public void Of_EveryPattern_IsStarsOnlyWithoutAGap()
    {
        var shown = Enumerable.Range(0, 32).Select(bits => string.Create(5, bits, (lit, of) =>
        {
            for (var i = 0; i < 5; i++)
                lit[i] = (of >> i & 1) == 1 ? '1' : '0';
        })).ToDictionary(lit => lit, lit => MeasuredLight.Of(lit).ToString());

        Assert.AreEqual("dark", shown["00000"]);
        Assert.AreEqual("0 1 2 3 4", string.Join(' ', shown["10000"], shown["11000"], shown["11100"], shown["11110"], shown["11111"]));
        Assert.AreEqual(26, shown.Values.Count(light => light == "inconsistent"));
    }

    [TestMethod]
    [DataRow(true, "showing", "11111", "4")]
    [DataRow(true, "showing", "10000", "0")]
    [DataRow(true, "unrated", "00000", "unrated")]
    [DataRow(true, "unrated", "11000", "1", DisplayName = "what is measured counts, not what is said")]
    [DataRow(true, "vacant", "00000", "dark")]
    [DataRow(true, "showing", "01111", "dark")]
    [DataRow(true, "fault", "00000", "dark")]
    [DataRow(false, "showing", "11111", "dark", DisplayName = "offline: nobody vouches for it")]
    [DataRow(false, "unrated", "00000", "dark")]
    public void ShownCounts_OneTwin_CountsWhatItLastMeasured(bool online, string state, string lit, string key)
    {
        var twin = Twin(RatingKind.Rated, 4, online, state, lit);
        var at = DateTimeOffset.UnixEpoch;
        var counts = ShownCounts.Of([new(twin, StandingRule.Of(twin, new BrokerLink(true, at), 150, at))]);

        Assert.AreEqual("4 3 2 1 0 unrated dark", string.Join(' ', counts.Keys));
        Assert.AreEqual(key, counts.Single(count => count.Value == 1).Key);
        Assert.AreEqual(1, counts.Values.Sum());
    }

    private static TwinSnapshot Twin(RatingKind kind, int? stars, bool online, string state, string lit) => new(
        1, "disp-0001", 1, "c-1", "鲁K·T0001", "t-1",
        new DesiredRating
        {
            DisplayId = 1, Rev = 1, Now = 1, SignedEpoch = 1, Payload = [], Kind = kind, Stars = stars, Driver = kind == RatingKind.Vacant ? null : "d-1",
        },
        1, new ReportedTwin
        {
            DisplayId = 1, Online = online, State = state, Lit = lit, Rev = 1, ConfigRev = 1, ReceivedAt = DateTimeOffset.UnixEpoch,
        })
    {
        IsHeard = true,
    };
}
