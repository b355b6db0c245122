using System.Globalization;
using System.Net;
using Dispatch.Tests.Accounts;
using Dispatch.Tests.Exchange;
using Dispatch.Tests.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Calendars;

namespace Dispatch.Tests.Upkeep;

/// <summary>The calendar that comes with the program, and what tells of its end.</summary>
[TestClass]
public sealed class CalendarTests
{
    private static readonly WorkingCalendar Shipped = BureauCalendar.Read(BureauCalendar.UsualFile);

    /// <summary>Days of the year without weekends and the holidays that the law gives: 11, and 13 since 2025. Moving days changes no sum.</summary>
    [TestMethod]
    [DataRow(2016, 250)]
    [DataRow(2017, 249)]
    [DataRow(2018, 250)]
    [DataRow(2025, 248)]
    public void Shipped_WholeYear_HasItsWorkingDays(int year, int days) => Assert.AreEqual(days, Shipped.Between(new(year - 1, 12, 31), new(year, 12, 31)));

    [TestMethod]
    [DataRow("2018-02-14", true)]
    [DataRow("2018-02-15", false)]
    [DataRow("2018-02-21", false)]
    [DataRow("2018-02-22", true)]
    [DataRow("2018-02-24", true, DisplayName = "Saturday in February, worked")]
    [DataRow("2018-12-29", true, DisplayName = "Saturday, worked by the notice for 2019")]
    [DataRow("2018-12-31", false)]
    [DataRow("2026-02-28", true, DisplayName = "Saturday, worked")]
    [DataRow("2026-10-07", false)]
    [DataRow("2026-10-08", true)]
    public void Shipped_AroundHolidays_FollowsTheNotice(string day, bool worked) => Assert.AreEqual(worked, Shipped.IsWorkingDay(Day(day)));

    [TestMethod]
    [DataRow("2026-12-28", true)]
    [DataRow("2026-12-29", false, DisplayName = "the notice for 2027 may move it")]
    [DataRow("2019-01-01", false)]
    [DataRow("2024-12-31", false)]
    public void Shipped_EndOfWhatIsPublished_IsNotGuessed(string day, bool known) => Assert.AreEqual(known, Shipped.Covers(Day(day)));

    [TestMethod]
    [DataRow("2018-10-31", "2018-12-31", false, DisplayName = "61 days ahead")]
    [DataRow("2018-11-01", "2018-12-31", true, DisplayName = "60 days ahead")]
    [DataRow("2018-12-31", "2018-12-31", true)]
    [DataRow("2019-01-01", null, true)]
    public async Task End_Near_IsToldOnPageAndByTheApi(string today, string? through, bool told)
    {
        await using var city = await SmallCity.BuildAsync();
        await city.SetTodayAsync(Day(today));

        var view = await city.GetAsync("calendar");
        Assert.AreEqual((through, told), (view.GetProperty("through").GetString(), view.GetProperty("isEnding").GetBoolean()));
        using var officer = (await city.EnterAsync(SmallCity.Officer)).Browser;
        var page = (await officer.GoAsync("/bureau")).Text;
        Assert.AreEqual(told && through is not null, page.Contains("The calendar of working days ends on", StringComparison.Ordinal));
        Assert.AreEqual(told && through is null, page.Contains("The calendar of working days does not cover", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow("2018-10-31", "")]
    [DataRow("2018-11-01", "ends on 2018-12-31")]
    [DataRow("2019-01-01", "does not know 2019-01-01")]
    public async Task Job_AtTheStartAndDaily_WarnsInTheLog(string today, string told)
    {
        var log = new LogLines();
        await using var city = await EmptyCity.BuildAsync(null, services => services.AddSingleton<ILoggerProvider>(log));
        await city.WithDbAsync(async db =>
        {
            await city.Server.Services.GetRequiredService<BureauTime>().SetAsync(db, Day(today), CancellationToken.None);
            return 0;
        });
        var job = city.Server.Services.GetServices<Job>().Single(one => one.Name == "calendar");

        await job.RunAsync(new(city.Server.Services, null), CancellationToken.None);

        var lines = string.Join('\n', log.Lines.Where(line => line.Contains("calendar of working days", StringComparison.Ordinal)));
        if (told.Length == 0)
            Assert.AreEqual("", lines);
        else
            StringAssert.Contains(lines, told);
    }

    [TestMethod]
    public async Task Calendar_ByADriver_IsRefused()
    {
        await using var city = await SmallCity.BuildAsync();
        await SmallCity.AssertRefusalAsync(await city.Client.GetAsync("/api/v1/calendar?actor=d-2"), HttpStatusCode.Forbidden, "actor-not-allowed");
    }

    [TestMethod]
    [DataRow("{}", "$.spans: is missing or empty")]
    [DataRow(null, "cannot be read")]
    public async Task File_ThatIsNone_StopsTheStart(string? content, string fault)
    {
        var folder = Directory.CreateTempSubdirectory("taxicredit-calendar-").FullName;
        var file = Path.Combine(folder, "calendar.json");
        if (content is not null)
            await File.WriteAllTextAsync(file, content);

        var thrown = Assert.ThrowsExactly<InvalidDataException>(() => BureauCalendar.Read(file));
        StringAssert.Contains(thrown.Message, fault);
        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    [DataRow(0, null, "Calendar:WarnDays is 0; 1 to 365 days.")]
    [DataRow(366, null, "Calendar:WarnDays is 366; 1 to 365 days.")]
    [DataRow(1, null, null)]
    [DataRow(365, "/etc/calendar.json", null)]
    [DataRow(60, "calendar.json", "Calendar:File is 'calendar.json'; an absolute path.")]
    public void Settings_Ranges_AreTold(int warnDays, string? file, string? fault) =>
        Assert.AreEqual(fault, new CalendarSettings { WarnDays = warnDays, File = file }.FindFault());

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
