using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Mqtt;

namespace Dispatch.Tests.Displays;

[TestClass]
public sealed class DisplayAlarmsTests
{
    private const int Cabs = 205;

    [TestMethod]
    public void Alarms_BrokerAway_AreOne()
    {
        var alarms = Of(Twin.Up with { IsUp = false }, Twin.OnShift, Twin.Parked);

        Assert.AreEqual((1, 0), (alarms.Count, alarms.Single.Count));
        Assert.AreEqual(new SharedAlarm(StandingCause.BrokerAway, Cabs, Twin.Up.Since), alarms.Shared.Single());
    }

    [TestMethod]
    public void Alarms_BrokerAwayWithoutADisplay_AreOne() =>
        Assert.AreEqual(1, DisplayAlarms.Of([], Twin.Up with { IsUp = false }).Count);

    [TestMethod]
    public void Alarms_BrokerBack_AreOneForThoseOnShiftThatAreMissing()
    {
        var link = new BrokerLink(true, Twin.Signed);

        var alarms = Of(link, Twin.OnShift with { IsHeard = false }, Twin.Parked with { IsHeard = false });

        Assert.AreEqual(new SharedAlarm(StandingCause.Returning, 103, Twin.Signed), alarms.Shared.Single());
        Assert.IsEmpty(alarms.Single);
    }

    [TestMethod]
    public void Alarms_AllCabsGone_AreOneForEachOnShift()
    {
        var alarms = Of(Twin.Up, Gone(Twin.OnShift), Gone(Twin.Parked));

        Assert.IsEmpty(alarms.Shared);
        Assert.AreEqual((103, 103), (alarms.Count, alarms.Single.Count(one => one.Standing.Alarm == DisplayAlarm.Unreachable)));
    }

    [TestMethod]
    [DataRow("City", StandingCause.CityHeld)]
    [DataRow("Key", StandingCause.KeyLost)]
    public void Alarms_ManyHeldForOneCause_AreOne(string held, StandingCause cause)
    {
        var because = Enum.Parse<HeldBecause>(held);

        var alarms = Of(Twin.Up, Twin.OnShift with { Held = because }, Twin.Parked with { Held = because });

        Assert.AreEqual((1, cause, Cabs), (alarms.Count, alarms.Shared.Single().Cause, alarms.Shared.Single().Displays));
    }

    [TestMethod]
    public void Alarms_AllWell_AreNone() => Assert.AreEqual(0, Of(Twin.Up, Twin.OnShift, Twin.Parked).Count);

    /// <summary>A city of 205 cabs, 103 of them as the first and 102 as the second, a minute after everything was signed.</summary>
    private static DisplayAlarms Of(BrokerLink link, TwinSnapshot onShift, TwinSnapshot parked) => DisplayAlarms.Of(
        [.. Enumerable.Range(0, Cabs).Select(n => n % 2 == 0 ? onShift : parked)
            .Select(twin => new StandingTwin(twin, StandingRule.Of(twin, link, Twin.Heartbeat, Twin.Signed + TimeSpan.FromMinutes(1))))], link);

    private static TwinSnapshot Gone(TwinSnapshot twin) => twin with { Reported = twin.Reported with { Online = false } };
}
