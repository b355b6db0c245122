using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch.Features.Cases.Hearing;

namespace Dispatch.Tests.Cases;

/// <summary>What a driver is told of a case, and the answer, before anything is decided.</summary>
[TestClass]
public class HearingTests : CityTests
{
    private static readonly object Upheld = new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out." };
    private static readonly object Disputed = new { actor = "d-2", stance = "disputed", text = "I was at the rank." };

    [TestMethod]
    public async Task Decide_BeforeTheDriverWasHeard_IsRefused()
    {
        var number = await RecordAsync();
        await RefusesDecisionAsync();
        await City.PostAsync($"cases/{number}/triage", Told());
        await RefusesDecisionAsync();
        await ReleaseAsync();
        await RefusesDecisionAsync();
        await City.RefusedAsync(
            $"cases/{number}/decision", new { actor = SmallCity.Officer, verdict = "dismissed", reason = "Nonsense." }, HttpStatusCode.Conflict,
            "not-heard-yet");

        await City.PostAsync($"cases/{number}/answer", Disputed);
        Assert.AreEqual("underReview", (await City.GetAsync($"cases/{number}")).GetProperty("status").GetString());
        await City.PostAsync($"cases/{number}/decision", Upheld);

        async Task RefusesDecisionAsync() =>
            await City.RefusedAsync($"cases/{number}/decision", Upheld, HttpStatusCode.Conflict, "not-heard-yet");
    }

    [TestMethod]
    [DataRow(5, false)]
    [DataRow(6, true)]
    public async Task Decide_NobodyAnswered_WaitsForTheFifthDayToEnd(int days, bool isOver)
    {
        var number = await ServedAsync();
        await City.SetTodayAsync(new DateOnly(2017, 8, 15).AddDays(days));

        if (isOver)
            await City.PostAsync($"cases/{number}/decision", Upheld);
        else
            await City.RefusedAsync($"cases/{number}/decision", Upheld, HttpStatusCode.Conflict, "not-heard-yet");
    }

    [TestMethod]
    [DataRow(4, true)]
    [DataRow(5, true)]
    [DataRow(6, false)]
    public async Task Answer_UntilTheFifthDay_IsTaken(int days, bool isTaken)
    {
        var number = await ServedAsync();
        await City.SetTodayAsync(new DateOnly(2017, 8, 15).AddDays(days));

        if (isTaken)
            await City.PostAsync($"cases/{number}/answer", Disputed);
        else
            await City.RefusedAsync($"cases/{number}/answer", Disputed, HttpStatusCode.UnprocessableEntity, "answer-too-late");
    }

    [TestMethod]
    public async Task Answer_SameAgain_IsTheSame_OtherContentAmends()
    {
        var number = await ServedAsync();

        var first = await City.PostAsync($"cases/{number}/answer", Disputed);
        var again = await City.PostAsync($"cases/{number}/answer", Disputed);
        var other = await City.PostAsync($"cases/{number}/answer", new { actor = "d-2", stance = "beyondControl", cause = "weather", text = "Fog." });

        Assert.AreEqual((1, 1, 2), (Round(first), Round(again), Round(other)));
        CollectionAssert.AreEqual(
            new[] { "I was at the rank.", "Fog." }, await City.WithDbAsync(db => db.Answers.OrderBy(a => a.Round).Select(a => a.Text).ToListAsync()));

        static int Round(JsonElement answer) => answer.GetProperty("round").GetInt32();
    }

    [TestMethod]
    public async Task Answer_ToSomebodyElsesNotice_IsLikeNone()
    {
        var number = await ServedAsync();
        var code = await City.WithDbAsync(db => db.Notices.Select(n => n.Code).SingleAsync());

        foreach (var name in new[] { number, code, "c-999999" })
        {
            await City.RefusedAsync(
                $"cases/{name}/answer", new { actor = "d-3", stance = "disputed" }, HttpStatusCode.NotFound, "notice-unknown");
        }

        await City.PostAsync($"cases/{code}/answer", Disputed);
    }

