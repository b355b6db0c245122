using System.Globalization;
using System.Text;
using TaxiCredit.Scoring.Calendars;

namespace Scoring.Tests.Calendars;

[TestClass]
public sealed class WorkingCalendarTests
{
    /// <summary>New Year of 2026 (Thursday to Saturday off, Sunday worked) and the last days that are known.</summary>
    internal static readonly WorkingCalendar NewYear = Read("""
        {"spans": [
          {"from": "2025-12-01", "through": "2026-01-31", "sources": ["test"], "off": ["2026-01-01..2026-01-03"], "on": ["2026-01-04"]}
        ]}
        """);

    [TestMethod]
    [DataRow("2025-12-31", true, DisplayName = "Wednesday")]
    [DataRow("2026-01-01", false, DisplayName = "first day off")]
    [DataRow("2026-01-02", false, DisplayName = "Friday, off")]
    [DataRow("2026-01-03", false, DisplayName = "last day off")]
    [DataRow("2026-01-04", true, DisplayName = "Sunday, worked")]
    [DataRow("2026-01-05", true, DisplayName = "Monday")]
    [DataRow("2026-01-10", false, DisplayName = "Saturday")]
    [DataRow("2025-11-30", false, DisplayName = "Sunday before the calendar")]
    [DataRow("2026-02-02", true, DisplayName = "Monday after it")]
    public void IsWorkingDay_EachKind_IsKnown(string day, bool worked) => Assert.AreEqual(worked, NewYear.IsWorkingDay(Day(day)));

    [TestMethod]
    [DataRow("2025-12-30", 1, "2025-12-31")]
    [DataRow("2025-12-30", 2, "2026-01-04", DisplayName = "over the turn of the year, onto a Sunday that is worked")]
    [DataRow("2025-12-31", 1, "2026-01-04")]
    [DataRow("2026-01-01", 1, "2026-01-04", DisplayName = "begins on a day off")]
    [DataRow("2026-01-04", 1, "2026-01-05")]
    [DataRow("2026-01-05", 5, "2026-01-12")]
    [DataRow("2026-01-09", 1, "2026-01-12", DisplayName = "over a weekend")]
    public void After_KnownDays_CountsThemAlone(string from, int days, string due) =>
        Assert.AreEqual(new DueDay(Day(due), IsAssumed: false), NewYear.After(Day(from), days));

    [TestMethod]
    [DataRow("2026-01-29", 1, "2026-01-30", false, DisplayName = "one before the end")]
    [DataRow("2026-01-30", 1, "2026-02-02", true, DisplayName = "the first day beyond it is looked at")]
    [DataRow("2026-02-06", 1, "2026-02-09", true)]
    public void After_BeyondTheEnd_CountsWeekdaysAndSaysSo(string from, int days, string due, bool assumed) =>
        Assert.AreEqual(new DueDay(Day(due), assumed), NewYear.After(Day(from), days));

    [TestMethod]
    [DataRow(0)]
    [DataRow(367)]
    public void After_CountOutsideItsRange_Throws(int days) =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => NewYear.After(new(2026, 1, 5), days));

    [TestMethod]
    public void After_LargestCount_IsAnswered() => Assert.AreEqual(new(2026, 12, 7), NewYear.After(new(2025, 7, 10), 366).On);

    [TestMethod]
    [DataRow("2025-11-30", null)]
    [DataRow("2025-12-01", "2026-01-31")]
    [DataRow("2026-01-31", "2026-01-31")]
    [DataRow("2026-02-01", null)]
    public void EndOf_AtTheEdges_IsTheLastDayOrNone(string day, string? end)
    {
        Assert.AreEqual(end is null ? null : Day(end), NewYear.EndOf(Day(day)));
        Assert.AreEqual(end is not null, NewYear.Covers(Day(day)));
    }

    [TestMethod]
    [DataRow("2025-12-30", "2025-12-30", 0)]
    [DataRow("2025-12-31", "2025-12-30", 0)]
    [DataRow("2025-12-30", "2025-12-31", 1)]
    [DataRow("2025-12-30", "2026-01-03", 1)]
    [DataRow("2025-12-30", "2026-01-04", 2)]
    public void Between_TwoDays_CountsTheSecondAndNotTheFirst(string after, string through, int count) =>
        Assert.AreEqual(count, NewYear.Between(Day(after), Day(through)));

    internal static WorkingCalendar Read(string json)
    {
        var calendar = CalendarReader.Read(Encoding.UTF8.GetBytes(json), out var faults);
        Assert.IsEmpty(faults, string.Join('\n', faults));
        return calendar!;
    }

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
