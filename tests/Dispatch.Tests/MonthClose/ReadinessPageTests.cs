using Dispatch.Tests.Accounts;
using Dispatch.Tests.Displays;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace Dispatch.Tests.MonthClose;

/// <summary>What still waits, on the page on which a month is signed, and the lists that it leads to. What counts is tested on the crooked city.</summary>
[TestClass]
public class ReadinessPageTests : CityTests
{
    [TestMethod]
    public async Task Page_BeforeTheSignature_TellsWhatWaitsWhereItIsDoneAndWhatBecomesOfIt()
    {
        await City.SetTodayAsync(new DateOnly(2017, 7, 20));
        await City.RecordAsync("d-2", "S01", "2017-07-10");
        await City.SetTodayAsync(new DateOnly(2017, 8, 15));
        await City.RecordAsync("d-3", "S02", "2017-07-11");
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;

        await officer.GoAsync("/bureau/months/2017-07");

        StringAssert.Contains(officer.Text, "1 case is undecided");
        StringAssert.Contains(officer.Text, "1 of these cases is overdue");
        StringAssert.Contains(officer.Text, "Each counts in the close of the month in which it is decided");
        StringAssert.Contains(officer.Text, "How long shifts were cannot be told");
        StringAssert.Contains(officer.Html, "href=\"/bureau/cases?through=2017-07\"");
        await officer.GoAsync("/bureau/cases?through=2017-07");
        StringAssert.Contains(officer.Text, "Only cases that were reported up to 31 Jul 2017.");
        StringAssert.Contains(officer.Html, "c-000001");
        Assert.DoesNotContain("c-000002", officer.Html);
    }

    [TestMethod]
    public async Task Page_WhateverWaits_KeepsNobodyFromClosingAndIsGoneWithThePublication()
    {
        await City.SetTodayAsync(new DateOnly(2017, 7, 20));
        await City.RecordAsync("d-2", "S01", "2017-07-10");
        await City.SetTodayAsync(new DateOnly(2017, 8, 15));
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync("/bureau/months/2017-07");

        await officer.SubmitAsync("preview");
        StringAssert.Contains(officer.Html, "data-testid=\"readiness\"");
        await City.SignAndPublishAsync("2017-07", officer.Read("digest"));

        Assert.DoesNotContain("data-testid=\"readiness\"", (await officer.GoAsync("/bureau/months/2017-07")).Html);
        StringAssert.Contains((await officer.GoAsync("/bureau/months/2017-08")).Text, "1 case is undecided");
    }

    [TestMethod]
    public async Task Page_OfAMonthOfWhichNothingWaits_SaysSo()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;

        StringAssert.Contains((await officer.GoAsync("/bureau/months/2017-07")).Text, "Nothing up to 31 Jul 2017 waits.");
    }

    [TestMethod]
    public async Task Shifts_OfAMonthInDoubt_AreListedAndEachCanBeCorrected()
    {
        var time = new LeapingTime(TimeProvider.System.GetUtcNow().AddDays(2));
        await using var city = await SmallCity.BuildAsync(services => services.AddSingleton<TimeProvider>(time));
        await city.KeepCalendarAsync();
        using var officer = new HttpClient { BaseAddress = city.Client.BaseAddress };
        officer.DefaultRequestHeaders.Add("Cookie", await ActingClient.EnterAsync(city.Server.Services, SmallCity.Officer));
        officer.DefaultRequestHeaders.Add("Accept-Language", "en");

        var listed = await officer.GetStringAsync($"/bureau/shifts?month={Month.Of(BureauTime.DayOf(time.GetUtcNow()))}");

        StringAssert.Contains(listed, "longer than 16 hours");
        foreach (var driver in new[] { "d-1", "d-2", "d-3" })
            StringAssert.Contains(listed, $"/bureau/shifts?driver={driver}");
        StringAssert.Contains(await officer.GetStringAsync("/bureau/shifts?month=2016-12"), "<p>None.</p>");
    }

    [TestMethod]
    public async Task Shift_OlderThanThoseInTheList_CanBeCorrected()
    {
        var oldest = await City.WithDbAsync(db => db.Shifts.Where(s => s.Driver.Code == "d-2").Select(s => s.Id).SingleAsync());
        for (var i = 0; i < 30; i++)
        {
            await City.PostAsync("shifts/off", new { actor = SmallCity.Officer, driver = "d-2" });
            await City.PostAsync("shifts/on", new { actor = SmallCity.Officer, driver = "d-2", cab = "cab-2" });
        }

        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync($"/bureau/shifts?driver=d-2&shift={oldest}");

        StringAssert.Contains(officer.Html, "data-testid=\"correct\"");
        Assert.DoesNotContain("data-testid=\"correct\"", (await officer.GoAsync($"/bureau/shifts?driver=d-1&shift={oldest}")).Html);
    }
}
