using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;

namespace Dispatch.Tests.Cases;

/// <summary>Who rules on an objection, until when, and what counts afterwards. It is 15 August 2017, a Tuesday.</summary>
[TestClass]
public class RulingTests : CityTests
{
    [TestMethod]
    public async Task Rule_Confirmed_CountsFromTheRulingOn()
    {
        var number = await ObjectedAsync();
        await City.SetTodayAsync(new DateOnly(2017, 8, 21));

        await RuleAsync(number, "confirmed");

        Assert.AreEqual("confirmed", await StatusAsync(number));
        Assert.AreEqual(((int?)3, 950m), await StarsAsync());
        var last = (await City.GetAsync("drivers/d-2/ledger"))[2];
        Assert.AreEqual(
            ("decision", "S01", -50m, "2017-08-21", "2017-08-10"),
            (Text(last, "kind"), Text(last, "code"), last.GetProperty("points").GetDecimal(), Text(last, "decidedOn"), Text(last, "conductOn")));
        Assert.AreEqual("As I see it.", last.GetProperty("details").GetProperty("reason").GetString());
    }

    [TestMethod]
    public async Task Rule_Amended_CountsWhatWasFound()
    {
        var number = await ObjectedAsync();

        await City.RefusedAsync(RulingOf(number), Ruling("amended", "S08"), HttpStatusCode.UnprocessableEntity, "amended-unfit");
        await City.RefusedAsync(RulingOf(number), Ruling("amended", "S01"), HttpStatusCode.UnprocessableEntity, "amended-unfit");
        await City.RefusedAsync(RulingOf(number), Ruling("amended", "M01"), HttpStatusCode.UnprocessableEntity, "code-unfit");
        await City.RefusedAsync(RulingOf(number), Ruling("amended", "X99"), HttpStatusCode.UnprocessableEntity, "code-unknown");
        await RuleAsync(number, "amended", "S10");

        Assert.AreEqual("amended", await StatusAsync(number));
        Assert.AreEqual(((int?)4, 995m), await StarsAsync());
    }

    [TestMethod]
    [DataRow("T01", "confirmed", null, 1, 975)]
    [DataRow("T01", "amended", "T02", 3, 985)]
    [DataRow("T01", "overturned", null, 2, 1000)]
    [DataRow("S01", "overturned", null, 2, 1000)]
    public async Task Rule_OnWhatWasStayedOrNot_LeavesWhatIsRight(string code, string outcome, string? found, int entries, int points)
    {
        var number = await ObjectedAsync(code, code[0] == 'T' ? "infringement" : "complaint");

        await RuleAsync(number, outcome, found);

        Assert.AreEqual(entries, (await City.GetAsync("drivers/d-2/ledger")).GetArrayLength());
        Assert.AreEqual(points, (await StarsAsync()).Points);
        var (same, lines) = await City.WithDbAsync(Verified.RunAsync);
        Assert.IsTrue(same, string.Join('\n', lines));
    }

