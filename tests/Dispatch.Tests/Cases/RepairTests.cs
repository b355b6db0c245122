using System.Net;
using System.Text.Json;
using Dispatch.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Cases.Repairs;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Cases;

/// <summary>How a driver gets points back by the rulebook. A detour of 10 May was upheld on 12 May; it is 15 August 2017.</summary>
[TestClass]
public class RepairTests : CityTests
{
    private static readonly object Clean = new { actor = "d-2", rule = "R02" };
    private static readonly object Course = new { actor = "d-2", rule = "R01", proof = "Certificate 17." };

    [TestMethod]
    public async Task Repair_AskedForAndGranted_CountsFromTheMonthThatRunsAndIsExplained()
    {
        var number = await UpheldAsync();

        var asked = await AskAsync(Clean);
        Assert.AreEqual(("r-000001", "2017-000001", JsonValueKind.Null), (Text(asked, "number"), Text(asked, "of"), asked.GetProperty("outcome").ValueKind));
        Assert.AreEqual(((int?)3, 950m), await StarsAsync());
        Assert.AreEqual("r-000001", Text((await City.GetAsync("repairs"))[0], "number"));
        var granted = await DecideAsync("granted", 25);

        Assert.AreEqual((25m, 2L), (granted.GetProperty("points").GetDecimal(), granted.GetProperty("ledgerSequence").GetInt64()));
        Assert.AreEqual("repaired", Text(await City.GetAsync($"cases/{number}"), "status"));
        Assert.AreEqual(((int?)3, 975m), await StarsAsync());
        Assert.AreEqual(0, (await City.GetAsync("repairs")).GetArrayLength());
        var entry = (await City.GetAsync("drivers/d-2/ledger"))[1];
        Assert.AreEqual(
            ("repair", "R02", number, "2017-08-15", "As the rulebook says."),
            (Text(entry, "kind"), Text(entry, "code"), Text(entry, "case"), Text(entry, "decidedOn"), Text(entry.GetProperty("details"), "reason")));
        var tally = (await City.InContextAsync(context => Explanation.SoFarAsync("d-2", context, CancellationToken.None))).Value;
        var line = tally.Lines.Single(line => line.Code == "R02");
        Assert.AreEqual(("Three clean months", "连续三个月无扣分", 25m, 975m), (line.ConductEn, line.ConductZh, line.Counted, line.Running));
        await AssertVerifiedAsync();
    }

    [TestMethod]
    [DataRow("2017-08-09", false)]
    [DataRow("2017-08-10", true)]
    [DataRow("2017-08-11", true)]
    public async Task CleanMonths_UpToTheDay_AreCountedFromTheLastConduct(string day, bool isOver)
    {
        await UpheldAsync();
        await City.SetTodayAsync(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));

