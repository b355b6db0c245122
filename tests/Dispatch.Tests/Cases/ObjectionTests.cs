using System.Net;
using System.Text.Json;
using Dispatch.Tests.Databases;
using Dispatch.Tests.Displays;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.MonthClose;

namespace Dispatch.Tests.Cases;

/// <summary>How a driver objects to a decision, and what is stayed. It is 15 August 2017, a Tuesday.</summary>
[TestClass]
public class ObjectionTests : CityTests
{
    private static readonly object Objected = new { actor = "d-2", statement = "The road was closed." };

    [TestMethod]
    public async Task Object_ToPointsOfService_StaysThemAndTheStarsAtOnce()
    {
        var number = await UpheldAsync();
        Assert.AreEqual(((int?)3, 950m), await StarsAsync());

        var objection = await City.PostAsync($"cases/{number}/objection", Objected);

        Assert.AreEqual(((int?)4, 1000m), await StarsAsync());
        Assert.IsTrue(objection.GetProperty("isStayed").GetBoolean());
        Assert.AreEqual("2017-08-29", objection.GetProperty("ruleBy").GetString());
        Assert.AreEqual("objected", (await City.GetAsync($"cases/{number}")).GetProperty("status").GetString());
        var stay = (await City.GetAsync("drivers/d-2/ledger"))[1];
        Assert.AreEqual(("reversal", 1L, true), (stay.GetProperty("kind").GetString(), stay.GetProperty("reverses").GetInt64(),
            stay.GetProperty("details").GetProperty("stay").GetBoolean()));
        Assert.IsTrue((await City.GetAsync($"cases/{number}/objection")).GetProperty("isStayed").GetBoolean());
    }

    [TestMethod]
    [DataRow("T01", "infringement", DisplayName = "safety")]
    [DataRow("S08", "complaint", DisplayName = "a limit on the stars")]
    [DataRow("P05", "infringement", DisplayName = "towards the bureau")]
    public async Task Object_ToWhatIsNotStayed_GoesOnCounting(string code, string kind)
    {
        var number = await UpheldAsync(code, kind);
        var before = await StarsAsync();

        var objection = await City.PostAsync($"cases/{number}/objection", Objected);

        Assert.IsFalse(objection.GetProperty("isStayed").GetBoolean());
        Assert.AreEqual(before, await StarsAsync());
        Assert.AreEqual(1, (await City.GetAsync("drivers/d-2/ledger")).GetArrayLength());
    }

    [TestMethod]
    [DataRow(14, true)]
    [DataRow(15, true)]
    [DataRow(16, false)]
    public async Task Object_UntilTheFifteenthDayAfterService_IsTaken(int days, bool isTaken)
    {
        var number = await UpheldAsync();
        await City.SetTodayAsync(new DateOnly(2017, 8, 20));
        await City.PostAsync($"cases/{number}/service", Served("2017-08-18"));
        await City.SetTodayAsync(new DateOnly(2017, 8, 18).AddDays(days));

        if (isTaken)
            await City.PostAsync($"cases/{number}/objection", Objected);
        else
            await City.RefusedAsync($"cases/{number}/objection", Objected, HttpStatusCode.UnprocessableEntity, "objection-too-late");
    }

    [TestMethod]
    [DataRow(-1, true)]
    [DataRow(0, false)]
    [DataRow(1, false)]
    public async Task Object_InTheLastSecondOfTheCity_IsTaken(int seconds, bool isTaken)
    {
        var time = new LeapingTime(new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero));
        await using var city = await SmallCity.BuildAsync(services => services.AddSingleton<TimeProvider>(time));
        await city.KeepCalendarAsync();
        var number = (await city.RecordAsync("d-2", "S01", "2026-02-27")).GetProperty("number").GetString()!;
        await city.DecideAsync(number, new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out." });
        await city.PostAsync($"cases/{number}/service", Served("2026-03-02"));
        // The fifteenth day, 17 March, ends at 16:00 UTC.
        time.Leap = new DateTimeOffset(2026, 3, 17, 16, 0, 0, TimeSpan.Zero).AddSeconds(seconds) - time.GetUtcNow();

        if (isTaken)
            await city.PostAsync($"cases/{number}/objection", Objected);
        else
            await city.RefusedAsync($"cases/{number}/objection", Objected, HttpStatusCode.UnprocessableEntity, "objection-too-late");
    }

    [TestMethod]
    public async Task Object_WhereNothingProvesThatTheDriverHasIt_IsNeverLate()
    {
        var number = await UpheldAsync();
        await City.SetTodayAsync(new DateOnly(2017, 12, 24));

        await City.PostAsync($"cases/{number}/objection", Objected);
    }

