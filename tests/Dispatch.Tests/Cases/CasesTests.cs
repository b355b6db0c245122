using System.Net;
using System.Net.Http.Json;
using System.Text;
using Dispatch.Tests.Databases;

namespace Dispatch.Tests.Cases;

[TestClass]
public class CasesTests : CityTests
{
    private static object Report(
        string driver = "d-2", string code = "S01", string conductOn = "2017-08-10", string kind = "complaint", string? reporter = null,
        string actor = SmallCity.Officer) =>
        new { actor, kind, driver, code, conductOn, place = "Station", account = "A detour by the harbour.", reporter };

    [TestMethod]
    [DecidedByDatabase("types: points and days as they are stored and read back")]
    public async Task DecideCase_Upheld_BooksRulebookPointsAndChains()
    {
        var sequence = await City.UpholdAsync("d-2", "S01", "2017-08-10");

        var entry = (await City.GetAsync("drivers/d-2/ledger")).EnumerateArray().Single();
        Assert.AreEqual(sequence, entry.GetProperty("sequence").GetInt64());
        Assert.AreEqual(-50m, entry.GetProperty("points").GetDecimal());
        Assert.AreEqual("Borne out by the meter.", entry.GetProperty("details").GetProperty("reason").GetString());
    }

    [TestMethod]
    public async Task DecideCase_Dismissed_BooksNothing()
    {
        var number = (await City.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString();

        await City.DecideAsync(number!, new { actor = SmallCity.Officer, verdict = "dismissed", reason = "The road was closed." });

        Assert.AreEqual(0, (await City.GetAsync("drivers/d-2/ledger")).GetArrayLength());
    }

    [TestMethod]
    public async Task DecideCase_Twice_SecondIsRefusedAndBooksNothing()
    {
        var number = (await City.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString();
        await City.DecideAsync(number!, new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out." });

        await City.RefusedAsync(
            $"cases/{number}/decision", new { actor = SmallCity.OtherOfficer, verdict = "upheld", reason = "Again." },
            HttpStatusCode.Conflict, "case-already-decided");
        Assert.AreEqual(1, (await City.GetAsync("drivers/d-2/ledger")).GetArrayLength());
    }

    [TestMethod]
    [DecidedByDatabase("locks: two decide one case at once")]
    public async Task DecideCase_TwoAtOnce_OneDecisionIsBooked()
    {
        var number = (await City.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString();

        await City.HearAsync(number!);

        var answers = await Task.WhenAll(new[] { SmallCity.Officer, SmallCity.OtherOfficer }.Select(actor =>
            City.Client.PostAsJsonAsync($"/api/v1/cases/{number}/decision", new { actor, verdict = "upheld", reason = "Borne out." })));

        CollectionAssert.AreEquivalent(new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }, answers.Select(a => a.StatusCode).ToArray());
        await City.FinishAsync(number!);
        Assert.AreEqual(1, (await City.GetAsync("drivers/d-2/ledger")).GetArrayLength());
    }

    [TestMethod]
    [DataRow(-49.99)]
    [DataRow(-50.01)]
    [DataRow(0.0)]
    public async Task DecideCase_PointsOutsideRulebook_IsRefused(double points)
    {
        var number = (await City.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString();

        await City.RefusedAsync(
            $"cases/{number}/decision", new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out.", points },
            HttpStatusCode.UnprocessableEntity, "points-outside-rulebook");
    }

    [TestMethod]
    public async Task DecideCase_ByAuditor_IsRefused()
    {
        var number = (await City.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString();

        await City.RefusedAsync(
            $"cases/{number}/decision", new { actor = SmallCity.Auditor, verdict = "upheld", reason = "X" },
            HttpStatusCode.Forbidden, "actor-not-allowed");
    }

    [TestMethod]
    public async Task RecordCase_BadInput_EachFaultIsNamed()
    {
        await City.RefusedAsync("cases", Report(driver: "d-9"), HttpStatusCode.NotFound, "driver-unknown");
        await City.RefusedAsync("cases", Report(code: "S99"), HttpStatusCode.UnprocessableEntity, "code-unknown");
        await City.RefusedAsync("cases", Report(code: "M01"), HttpStatusCode.UnprocessableEntity, "code-unfit");
        await City.RefusedAsync("cases", Report(code: "S01", kind: "merit"), HttpStatusCode.UnprocessableEntity, "code-unfit");
        await City.RefusedAsync("cases", Report(conductOn: "2017-08-16"), HttpStatusCode.UnprocessableEntity, "conduct-in-future");
        await City.RefusedAsync("cases", Report(conductOn: "2015-12-31"), HttpStatusCode.UnprocessableEntity, "no-rulebook");
        await City.RefusedAsync("cases", Report(actor: "nobody"), HttpStatusCode.Unauthorized, "token-required");
        await City.RefusedAsync("cases", Report(reporter: "d-1"), HttpStatusCode.BadRequest, "reporter-unfit");
        Assert.AreEqual(0, (await City.GetAsync("cases")).GetArrayLength());
    }

    [TestMethod]
    public async Task RecordCase_ConductToday_IsTaken() => await City.PostAsync("cases", Report(conductOn: "2017-08-15"));

    [TestMethod]
    public async Task RecordCase_PeerReport_OnlyBetweenLeaderAndMember()
    {
        await City.RefusedAsync("cases", Report("d-1", "P01", kind: "peerReport", reporter: "d-1"), HttpStatusCode.UnprocessableEntity, "reporter-is-subject");
        await City.RefusedAsync(
            "cases", Report("d-3", "P01", kind: "peerReport", reporter: "d-1"), HttpStatusCode.UnprocessableEntity, "reporter-outside-team");
        await City.PostAsync("cases", Report("d-2", "P01", kind: "peerReport", reporter: "d-1"));
        await City.PostAsync("cases", Report("d-1", "P01", kind: "peerReport", reporter: "d-2"));
    }

    [TestMethod]
    public async Task DecideCase_PeerReportWithoutCorroboration_IsRefused()
    {
        var number = (await City.PostAsync("cases", Report("d-2", "P01", kind: "peerReport", reporter: "d-1"))).GetProperty("number").GetString();

        await City.RefusedAsync(
            $"cases/{number}/decision", new { actor = SmallCity.OtherOfficer, verdict = "upheld", reason = "X" },
            HttpStatusCode.UnprocessableEntity, "peer-report-alone");
        await City.DecideAsync(
            number!, new { actor = SmallCity.OtherOfficer, verdict = "upheld", reason = "X", corroboration = "A second witness at the rank." });
    }

    [TestMethod]
    public async Task ReverseEntry_ByDecider_IsRefused_BySupervisor_Books()
    {
        var sequence = await City.UpholdAsync("d-2", "S01", "2017-08-10");

        await City.RefusedAsync($"ledger/{sequence}/reversal", new { actor = SmallCity.Officer, reason = "X" }, HttpStatusCode.Forbidden, "actor-not-allowed");
        await City.PostAsync($"ledger/{sequence}/reversal", new { actor = SmallCity.Supervisor, reason = "The meter was read wrongly." });
        await City.RefusedAsync($"ledger/{sequence}/reversal", new { actor = SmallCity.Supervisor, reason = "X" }, HttpStatusCode.Conflict, "already-reversed");
        await City.RefusedAsync("ledger/99/reversal", new { actor = SmallCity.Supervisor, reason = "X" }, HttpStatusCode.NotFound, "entry-unknown");
    }

    [TestMethod]
    [DataRow("{", "json-malformed")]
    [DataRow("[]", "json-malformed")]
    [DataRow("{\"actor\":\"officer-a\"}", "json-malformed")]
    [DataRow(
        "{\"kind\":\"complaint\",\"driver\":\"d-1\",\"code\":\"S01\",\"conductOn\":\"2017-02-03\",\"place\":\"x\","
        + "\"account\":\"x\\u0000\"}",
        "json-malformed")]
    [DataRow(
        "{\"kind\":\"complaint\",\"driver\":\"d-1\",\"code\":\"S01\",\"conductOn\":\"2017-02-03\","
        + "\"place\":\"\\ud800\",\"account\":\"x\"}",
        "json-malformed")]
    [DataRow(
        "{\"actor\":1,\"kind\":\"complaint\",\"driver\":\"d-1\",\"code\":\"S01\",\"conductOn\":\"2017-02-03\",\"place\":\"x\",\"account\":\"x\"}",
        "actor-in-body")]
    [DataRow(
        "{\"kind\":\"complaint\",\"driver\":\"d-1\",\"code\":\"S01\",\"conductOn\":\"2017-02-30\",\"place\":\"x\",\"account\":\"x\"}",
        "json-malformed")]
    [DataRow(
        "{\"actor\":\"officer-a\",\"kind\":\"complaint\",\"driver\":null,\"code\":\"S01\",\"conductOn\":\"2017-02-03\",\"place\":\"x\",\"account\":\"x\"}",
        "json-malformed")]
    public async Task RecordCase_MalformedJson_IsRefused(string body, string rule)
    {
        var answer = await City.Client.PostAsync(new Uri("/api/v1/cases", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));

        await SmallCity.AssertRefusalAsync(answer, HttpStatusCode.BadRequest, rule);
    }
}