        if (isOver)
            await AskAsync(Clean);
        else
            await RefusesAsync(Clean, HttpStatusCode.UnprocessableEntity, "repair-not-clean");
        var offer = (await City.GetAsync("drivers/d-2/repairs")).GetProperty("offers").EnumerateArray().FirstOrDefault(o => Text(o, "rule") == "R02");
        Assert.AreEqual(isOver ? null : "2017-08-10", isOver ? null : Text(offer, "from"));
    }

    [TestMethod]
    [DataRow("2018-05-09", false)]
    [DataRow("2018-05-10", true)]
    [DataRow("2018-05-11", true)]
    public async Task Course_OnceInTwelveMonths_IsCountedFromTheDayItWasAskedFor(string day, bool isOver)
    {
        await City.SetTodayAsync(new DateOnly(2017, 5, 1));
        await UpheldAsync(on: "2017-04-20", decided: new(2017, 5, 1));
        await City.SetTodayAsync(new DateOnly(2017, 5, 10));
        await AskAsync(Course);
        await City.SetTodayAsync(new DateOnly(2017, 5, 20));
        Assert.AreEqual(15m, (await DecideAsync("granted")).GetProperty("points").GetDecimal());
        await City.SetTodayAsync(new DateOnly(2018, 5, 1));
        await UpheldAsync("S02", on: "2018-04-20", decided: new(2018, 5, 1));
        await City.SetTodayAsync(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));

        if (isOver)
            await AskAsync(Course);
        else
            await RefusesAsync(Course, HttpStatusCode.UnprocessableEntity, "repair-too-soon");
    }

    [TestMethod]
    public async Task Ask_Malformed_IsRefused()
    {
        await UpheldAsync();

        await RefusesAsync(new { actor = "d-2", rule = "R99" }, HttpStatusCode.NotFound, "repair-rule-unknown");
        await RefusesAsync(new { actor = "d-2", rule = "S01" }, HttpStatusCode.NotFound, "repair-rule-unknown");
        await RefusesAsync(new { actor = "d-2", rule = "R01" }, HttpStatusCode.BadRequest, "repair-proof-length");
        await RefusesAsync(new { actor = "d-2", rule = "R01", proof = new string('p', 501) }, HttpStatusCode.BadRequest, "repair-proof-length");
        await RefusesAsync(new { actor = "d-2", rule = "R02", of = "2017-000001" }, HttpStatusCode.BadRequest, "repair-case-unfit");
        await RefusesAsync(new { actor = "d-2", rule = "R02", handedInOn = "2017-08-15" }, HttpStatusCode.BadRequest, "handed-in");
        await RefusesAsync(new { actor = SmallCity.Officer, rule = "R02" }, HttpStatusCode.BadRequest, "handed-in");
        await RefusesAsync(new { actor = SmallCity.Officer, rule = "R02", handedInOn = "2017-07-14" }, HttpStatusCode.BadRequest, "handed-in");
        await RefusesAsync(new { actor = SmallCity.Officer, rule = "R02", handedInOn = "2017-08-16" }, HttpStatusCode.BadRequest, "handed-in");
        await RefusesAsync(new { actor = "d-3", rule = "R02" }, HttpStatusCode.Forbidden, "actor-not-allowed");
        await City.RefusedAsync(
            "drivers/d-9/repairs", new { actor = SmallCity.Officer, rule = "R02", handedInOn = "2017-08-15" }, HttpStatusCode.NotFound, "driver-unknown");
        await SmallCity.AssertRefusalAsync(await City.Client.GetAsync("/api/v1/drivers/d-9/repairs"), HttpStatusCode.NotFound, "driver-unknown");
        await AskAsync(new { actor = "d-2", rule = "R01", proof = new string('p', 500) });
    }

    [TestMethod]
    public async Task Ask_Twice_IsTheSameOrRefused()
    {
        await UpheldAsync();

        await AskAsync(Course);
        Assert.AreEqual("r-000001", Text(await AskAsync(Course), "number"));
        await RefusesAsync(new { actor = "d-2", rule = "R01", proof = "Certificate 18." }, HttpStatusCode.Conflict, "repair-asked");
        Assert.AreEqual("r-000002", Text(await AskAsync(Clean), "number"));
    }

    [TestMethod]
    public async Task Ask_WhereNothingCounts_IsRefused()
    {
        await RefusesAsync(Course, HttpStatusCode.UnprocessableEntity, "repair-nothing-lost");
        await UpheldAsync("M01", "merit");
        await RefusesAsync(Course, HttpStatusCode.UnprocessableEntity, "repair-nothing-lost");
        await UpheldAsync("S10");
        await AskAsync(Course);
        Assert.AreEqual(5m, (await DecideAsync("granted")).GetProperty("points").GetDecimal());
        await RefusesAsync(Clean, HttpStatusCode.UnprocessableEntity, "repair-nothing-lost");
    }

    [TestMethod]
    public async Task Decide_Malformed_IsRefused()
    {
        await UpheldAsync();
        await AskAsync(Clean);

        await RefusesDecisionAsync("r-000002", new { actor = SmallCity.Officer, outcome = "granted", reason = "R" }, HttpStatusCode.NotFound, "repair-unknown");
        await RefusesDecisionAsync("nonsense", new { actor = SmallCity.Officer, outcome = "granted", reason = "R" }, HttpStatusCode.NotFound, "repair-unknown");
        await RefusesDecisionAsync(
            "r-000001", new { actor = SmallCity.Officer, outcome = "granted", reason = " " }, HttpStatusCode.BadRequest, "reason-length");
        await RefusesDecisionAsync(
            "r-000001", new { actor = SmallCity.Officer, outcome = "granted", reason = new string('r', 2001) }, HttpStatusCode.BadRequest, "reason-length");
        await RefusesDecisionAsync("r-000001", new { actor = "d-2", outcome = "granted", reason = "R" }, HttpStatusCode.Forbidden, "actor-not-allowed");
        await RefusesDecisionAsync(
            "r-000001", new { actor = SmallCity.Officer, outcome = "granted", reason = "R", points = 24.99 }, HttpStatusCode.Conflict, "repair-changed");
        await DecideAsync("granted");
        await DecideAsync("granted");
        await RefusesDecisionAsync(
            "r-000001", new { actor = SmallCity.Supervisor, outcome = "granted", reason = "R" }, HttpStatusCode.Conflict, "repair-decided");
        Assert.AreEqual(2, (await City.GetAsync("drivers/d-2/ledger")).GetArrayLength());
    }

    [TestMethod]
    public async Task Decide_ByWhoeverRecordedThePaperOrKeepsOut_IsRefused()
    {
        var number = await UpheldAsync();
        await AskAsync(new { actor = SmallCity.OtherOfficer, rule = "R02", handedInOn = "2017-08-14" });
        await City.PostAsync($"cases/{number}/recusal", new { actor = SmallCity.Supervisor });

        await RefusesDecisionAsync(
            "r-000001", new { actor = SmallCity.OtherOfficer, outcome = "granted", reason = "R" }, HttpStatusCode.UnprocessableEntity,
            "recorder-cannot-decide");
        await RefusesDecisionAsync(
            "r-000001", new { actor = SmallCity.Supervisor, outcome = "granted", reason = "R" }, HttpStatusCode.UnprocessableEntity, "recused");
        Assert.AreEqual("2017-08-14", Text(await DecideAsync("granted"), "on"));
    }

    [TestMethod]
    public async Task Decide_Refused_BooksNothingAndCanBeAskedForAgain()
    {
        var number = await UpheldAsync();
        await AskAsync(Course);

        Assert.AreEqual("refused", Text(await DecideAsync("refused"), "outcome"));

        Assert.AreEqual("upheld", Text(await City.GetAsync($"cases/{number}"), "status"));
        Assert.AreEqual(1, (await City.GetAsync("drivers/d-2/ledger")).GetArrayLength());
        Assert.AreEqual("r-000002", Text(await AskAsync(Course), "number"));
    }

    [TestMethod]
    public async Task CleanMonths_BrokenBeforeTheDecision_AreNotGranted()
    {
        await UpheldAsync();
        await AskAsync(Clean);
        await UpheldAsync("S02", on: "2017-06-01", decided: new(2017, 8, 15));

        await RefusesDecisionAsync(
            "r-000001", new { actor = SmallCity.Officer, outcome = "granted", reason = "R" }, HttpStatusCode.UnprocessableEntity, "repair-not-clean");
    }

    [TestMethod]
    public async Task CleanMonths_OverWhenItWasAskedFor_AreNotBrokenByWhatCameLater()
    {
        await UpheldAsync();
        await AskAsync(Clean);
        await City.SetTodayAsync(new DateOnly(2017, 8, 25));
        await UpheldAsync("S02", on: "2017-08-20", decided: new(2017, 8, 25));

        Assert.AreEqual(25m, (await DecideAsync("granted")).GetProperty("points").GetDecimal());
    }

    [TestMethod]
    public async Task Objection_AfterARepair_IsRefused()
    {
        var number = await UpheldAsync();
        await AskAsync(Clean);
        await DecideAsync("granted");

        await City.RefusedAsync($"cases/{number}/objection", Objected, HttpStatusCode.UnprocessableEntity, "objection-repaired");
        // Not after the decision was reversed and put in force again either.
        await City.PostAsync("ledger/1/reversal", new { actor = SmallCity.Supervisor, reason = "Misread." });
        await City.PostAsync("ledger/3/reversal", new { actor = SmallCity.Supervisor, reason = "Read rightly." });
        Assert.AreEqual("repaired", Text(await City.GetAsync($"cases/{number}"), "status"));
        Assert.AreEqual(((int?)3, 975m), await StarsAsync());
        await City.RefusedAsync($"cases/{number}/objection", Objected, HttpStatusCode.UnprocessableEntity, "objection-repaired");
        await City.RefusedAsync(
            "ledger/2/reversal", new { actor = SmallCity.Supervisor, reason = "R" }, HttpStatusCode.UnprocessableEntity, "entry-not-a-decision");
        await AssertVerifiedAsync();
    }

    [TestMethod]
    [DataRow("S01", "complaint", DisplayName = "stayed")]
    [DataRow("T01", "infringement", DisplayName = "counting on")]
    public async Task Repair_WhileAnObjectionIsOpen_WaitsForItsRuling(string code, string kind)
    {
        var number = await UpheldAsync(code, kind);
        await AskAsync(Clean);
        await City.PostAsync($"cases/{number}/objection", Objected);

        await RefusesAsync(Course, HttpStatusCode.Conflict, "repair-objection-open");
        await RefusesDecisionAsync(
            "r-000001", new { actor = SmallCity.Officer, outcome = "granted", reason = "R" }, HttpStatusCode.Conflict, "repair-objection-open");
        await City.PostAsync($"cases/{number}/objection/ruling", new { actor = SmallCity.Supervisor, outcome = "confirmed", reason = "Borne out." });
        await DecideAsync("granted");

        Assert.AreEqual("repaired", Text(await City.GetAsync($"cases/{number}"), "status"));
        await AssertVerifiedAsync();
    }

    [TestMethod]
    public async Task Repair_OfTheOldestUnderObjection_TakesTheNext()
    {
        var number = await UpheldAsync();
        await UpheldAsync("S10", on: "2017-05-01", decided: new(2017, 5, 13));
        await City.SetTodayAsync(new DateOnly(2017, 8, 15));
        await City.PostAsync($"cases/{number}/objection", Objected);

        Assert.AreEqual("2017-000002", Text(await AskAsync(Clean), "of"));
    }

    [TestMethod]
    [DecidedByDatabase("SQL by hand: the ledger in brief of one driver")]
    public async Task Repair_AfterMonthsWerePublished_ChangesNoneAndCountsInTheNext()
    {
        await City.SetTodayAsync(new DateOnly(2017, 5, 12));
        await UpheldAsync();
        foreach (var month in new[] { "2017-05", "2017-06", "2017-07" })
            await City.CloseAsync(month);
        var before = await City.Client.GetStringAsync("/api/v1/drivers/d-2/months/2017-07");
        await AskAsync(Clean);

        await DecideAsync("granted");

        Assert.AreEqual(before, await City.Client.GetStringAsync("/api/v1/drivers/d-2/months/2017-07"));
        Assert.AreEqual(0, (await City.GetAsync($"revisions-due?actor={SmallCity.Officer}")).GetArrayLength());
        await City.SetTodayAsync(new DateOnly(2017, 9, 2));
        await City.CloseAsync("2017-08");
        Assert.AreEqual(975m, (await City.GetAsync("drivers/d-2/months/2017-08")).GetProperty("points").GetDecimal());
        await AssertVerifiedAsync();
    }

    [TestMethod]
    public async Task Repair_ThatMakesGood_IsOfTheDecisionThatTheDriverNames()
    {
        var folder = Directory.CreateTempSubdirectory("taxicredit-rules-").FullName;
        var shipped = await File.ReadAllTextAsync(Path.Combine(InstalledRulebooks.UsualFolder, "rongcheng-taxi.2016-01-01.json"));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "rongcheng-taxi.2016-01-01.json"),
            shipped.Replace("\"repair\": [", "\"repair\": [{\"id\": \"R03\", \"zh\": \"补救\", \"en\": \"Made good\", \"points\": 20, \"cleanMonths\": 0, "
                + "\"everyMonths\": 1, \"makesGood\": true, \"source\": \"assumed\"},", StringComparison.Ordinal));
        await using var city = await SmallCity.BuildAsync(services => services.AddSingleton(InstalledRulebooks.Read(folder, "rongcheng-taxi")));
        foreach (var day in new[] { "2017-08-01", "2017-08-02" })
        {
            var number = Text(await city.RecordAsync("d-2", "S03", day), "number");
            await city.DecideAsync(number, new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out." });
        }

        foreach (var of in new[] { null, "" })
        {
            await city.RefusedAsync(
                "drivers/d-2/repairs", new { actor = "d-2", rule = "R03", proof = "Paid back.", of },
                of is null ? HttpStatusCode.BadRequest : HttpStatusCode.UnprocessableEntity, of is null ? "repair-case-unfit" : "repair-nothing-lost");
        }

        var asked = await city.PostAsync("drivers/d-2/repairs", new { actor = "d-2", rule = "R03", proof = "Paid back.", of = "2017-000002" });
        await city.RefusedAsync(
            "drivers/d-2/repairs", new { actor = "d-2", rule = "R03", proof = "Paid back.", of = "2017-000001" }, HttpStatusCode.Conflict, "repair-asked");
        await city.PostAsync("repairs/r-000001/decision", new { actor = SmallCity.Officer, outcome = "granted", reason = "The receipt shows it." });

        Assert.AreEqual("2017-000002", Text(asked, "of"));
        Assert.AreEqual("upheld repaired", $"{Text(await city.GetAsync("cases/c-000001"), "status")} {Text(await city.GetAsync("cases/c-000002"), "status")}");
        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    public async Task Verify_OfARepairThatNobodyAskedFor_NamesIt()
    {
        await UpheldAsync();
        await AskAsync(Clean);
        await DecideAsync("granted");
        await City.WithDbAsync(db => db.Set<Repair>().ExecuteUpdateAsync(repair => repair.SetProperty(r => r.LedgerSequence, (long?)1)));

        var (same, lines) = await City.WithDbAsync(Verified.RunAsync);

        Assert.IsFalse(same);
        StringAssert.Contains(string.Join('\n', lines), "a repair of the same driver");
    }

    private static readonly object Objected = new { actor = "d-2", statement = "The road was closed." };

    /// <summary>Upholds a case and leaves it 15 August 2017, or the day of the decision where it was given.</summary>
    private async Task<string> UpheldAsync(string code = "S01", string kind = "complaint", string on = "2017-05-10", DateOnly? decided = null)
    {
        await City.SetTodayAsync(decided ?? new DateOnly(2017, 5, 12));
        var number = Text(await City.RecordAsync("d-2", code, on, kind), "number");
        await City.DecideAsync(number, new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out." });
        if (decided is null)
            await City.SetTodayAsync(new DateOnly(2017, 8, 15));
        return number;
    }

    private Task<JsonElement> AskAsync(object body) => City.PostAsync("drivers/d-2/repairs", body);

    private Task RefusesAsync(object body, HttpStatusCode status, string rule) => City.RefusedAsync("drivers/d-2/repairs", body, status, rule);

    private Task<JsonElement> DecideAsync(string outcome, decimal? points = null) => City.PostAsync(
        "repairs/r-000001/decision", new { actor = SmallCity.Officer, outcome, reason = "As the rulebook says.", points });

    private Task RefusesDecisionAsync(string number, object body, HttpStatusCode status, string rule) =>
        City.RefusedAsync($"repairs/{number}/decision", body, status, rule);

    /// <summary>Of the month that runs.</summary>
    private async Task<(int? Stars, decimal Points)> StarsAsync()
    {
        var tally = (await City.InContextAsync(context => Explanation.SoFarAsync("d-2", context, CancellationToken.None))).Value;
        return (tally.Stars, tally.Points);
    }

    private async Task AssertVerifiedAsync()
    {
        var (same, lines) = await City.WithDbAsync(Verified.RunAsync);
        Assert.IsTrue(same, string.Join('\n', lines));
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