    [TestMethod]
    [DataRow(15, true)]
    [DataRow(16, false)]
    public async Task Object_ToADecisionWithoutADocument_CountsFromItsDay(int days, bool isTaken)
    {
        var number = await UpheldAsync();
        await City.WithDbAsync(async db =>
        {
            db.RemoveRange(await db.Set<TaxiCredit.Dispatch.Features.Cases.Decisions.DecisionDocument>().ToListAsync());
            return await db.SaveChangesAsync();
        });
        await City.SetTodayAsync(new DateOnly(2017, 8, 15).AddDays(days));

        if (isTaken)
            await City.PostAsync($"cases/{number}/objection", Objected);
        else
            await City.RefusedAsync($"cases/{number}/objection", Objected, HttpStatusCode.UnprocessableEntity, "objection-too-late");
        await City.RefusedAsync($"cases/{number}/service", Served("2017-08-15"), HttpStatusCode.NotFound, "document-none");
    }

    [TestMethod]
    public async Task Object_Twice_IsTheSameOrRefused()
    {
        var number = await UpheldAsync();

        await City.PostAsync($"cases/{number}/objection", Objected);
        await City.PostAsync($"cases/{number}/objection", Objected);
        await City.PostAsync("cases/2017-000001/objection", Objected);
        await City.RefusedAsync(
            $"cases/{number}/objection", new { actor = "d-2", statement = "And the meter was broken." }, HttpStatusCode.Conflict, "objection-made");

        Assert.AreEqual(2, (await City.GetAsync("drivers/d-2/ledger")).GetArrayLength());
    }

    [TestMethod]
    public async Task Object_BySomebodyElse_IsLikeNoDecision()
    {
        var number = await UpheldAsync();

        foreach (var name in new[] { number, "2017-000001", "c-999999", "2017-999999", "nonsense" })
        {
            await City.RefusedAsync(
                $"cases/{name}/objection", new { actor = "d-3", statement = "Mine too." }, HttpStatusCode.NotFound, "decision-unknown");
        }

        await City.RefusedAsync(
            $"cases/{number}/objection", new { actor = SmallCity.Auditor, statement = "S" }, HttpStatusCode.Forbidden, "actor-not-allowed");
        await City.RefusedAsync($"cases/{number}/objection/ruling", Confirmed(SmallCity.Supervisor), HttpStatusCode.NotFound, "objection-none");
        await SmallCity.AssertRefusalAsync(
            await City.Client.GetAsync($"/api/v1/cases/{number}/objection"), HttpStatusCode.NotFound, "objection-none");
    }

