using System.Globalization;
using System.Text.Json;
using Dispatch.Tests.Pdf;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch.Components.Drivers;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Privacy;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace Dispatch.Tests.Privacy;

/// <summary>At the bureau it is 2017-08-15: the month that runs is August.</summary>
[TestClass]
public class CreditReportTests : CityTests
{
    [TestMethod]
    public async Task Report_MonthThatRuns_AddsUpLineByLineWithRuleReasonAndWeight()
    {
        var entry = await City.UpholdAsync("d-2", "S01", "2017-08-10");
        await City.UpholdAsync("d-2", "M01", "2017-08-11", kind: "merit");

        var report = await ReadAsync("d-2", "d-2");

        Assert.AreEqual(("2017-08", 0, "Open", 965m), (report.SoFar.Period, report.SoFar.Revision, report.SoFar.Status, report.SoFar.Points));
        Assert.AreEqual(report.SoFar.Points, report.SoFar.Lines.Sum(line => line.Counted));
        var detour = report.SoFar.Lines.Single(line => line.Sequence == entry);
        Assert.AreEqual(("S01", -50m, 100, -50m), (detour.Code, detour.Nominal, detour.WeightPercent, detour.Counted));
        StringAssert.Contains(detour.Source, "Knight 2025");
        Assert.AreEqual("Borne out by the meter.", report.Reasons[entry]);
    }

    [TestMethod]
    public async Task Report_PendingCase_CountsNothingAndIsOpenWithoutWhoReportedIt()
    {
        await City.PostAsync("cases", new
        {
            actor = SmallCity.Officer, kind = "peerReport", driver = "d-2", code = "P01", conductOn = "2017-08-10", conductHour = 14,
            place = "Station rank", account = "As d-1 tells it.", reporter = "d-1",
        });

        var report = await ReadAsync("d-2", "d-2");

        Assert.AreEqual(1000m, report.SoFar.Points);
        Assert.IsEmpty(report.Open, "nothing is told before the notice");
        var number = (await City.GetAsync("cases"))[0].GetProperty("number").GetString()!;
        Assert.IsNull(await City.InContextAsync(context => DemoHearing.BeginAsync(number, SmallCity.Supervisor, context, CancellationToken.None)));
        report = await ReadAsync("d-2", "d-2");
        var matter = report.Open.Single();
        Assert.AreEqual(("P01", new DateOnly(2017, 8, 10), (int?)12, (int?)18, "市区"), (matter.Code, matter.On, matter.FromHour, matter.ToHour, matter.Place));
        var told = Json(report);
        foreach (var secret in new[] { "d-1", "c-000001", "peer", "As d-1", SmallCity.Officer })
            Assert.DoesNotContain(secret, told, StringComparison.OrdinalIgnoreCase, $"the report tells '{secret}'");
    }

    [TestMethod]
    public async Task Report_DecidedCase_IsOpenNoMore()
    {
        await City.UpholdAsync("d-2", "S01", "2017-08-10");

        Assert.IsEmpty((await ReadAsync("d-2", "d-2")).Open);
    }

    [TestMethod]
    public async Task Report_DeductionToday_TellsWhatTheNextStarTakes()
    {
        await City.UpholdAsync("d-2", "S01", "2017-08-10");

        var next = (await ReadAsync("d-2", "d-2")).Next!;

        // 950 now, 975 after six months, 1,000 when the window has passed it.
        Assert.AreEqual((4, Points.FromWhole(40), new Month(2018, 8)), (next.Stars, next.Missing, next.EarnedIn));
    }

    [TestMethod]
    public async Task Report_TwelveMonths_HaveTheNewestRevisions()
    {
        await City.CloseAsync("2017-06");
        await City.CloseAsync("2017-07");
        var entry = await City.UpholdAsync("d-2", "S01", "2017-07-10");
        await City.PostAsync($"ledger/{entry}/reversal", new { actor = SmallCity.Supervisor, reason = "The meter was read wrongly." });
        var revised = await City.PostAsync("months/2017-07/revisions", new { actor = SmallCity.Supervisor, reason = "An entry was reversed." });
        await City.SignAndPublishAsync("2017-07", revised.GetProperty("digest").GetString()!);

        var months = (await ReadAsync("d-2", "d-2")).Months;

        Assert.HasCount(12, months);
        Assert.AreEqual(("2016-08", 0, null), (months[0].Period, months[0].Revision, months[0].Stars));
        Assert.AreEqual(("2017-06", 1, (int?)4), (months[10].Period, months[10].Revision, months[10].Stars));
        Assert.AreEqual(("2017-07", 2, (int?)4), (months[11].Period, months[11].Revision, months[11].Stars));
    }