    [TestMethod]
    public async Task Rule_ByWhoeverDecidedRecordedOrKeepsOut_IsRefused()
    {
        var number = (await City.PostAsync("cases", new
        {
            actor = SmallCity.OtherOfficer, kind = "complaint", driver = "d-2", code = "S01", conductOn = "2017-08-10", place = "P", account = "A",
        })).GetProperty("number").GetString()!;
        await City.DecideAsync(number, new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out." });
        await City.PostAsync($"cases/{number}/objection", new { actor = "d-2", statement = "The road was closed." });

        await City.RefusedAsync(RulingOf(number), Ruling("confirmed", by: SmallCity.Officer), HttpStatusCode.UnprocessableEntity, "decider-cannot-rule");
        await City.RefusedAsync(
            RulingOf(number), Ruling("confirmed", by: SmallCity.OtherOfficer), HttpStatusCode.UnprocessableEntity, "recorder-cannot-decide");
        await City.RefusedAsync(RulingOf(number), Ruling("confirmed", by: "d-2"), HttpStatusCode.Forbidden, "actor-not-allowed");
        await RuleAsync(number, "confirmed");
    }

    [TestMethod]
    public async Task Rule_OnConductThatTheRulebookLacks_TellsItByItsCode()
    {
        var number = (await City.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString()!;
        await City.DecideAsync(number, new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out." });
        await City.WithDbAsync(async db =>
        {
            await using var write = await db.BeginWriteAsync(CancellationToken.None);
            var report = await db.Set<Case>().Include(c => c.Driver).SingleAsync();
            var gone = new NewEntry(
                report.DriverId, "d-2", EntryKind.Decision, "X99", Points.FromWhole(-7), null, report.ConductOn, report.DecidedOn!.Value, number, null);
            report.BookedAs((await db.AppendAsync(gone, new { }, CancellationToken.None)).Sequence);
            await write.SaveAsync(CancellationToken.None);
            return 0;
        });
        await City.PostAsync($"cases/{number}/objection", new { actor = "d-2", statement = "The road was closed." });

        await RuleAsync(number, "confirmed");

        var ruling = RulingContent.Read(await City.WithDbAsync(db => db.Set<RulingDocument>().Select(d => d.Content).SingleAsync()));
        Assert.AreEqual(("X99", "X99", -7m, -7m), (ruling.Code, ruling.ConductEn, ruling.Points, ruling.PointsNow));
    }

    [TestMethod]
    public async Task Rule_Malformed_IsRefused()
    {
        var number = await ObjectedAsync();

        await RefusesAsync(Ruling("lapsed"), "ruling-unfit");
        await RefusesAsync(Ruling("amended"), "ruling-unfit");
        await RefusesAsync(Ruling("confirmed", "S10"), "ruling-unfit");
        await RefusesAsync(new { actor = SmallCity.Supervisor, outcome = "confirmed", reason = " " }, "reason-length");
        await RefusesAsync(new { actor = SmallCity.Supervisor, outcome = "confirmed", reason = new string('r', 2001) }, "reason-length");
        await City.RefusedAsync(
            RulingOf(number), new { actor = SmallCity.Supervisor, outcome = "confirmed", reason = "R", version = Guid.NewGuid() }, HttpStatusCode.Conflict,
            "changed-meanwhile");

        Task RefusesAsync(object body, string rule) => City.RefusedAsync(RulingOf(number), body, HttpStatusCode.BadRequest, rule);
    }

    [TestMethod]
    public async Task Rule_Twice_IsRefused()
    {
        var number = await ObjectedAsync();
        await RuleAsync(number, "overturned");

        await City.RefusedAsync(RulingOf(number), Ruling("confirmed"), HttpStatusCode.Conflict, "objection-ruled");
        await City.RefusedAsync("ledger/2/reversal", Reversal(SmallCity.Supervisor), HttpStatusCode.Conflict, "objection-decides");
    }

    [TestMethod]
    [DataRow("2017-08-15", "2017-08-28", false)]
    [DataRow("2017-08-15", "2017-08-29", false)]
    [DataRow("2017-08-15", "2017-08-30", true)]
    [DataRow("2017-09-25", "2017-10-13", false, DisplayName = "a week of holidays, a Saturday that is worked")]
    [DataRow("2017-09-25", "2017-10-14", true)]
    public async Task Lapse_AfterTenWorkingDays_ComesByItself(string objectedOn, string today, bool lapses)
    {
        await City.SetTodayAsync(Day(objectedOn));
        var number = await ObjectedAsync();
        await City.SetTodayAsync(Day(today));

        if (lapses)
            await City.RefusedAsync(RulingOf(number), Ruling("confirmed"), HttpStatusCode.UnprocessableEntity, "ruling-too-late");
        Assert.AreEqual(lapses ? 1 : 0, await LapseAsync());
        if (!lapses)
            await RuleAsync(number, "confirmed");

        Assert.AreEqual(lapses ? "lapsed" : "confirmed", await StatusAsync(number));
        Assert.AreEqual(lapses ? 2 : 3, (await City.GetAsync("drivers/d-2/ledger")).GetArrayLength());
        Assert.AreEqual(0, await LapseAsync());
    }

    [TestMethod]
    public async Task Lapse_OfWhatWasNotStayed_DoesNotCome_AndALateRulingIsTaken()
    {
        var number = await ObjectedAsync("T01", "infringement");
        await City.SetTodayAsync(new DateOnly(2017, 10, 30));

        Assert.AreEqual(0, await LapseAsync());
        await RuleAsync(number, "overturned");

        Assert.AreEqual("overturned", await StatusAsync(number));
    }

    [TestMethod]
    public async Task Reverse_AfterTheRuling_TakesAThirdPerson()
    {
        await City.WithDbAsync(async db =>
        {
            db.Add(new TaxiCredit.Dispatch.Features.Accounts.Actor { Name = "supervisor-b", Role = TaxiCredit.Dispatch.Operations.Role.Supervisor });
            return await db.SaveChangesAsync();
        });
        var number = await ObjectedAsync();
        await RuleAsync(number, "confirmed");

        await City.RefusedAsync("ledger/2/reversal", Reversal("supervisor-b"), HttpStatusCode.Conflict, "objection-decides");
        await City.RefusedAsync("ledger/3/reversal", Reversal(SmallCity.Supervisor), HttpStatusCode.UnprocessableEntity, "decider-cannot-reverse");
        await City.PostAsync("ledger/3/reversal", Reversal("supervisor-b"));

        Assert.AreEqual("reversed", await StatusAsync(number));
        Assert.AreEqual(1000m, (await StarsAsync()).Points);
        await City.RefusedAsync(
            $"cases/{number}/objection", new { actor = "d-2", statement = "Again." }, HttpStatusCode.Conflict, "objection-made");
    }

    [TestMethod]
    public async Task Document_OfARuling_SaysWhatWasObjectedAndFound()
    {
        var number = await ObjectedAsync();
        await RuleAsync(number, "amended", "S10");

        var document = await City.WithDbAsync(db => db.Rulings.SingleAsync());
        var said = RulingContent.Read(document.Content);

        Assert.AreEqual("R2017-000001", document.Number);
        Assert.AreEqual(
            ("2017-000001", "S01", -50m, TaxiCredit.Dispatch.Features.Cases.Objections.Ruling.Amended, "S10", -5m, true, "As I see it."),
            (said.Decision, said.Code, said.Points, said.Outcome, said.Ruled, said.PointsNow, said.WasStayed, said.Reason));
        await City.PostAsync(
            $"cases/{number}/service", new { actor = SmallCity.Officer, means = "mail", on = "2017-08-15", proof = "EMS 2", document = "ruling" });
        Assert.IsNull(await City.WithDbAsync(db => db.Services.Where(s => s.Document == ServedDocument.Ruling).Select(s => s.ObjectBy).SingleAsync()));
    }

    private async Task<string> ObjectedAsync(string code = "S01", string kind = "complaint")
    {
        var number = (await City.RecordAsync("d-2", code, "2017-08-10", kind)).GetProperty("number").GetString()!;
        await City.DecideAsync(number, new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out." });
        await City.PostAsync($"cases/{number}/objection", new { actor = "d-2", statement = "The road was closed." });
        return number;
    }

    private Task<int> LapseAsync() => City.InContextAsync(context => LapseObjections.RunAsync(context, CancellationToken.None));

    private Task<JsonElement> RuleAsync(string number, string outcome, string? code = null) => City.PostAsync(RulingOf(number), Ruling(outcome, code));

    private async Task<string?> StatusAsync(string number) => Text(await City.GetAsync($"cases/{number}"), "status");

    /// <summary>Of the month that runs.</summary>
    private async Task<(int? Stars, decimal Points)> StarsAsync()
    {
        var tally = (await City.InContextAsync(context => Explanation.SoFarAsync("d-2", context, CancellationToken.None))).Value;
        return (tally.Stars, tally.Points);
    }

    private static string RulingOf(string number) => $"cases/{number}/objection/ruling";

    private static object Ruling(string outcome, string? code = null, string by = SmallCity.Supervisor) =>
        new { actor = by, outcome, reason = "As I see it.", code };

    private static object Reversal(string by) => new { actor = by, reason = "R" };

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
