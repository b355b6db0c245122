using System.Globalization;
using TaxiCredit.Scoring.Calendars;

namespace Scoring.Tests.Calendars;

[TestClass]
public sealed class PromiseTests
{
    private static readonly WorkingCalendar Days = WorkingCalendarTests.NewYear;

    [TestMethod]
    public void InCalendarDays_AcrossTheYear_CountsEveryDay()
    {
        Assert.AreEqual(new Promise(new(2026, 1, 4)), Promise.InCalendarDays(new(2025, 12, 25), 10));
        Assert.AreEqual(new Promise(new(2026, 1, 24)), Promise.InCalendarDays(new(2025, 12, 25), 30));
        Assert.AreEqual(new Promise(new(2016, 2, 29)), Promise.InCalendarDays(new(2016, 2, 19), 10));
    }

    [TestMethod]
    public void InWorkingDays_AcrossTheYear_CountsWorkedDays() =>
        Assert.AreEqual(new Promise(new(2026, 1, 13)), Promise.InWorkingDays(new(2025, 12, 29), 10, Days));

    [TestMethod]
    [DataRow("2026-01-08", PromiseState.Running)]
    [DataRow("2026-01-09", PromiseState.LastDay)]
    [DataRow("2026-01-10", PromiseState.Late)]
    public void StateOn_AroundTheDay_Changes(string today, PromiseState state) =>
        Assert.AreEqual(state, new Promise(new(2026, 1, 9)).StateOn(Day(today)));

    [TestMethod]
    public void Promise_CalendarThatChangesLater_StaysAsPromised()
    {
        var promised = Promise.InWorkingDays(new(2026, 1, 8), 1, Days);
        var changed = WorkingCalendarTests.Read(
            """{"spans": [{"from": "2026-01-01", "through": "2026-01-31", "sources": ["test"], "off": ["2026-01-09"]}]}""");

        Assert.AreEqual(new(2026, 1, 12), changed.After(new(2026, 1, 8), 1).On);
        Assert.AreEqual(new Promise(new(2026, 1, 9)), promised);
    }

    [TestMethod]
    [DataRow("2026-01-08", true)]
    [DataRow("2026-01-09", true)]
    [DataRow("2026-01-10", false, DisplayName = "late stays late")]
    public void Stop_AroundTheDay_StandsAndSaysWhy(string on, bool stops)
    {
        var stopped = new Promise(new(2026, 1, 9)).Stop(Day(on), "The meter is being tested.");

        Assert.AreEqual(stops, stopped is not null);
        if (stopped is { } standing)
        {
            Assert.AreEqual(PromiseState.Stopped, standing.StateOn(new(2027, 1, 1)));
            Assert.AreEqual("The meter is being tested.", standing.StoppedBecause);
            Assert.IsNull(standing.Stop(Day(on), "Again."));
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(" ")]
    public void Stop_WithoutAReason_Throws(string because) =>
        Assert.ThrowsExactly<ArgumentException>(() => new Promise(new(2026, 1, 9)).Stop(new(2026, 1, 8), because));

    [TestMethod]
    [DataRow("2026-01-07", null)]
    [DataRow("2026-01-08", "2026-01-09", DisplayName = "on the day it was stopped")]
    [DataRow("2026-01-09", "2026-01-10")]
    [DataRow("2026-02-08", "2026-02-09")]
    public void Resume_CalendarDays_MovesByTheTimeThatItStood(string on, string? due)
    {
        var resumed = new Promise(new(2026, 1, 9)).Stop(new(2026, 1, 8), "Why.")!.Value.Resume(Day(on));

        Assert.AreEqual(due is null ? null : new Promise(Day(due)), resumed);
    }

    [TestMethod]
    [DataRow("2025-12-30", "2025-12-30", "2026-01-04", DisplayName = "on the day it was stopped: nothing moves")]
    [DataRow("2025-12-30", "2026-01-04", "2026-01-06", DisplayName = "two working days were left")]
    [DataRow("2026-01-04", "2026-01-10", "2026-01-12", DisplayName = "stopped on the last day, resumed on a Saturday")]
    [DataRow("2026-01-04", "2026-01-12", "2026-01-12")]
    [DataRow("2025-12-30", "2025-12-29", null)]
    public void Resume_WorkingDays_LeavesAsManyAsWereLeft(string stopped, string on, string? due)
    {
        var resumed = new Promise(new(2026, 1, 4)).Stop(Day(stopped), "Why.")!.Value.Resume(Day(on), Days);

        Assert.AreEqual(due is null ? null : new Promise(Day(due)), resumed);
    }

    [TestMethod]
    public void Resume_RunningClock_IsNone()
    {
        Assert.IsNull(new Promise(new(2026, 1, 9)).Resume(new(2026, 1, 8)));
        Assert.IsNull(new Promise(new(2026, 1, 9)).Resume(new(2026, 1, 8), Days));
    }

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