    [TestMethod]
    public async Task Report_NothingPublished_HasNoMonthsAndClaimsNoCertainty()
    {
        var report = await ReadAsync("d-2", "d-2");

        Assert.IsEmpty(report.Months);
        Assert.IsNull(report.Certainty);
    }

    [TestMethod]
    public async Task Report_CityOfThreeDrivers_IsTooSmallToSayHowSureStarsAre()
    {
        await City.CloseAsync("2017-07");

        var certainty = (await ReadAsync("d-2", "d-2")).Certainty!;

        Assert.AreEqual((4, 3, 3), (certainty.Stars, certainty.Drivers, certainty.WithSameStars));
        Assert.IsNull(certainty.Chances);
    }

    [TestMethod]
    [DataRow("d-1", null, DisplayName = "the leader of the team")]
    [DataRow("d-2", null, DisplayName = "the driver")]
    [DataRow("d-3", "actor-not-allowed", DisplayName = "another team's driver")]
    [DataRow(SmallCity.Officer, null)]
    [DataRow(SmallCity.Auditor, null)]
    [DataRow(SmallCity.Admin, "actor-not-allowed")]
    public async Task Report_AskedFor_IsGivenByTheTableOfRights(string actor, string? refusal) =>
        Assert.AreEqual(refusal, await WithDeskAsync(async (services, context) => (await OfAsync(actor, "d-2", services, context)).Refusal?.Code));

    [TestMethod]
    public async Task Report_OfNobody_IsRefused() =>
        Assert.AreEqual(
            "driver-unknown",
            await WithDeskAsync(async (services, context) => (await OfAsync(SmallCity.Officer, "d-9", services, context)).Refusal?.Code));

    [TestMethod]
    [DataRow("en", "Detour without consent", "so far", "Credit report")]
    [DataRow("zh-Hans", "未经乘客同意绕道行驶", "截至目前", "信用报告")]
    public async Task Pdf_OfEachLanguage_SaysWhatTheJsonSays(string language, string conduct, string soFar, string title)
    {
        await City.UpholdAsync("d-2", "S01", "2017-08-10");
        var report = await ReadAsync("d-2", "d-2");
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(language);
        try
        {
            var file = City.Server.Services.GetRequiredService<ReportFiles>().Of(report);
            var text = await PdfReader.TextAsync(City.Server.Services.GetRequiredService<ReportPdf>().Print(file));
            var json = JsonSerializer.SerializeToElement(file, LedgerAppend.DetailsJson);

            foreach (var said in new[] { conduct, soFar, "950.00", "Borne out by the meter.", file.Chain.HeadHash[..40] })
                StringAssert.Contains(text, said);
            Assert.AreEqual(conduct, json.GetProperty("lines")[1].GetProperty("what").GetString());
            Assert.AreEqual(title, json.GetProperty("title").GetString());
            Assert.AreEqual(950m, json.GetProperty("points").GetDecimal());
            Assert.AreEqual(language, json.GetProperty("language").GetString());
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
    }

    [TestMethod]
    public async Task Report_ChainHead_IsThatOfTheLastEntry()
    {
        await City.UpholdAsync("d-1", "S01", "2017-08-10");
        var last = await City.UpholdAsync("d-2", "S01", "2017-08-10");

        var chain = (await ReadAsync("d-2", "d-2")).Chain;

        var hash = await City.WithDbAsync(db => db.Ledger.Where(e => e.Sequence == last).Select(e => e.Hash).SingleAsync());
        Assert.AreEqual((last, hash, true), (chain.Entries, chain.HeadHash, chain.Verified));
    }

    private Task<CreditReport> ReadAsync(string actor, string driver) =>
        WithDeskAsync(async (services, context) => (await OfAsync(actor, driver, services, context)).Value);

    private static Task<Outcome<CreditReport>> OfAsync(string actor, string driver, IServiceProvider services, OperationContext context) =>
        CreditReport.OfAsync(
            actor, driver, context, services.GetRequiredService<RatingChances>(), services.GetRequiredService<ChainVerification>(), CancellationToken.None);

    private string Json(CreditReport report) =>
        JsonSerializer.Serialize(City.Server.Services.GetRequiredService<ReportFiles>().Of(report), LedgerAppend.DetailsJson);

    private async Task<T> WithDeskAsync<T>(Func<IServiceProvider, OperationContext, Task<T>> work)
    {
        await using var scope = City.Server.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<OperationContext>());
    }
}