    [TestMethod]
    public async Task Answer_AfterTheDecision_IsRefused()
    {
        var number = (await City.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString()!;
        await City.DecideAsync(number, Upheld);

        await City.RefusedAsync(
            $"cases/{number}/answer", new { actor = "d-2", stance = "disputed", text = "Too late." }, HttpStatusCode.Conflict, "case-already-decided");
    }

    [TestMethod]
    public async Task Answer_Malformed_IsRefused()
    {
        var number = await ServedAsync();

        await RefusesAsync(new { actor = "d-2", stance = "disputed", text = new string('x', 2001) }, "answer-length");
        await RefusesAsync(new { actor = "d-2", stance = "beyondControl" }, "cause-unfit");
        await RefusesAsync(new { actor = "d-2", stance = "admitted", cause = "weather" }, "cause-unfit");
        await RefusesAsync(new { actor = "d-2", stance = "disputed", handedInOn = "2017-08-15" }, "handed-in");
        await RefusesAsync(new { actor = SmallCity.Officer, stance = "disputed" }, "handed-in");
        await RefusesAsync(new { actor = SmallCity.Officer, stance = "disputed", handedInOn = "2017-08-14" }, "handed-in");
        await RefusesAsync(new { actor = SmallCity.Officer, stance = "disputed", handedInOn = "2017-08-16" }, "handed-in");
        var paper = await City.PostAsync($"cases/{number}/answer", new { actor = SmallCity.Officer, stance = "disputed", handedInOn = "2017-08-15" });
        Assert.AreEqual(SmallCity.Officer, paper.GetProperty("onPaperBy").GetString());

        Task RefusesAsync(object body, string rule) => City.RefusedAsync($"cases/{number}/answer", body, HttpStatusCode.BadRequest, rule);
    }

    [TestMethod]
    public async Task Triage_ToldMoreThanAPartOfTheDayAndADistrict_WantsAReason()
    {
        var number = await RecordAsync();

        await RefusesAsync(Told(from: 12, to: 17), HttpStatusCode.UnprocessableEntity, "exact-without-reason");
        await RefusesAsync(Told(place: "Gate of my building, number 3"), HttpStatusCode.UnprocessableEntity, "exact-without-reason");
        await RefusesAsync(Told(from: 0, to: 12), HttpStatusCode.UnprocessableEntity, "told-hours-elsewhere");
        await RefusesAsync(Told(from: 18, to: 18), HttpStatusCode.BadRequest, "told-hours");
        await RefusesAsync(Told(from: 12, to: 25), HttpStatusCode.BadRequest, "told-hours");
        await RefusesAsync(Told(place: " "), HttpStatusCode.BadRequest, "told-length");
        await RefusesAsync(Told(place: new string('p', 201)), HttpStatusCode.BadRequest, "told-length");
        await RefusesAsync(Told(reason: new string('r', 501)), HttpStatusCode.BadRequest, "exact-reason-length");
        await City.PostAsync($"cases/{number}/triage", Told(from: 14, to: 15, reason: "Several rides that day."));
        await City.PostAsync($"cases/{number}/triage", Told());

        Task RefusesAsync(object body, HttpStatusCode status, string rule) => City.RefusedAsync($"cases/{number}/triage", body, status, rule);
    }

    [TestMethod]
    public async Task Release_OfACaseWithdrawnMeanwhile_SendsNothing()
    {
        var number = await RecordAsync();
        await City.PostAsync($"cases/{number}/triage", Told());
        await City.PostAsync($"cases/{number}/withdrawal", new { actor = SmallCity.Officer, reason = "Taken back." });

        Assert.AreEqual(0, await ReleaseAsync());
        Assert.IsFalse(await City.WithDbAsync(db => db.Notices.AnyAsync()));
    }

    [TestMethod]
    public async Task Release_NoticeThatLacksAnItem_IsNotSent()
    {
        var number = await RecordAsync();
        await City.PostAsync($"cases/{number}/triage", Told());

        Assert.AreEqual(0, await ReleaseAsync(new HearingSettings { HelpEn = "" }));
        Assert.AreEqual("triaged", (await City.GetAsync($"cases/{number}")).GetProperty("status").GetString());
        Assert.AreEqual(1, await ReleaseAsync());
    }

    [TestMethod]
    public void Notice_LackingAnyItem_NamesIt()
    {
        var whole = new NoticeContent(
            "S01", "绕道", "Detour", "规则", "Rule", new(2017, 8, 10), 12, 18, "市区", "A", "E", -50, null, new(2017, 8, 20), "窗口", "Desk", "工会", "Union");

        Assert.IsNull(whole.FindLack());
        Assert.AreEqual("conduct", (whole with { ConductEn = "" }).FindLack());
        Assert.AreEqual("rule", (whole with { RuleZh = " " }).FindLack());
        Assert.AreEqual("day", (whole with { On = default }).FindLack());
        Assert.AreEqual("place", (whole with { Place = "" }).FindLack());
        Assert.AreEqual("evidence", (whole with { Evidence = "" }).FindLack());
        Assert.AreEqual("points", (whole with { Points = 0 }).FindLack());
        Assert.AreEqual("last day for the answer", (whole with { AnswerBy = default }).FindLack());
        Assert.AreEqual("way to answer", (whole with { DeskEn = "" }).FindLack());
        Assert.AreEqual("help", (whole with { HelpZh = "" }).FindLack());
    }

    [TestMethod]
    public async Task Merit_AndWhatAnAuthorityDecided_AreDecidedWithoutAHearing()
    {
        foreach (var body in new object[]
        {
            new { kind = "merit", driver = "d-2", code = "M01", conductOn = "2017-08-10", place = "Gate 3", account = "A wallet." },
            new
            {
                kind = "infringement", driver = "d-2", code = "T01", conductOn = "2017-08-10", place = "Crossing", account = "A.", authority = "Police 17/3",
            },
        })
        {
            var number = (await City.PostAsync("cases", body)).GetProperty("number").GetString();
            await City.PostAsync($"cases/{number}/decision", Upheld);
        }
    }

    [TestMethod]
    [DataRow("我家楼下", true)]
    [DataRow("张女士说", true)]
    [DataRow("海韵小区门口", true)]
    [DataRow("3号楼", true)]
    [DataRow("the gate of my building", true)]
    [DataRow("Mrs Wang", true)]
    [DataRow("call 555-0100", true)]
    [DataRow("司机绕路", false)]
    [DataRow("The driver took a detour.", false)]
    public void TellTales_OfAText_AreMarked(string text, bool tells)
    {
        Assert.AreEqual(tells, TellTales.Any(text));
        Assert.AreEqual(text, string.Concat(TellTales.Mark(text).Select(part => part.Text)));
    }

    [TestMethod]
    [DataRow("9,16", "2017-08-15T00:59:59Z", "2017-08-14T08:00:00Z")]
    [DataRow("9,16", "2017-08-15T01:00:00Z", "2017-08-15T01:00:00Z")]
    [DataRow("9,16", "2017-08-15T08:00:00Z", "2017-08-15T08:00:00Z")]
    public void LastRelease_ByTheCitysClock_IsTheFixedHourBefore(string hours, string now, string expected) => Assert.AreEqual(
        DateTimeOffset.Parse(expected, null), new HearingSettings { ReleaseHours = hours }.LastRelease(DateTimeOffset.Parse(now, null)));

    [TestMethod]
    [DataRow("", false)]
    [DataRow("24", false)]
    [DataRow("x", false)]
    [DataRow("0,23", true)]
    public void ReleaseHours_OfADay_AreHours(string hours, bool fit) => Assert.AreEqual(fit, new HearingSettings { ReleaseHours = hours }.FindFault() is null);

    [TestMethod]
    public async Task AnswerFile_WhereNoneCame_IsRefused()
    {
        var number = await ServedAsync();
        await City.PostAsync($"cases/{number}/answer", Disputed);

        var read = await City.InContextAsync(
            context => ReadAnswerFile.HandleAsync(number, 1, new(SmallCity.Officer), context, null!, CancellationToken.None));

        Assert.AreEqual("answer-file-none", read.Refusal?.Code);
    }

    private async Task<string> RecordAsync() => (await City.PostAsync("cases", new
    {
        kind = "complaint", driver = "d-2", code = "S01", conductOn = "2017-08-10", conductHour = 14, place = "Gate of my building, number 3",
        account = "He took the long way.",
    })).GetProperty("number").GetString()!;

    private async Task<string> ServedAsync()
    {
        var number = await RecordAsync();
        Assert.IsNull(await City.InContextAsync(context => DemoHearing.BeginAsync(number, SmallCity.Supervisor, context, CancellationToken.None)));
        return number;
    }

    private Task<int> ReleaseAsync(HearingSettings? settings = null) => City.InContextAsync(context =>
        ReleaseNotices.RunAsync(DateTimeOffset.MaxValue, context, settings ?? new(), NullLogger.Instance, CancellationToken.None));

    private static object Told(int? from = 12, int? to = 18, string place = "市区", string? reason = null) => new
    {
        actor = SmallCity.Officer, place, account = "The long way was taken.", evidence = "What a passenger says.", fromHour = from, toHour = to,
        exactReason = reason,
    };
}