    [TestMethod]
    public async Task Object_WhereNothingCounts_IsRefused()
    {
        var open = (await City.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString()!;
        var merit = await UpheldAsync("M01", "merit");
        var dismissed = (await City.RecordAsync("d-2", "S02", "2017-08-10")).GetProperty("number").GetString()!;
        await City.DecideAsync(dismissed, new { actor = SmallCity.Officer, verdict = "dismissed", reason = "Not borne out." });
        var reversed = await UpheldAsync("S03");
        var sequence = (await City.GetAsync($"cases/{reversed}")).GetProperty("ledgerSequence").GetInt64();
        await City.PostAsync($"ledger/{sequence}/reversal", new { actor = SmallCity.Supervisor, reason = "Misread." });

        foreach (var number in new[] { open, merit, dismissed, reversed })
            await City.RefusedAsync($"cases/{number}/objection", Objected, HttpStatusCode.UnprocessableEntity, "objection-needless");
    }

    [TestMethod]
    public async Task Object_ToADecisionThatIsInForceAgain_StaysItByTheEndOfItsChain()
    {
        var number = await UpheldAsync();
        await City.PostAsync("ledger/1/reversal", new { actor = SmallCity.Supervisor, reason = "Misread." });
        await City.PostAsync("ledger/2/reversal", new { actor = SmallCity.Supervisor, reason = "Read rightly." });

        await City.PostAsync($"cases/{number}/objection", Objected);

        Assert.AreEqual(((int?)4, 1000m), await StarsAsync());
    }

    [TestMethod]
    public async Task Object_Malformed_IsRefused()
    {
        var number = await UpheldAsync();

        await RefusesAsync(new { actor = "d-2", statement = " " }, "statement-length");
        await RefusesAsync(new { actor = "d-2", statement = new string('x', 2001) }, "statement-length");
        await RefusesAsync(new { actor = "d-2", statement = "S", handedInOn = "2017-08-15" }, "handed-in");
        await RefusesAsync(new { actor = SmallCity.Officer, statement = "S" }, "handed-in");
        await RefusesAsync(new { actor = SmallCity.Officer, statement = "S", handedInOn = "2017-08-14" }, "handed-in");
        await RefusesAsync(new { actor = SmallCity.Officer, statement = "S", handedInOn = "2017-08-16" }, "handed-in");
        var paper = await City.PostAsync($"cases/{number}/objection", new { actor = SmallCity.Officer, statement = "S", handedInOn = "2017-08-15" });
        Assert.AreEqual(SmallCity.Officer, paper.GetProperty("onPaperBy").GetString());

        Task RefusesAsync(object body, string rule) => City.RefusedAsync($"cases/{number}/objection", body, HttpStatusCode.BadRequest, rule);
    }

    [TestMethod]
    public async Task Service_Recorded_IsProvenOnceAndByNothingThatTheServerSent()
    {
        var number = await UpheldAsync();

        await RefusesAsync(new { actor = SmallCity.Officer, means = "page", on = "2017-08-15", proof = "Seen." });
        await RefusesAsync(new { actor = SmallCity.Officer, means = "paper", on = "2017-08-14", proof = "Signed." });
        await RefusesAsync(new { actor = SmallCity.Officer, means = "paper", on = "2017-08-16", proof = "Signed." });
        await RefusesAsync(new { actor = SmallCity.Officer, means = "paper", on = "2017-08-15", proof = "" });
        await RefusesAsync(new { actor = SmallCity.Officer, means = "mail", on = "2017-08-15", proof = new string('p', 201) });
        await City.RefusedAsync(
            $"cases/{number}/service", new { actor = SmallCity.Officer, means = "paper", on = "2017-08-15", proof = "P", document = "ruling" },
            HttpStatusCode.NotFound, "document-none");

        var first = await City.PostAsync($"cases/{number}/service", Served("2017-08-15"));
        await City.PostAsync($"cases/{number}/service", Served("2017-08-15"));
        Assert.AreEqual("2017-08-30", first.GetProperty("objectBy").GetString());
        await City.RefusedAsync(
            $"cases/{number}/service", new { actor = SmallCity.Officer, means = "mail", on = "2017-08-15", proof = "EMS 1" }, HttpStatusCode.Conflict,
            "decision-served");

        Task RefusesAsync(object body) => City.RefusedAsync($"cases/{number}/service", body, HttpStatusCode.BadRequest, "service-unfit");
    }

    [TestMethod]
    [DecidedByDatabase("SQL by hand: the ledger in brief of one driver")]
    public async Task Stay_OfAPublishedMonth_IsDueAsARevision_AndTheRulingChangesNoPublishedMonth()
    {
        await City.SetTodayAsync(new DateOnly(2017, 6, 20));
        var number = await UpheldAsync(on: "2017-06-10");
        await City.SetTodayAsync(new DateOnly(2017, 8, 15));
        await City.CloseAsync("2017-06");
        await City.CloseAsync("2017-07");

        await City.PostAsync($"cases/{number}/objection", Objected);
        Assert.AreEqual("2017-06", (await DueAsync())[0].GetProperty("period").GetString());
        var revision = await City.PostAsync("months/2017-06/revisions", new { actor = SmallCity.Officer, reason = "Stayed by an objection." });
        await City.SignAndPublishAsync("2017-06", revision.GetProperty("digest").GetString()!);
        Assert.AreEqual(0, (await DueAsync()).GetArrayLength());

        await City.PostAsync($"cases/{number}/objection/ruling", Confirmed(SmallCity.Supervisor));
        Assert.AreEqual(0, (await DueAsync()).GetArrayLength(), "what comes back bites at the next close");
        await City.SetTodayAsync(new DateOnly(2017, 9, 2));
        await City.CloseAsync("2017-08");

        Assert.AreEqual((4, 3), (await PublishedAsync("2017-07"), await PublishedAsync("2017-08")));
        var (same, lines) = await City.WithDbAsync(Verified.RunAsync);
        Assert.IsTrue(same, string.Join('\n', lines));
    }

    [TestMethod]
    public async Task Reverse_WhileAnObjectionIsOpen_IsItsRulingsMatter()
    {
        var number = await UpheldAsync();
        await City.PostAsync($"cases/{number}/objection", Objected);

        foreach (var sequence in new[] { 2 })
        {
            await City.RefusedAsync(
                $"ledger/{sequence}/reversal", new { actor = SmallCity.Supervisor, reason = "R" }, HttpStatusCode.Conflict, "objection-decides");
        }

        await City.RefusedAsync("ledger/1/reversal", new { actor = SmallCity.Supervisor, reason = "R" }, HttpStatusCode.Conflict, "already-reversed");
    }

    private async Task<string> UpheldAsync(string code = "S01", string kind = "complaint", string on = "2017-08-10")
    {
        var number = (await City.RecordAsync("d-2", code, on, kind)).GetProperty("number").GetString()!;
        await City.DecideAsync(number, new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out." });
        return number;
    }

    /// <summary>Of the month that runs.</summary>
    private async Task<(int? Stars, decimal Points)> StarsAsync()
    {
        var tally = (await City.InContextAsync(context => Explanation.SoFarAsync("d-2", context, CancellationToken.None))).Value;
        return (tally.Stars, tally.Points);
    }

    private async Task<int> PublishedAsync(string period) => (await City.GetAsync($"drivers/d-2/months/{period}")).GetProperty("stars").GetInt32();

    private Task<JsonElement> DueAsync() => City.GetAsync($"revisions-due?actor={SmallCity.Officer}");

    private static object Served(string on) => new { actor = SmallCity.Officer, means = "paper", on, proof = "Signed by the driver." };

    private static object Confirmed(string by) => new { actor = by, outcome = "confirmed", reason = "Looked at again, and borne out." };
}
