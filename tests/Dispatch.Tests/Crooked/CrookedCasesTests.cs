using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.Teams;

namespace Dispatch.Tests.Crooked;

[TestClass]
public sealed class CrookedCasesTests : CrookedTests
{
    [TestMethod]
    public async Task ReverseEntry_ByWhoDecided_IsRefused()
    {
        var sequence = await City.SequenceOfAsync("d-80", "S02");

        Assert.AreEqual("decider-cannot-reverse", await ReverseAsync(sequence, CrookedCity.OtherSupervisor));
    }

    [TestMethod]
    public async Task ReverseEntry_ByWhoSubmittedAndDidNotDecide_IsRefused()
    {
        var sequence = await City.SequenceOfAsync("d-80", "S02");

        Assert.AreEqual("recorder-cannot-decide", await ReverseAsync(sequence, CrookedCity.Supervisor));
        Assert.AreEqual(0, await City.WithDbAsync(db => db.Ledger.CountAsync(e => e.Reverses == sequence)));
    }

    [TestMethod]
    [DataRow("d-80", "d-40", null, DisplayName = "A leader who came back, on a member")]
    [DataRow("d-40", "d-80", null, DisplayName = "A member, on the leader who came back")]
    [DataRow("d-80", "d-20", "reporter-shares-cab", DisplayName = "The leader, on the other driver of the cab")]
    [DataRow("d-20", "d-80", "reporter-shares-cab", DisplayName = "A member, on the leader of the same cab")]
    [DataRow("d-60", "d-40", "reporter-outside-team", DisplayName = "Who led between, on a member")]
    [DataRow("d-40", "d-60", "reporter-outside-team", DisplayName = "A member, on who led between")]
    [DataRow("d-30", "d-70", "reporter-outside-team", DisplayName = "Who led a team that nobody leads now, on a member")]
    [DataRow("d-70", "d-30", "reporter-outside-team", DisplayName = "A member, on who led a team that nobody leads now")]
    [DataRow("d-10", "d-40", "reporter-outside-team", DisplayName = "The leader of another team")]
    [DataRow("d-10", "d-10", "reporter-is-subject", DisplayName = "A team of one, on oneself")]
    public async Task RecordCase_PeerReport_IsBetweenThePresentLeaderAndAMember(string reporter, string about, string? refusal) =>
        Assert.AreEqual(refusal, await RecordAsync(CaseKind.PeerReport, about, "P01", reporter: reporter));

    [TestMethod]
    [DataRow(-1, "hour-out-of-range")]
    [DataRow(0, null)]
    [DataRow(23, null)]
    [DataRow(24, "hour-out-of-range")]
    [DataRow(null, null)]
    public async Task RecordCase_HourOfTheDay_IsTakenFrom0To23(int? hour, string? refusal) =>
        Assert.AreEqual(refusal, await RecordAsync(CaseKind.Complaint, "d-40", "S01", hour));

    [TestMethod]
    [DataRow("")]
    [DataRow("&driver=d-40")]
    [DataRow("&status=Upheld")]
    public async Task Cases_PageAfterPage_ListEachOnceInTheOrderOfSubmission(string filter)
    {
        using var client = await City.StartAsync();
        var first = await GetCasesAsync(client, filter);
        var second = await GetCasesAsync(client, $"after={first[^1]}{filter}");
        var third = await GetCasesAsync(client, $"after={second[^1]}{filter}");

        Assert.HasCount(200, first);
        Assert.IsEmpty(third);
        var stored = await City.WithDbAsync(db => db.Cases.AsNoTracking()
            .Where(c => filter == "" || (filter == "&driver=d-40" ? c.Driver.Code == "d-40" : c.Status == CaseStatus.Upheld))
            .OrderBy(c => c.Id).Select(c => c.Number).ToListAsync());
        CollectionAssert.AreEqual(stored, first.Concat(second).ToList());
    }

    [TestMethod]
    public async Task OwnReports_RecordedByTheBureau_AreTheReportersAndNotTheRecorders()
    {
        var own = await City.InContextAsync(context => OwnReport.OfAsync("d-80", context, default));
        var recorders = await City.InContextAsync(context => OwnReport.OfAsync(CrookedCity.OtherOfficer, context, default));

        CollectionAssert.AreEqual(new[] { "d-60 P01 Upheld" }, own.ConvertAll(r => $"{r.About} {r.Code} {r.Status}"));
        Assert.IsTrue(recorders.TrueForAll(r => r.Kind == CaseKind.Merit), "only what they praised, and no peer report");
    }

    [TestMethod]
    [DataRow("d-80", "d-80", "d-20 d-80", DisplayName = "The leader who came back")]
    [DataRow("d-10", "d-10", "d-10", DisplayName = "A team of one")]
    public async Task TeamBoard_OfALeader_TellsWhoLeadsAndWhoMayNotBeReported(string actor, string leader, string spared)
    {
        var windscreens = City.Server.Services.GetRequiredService<TwinBoard>();
        var board = (await City.InContextAsync(context => TeamBoard.OfAsync(actor, context, windscreens, default))).Value;

        Assert.AreEqual(leader, board.Leader);
        CollectionAssert.AreEqual(new[] { leader }, board.Members.Where(m => m.IsLeader).Select(m => m.Code).ToList());
        Assert.AreEqual(spared, string.Join(' ', board.Members.Where(m => !m.MayBeReported).Select(m => m.Code).Order()));
    }

    private Task<string?> ReverseAsync(long sequence, string actor) =>
        RefusalOfAsync(context => ReverseEntry.HandleAsync(sequence, new(actor, "The meter was read wrongly."), context, default));

    private Task<string?> RecordAsync(CaseKind kind, string driver, string code, int? hour = null, string? reporter = null) => RefusalOfAsync(context =>
        RecordCase.HandleAsync(new(CrookedCity.Officer, kind, driver, code, CrookedCity.Today, "Harbour Road", "As told.", hour, reporter), context, default));

    private static async Task<List<string>> GetCasesAsync(HttpClient client, string query) =>
        [.. (await client.GetFromJsonAsync<JsonElement>("cases?" + query)).EnumerateArray().Select(c => c.GetProperty("number").GetString()!)];
}
