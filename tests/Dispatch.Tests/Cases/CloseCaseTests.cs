using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Cases;

/// <summary>Ends of a case other than its decision, and what a reversal does to one that was decided.</summary>
[TestClass]
public class CloseCaseTests : CityTests
{
    private static readonly object Withdrawn = new { actor = SmallCity.Officer, reason = "The passenger rang and took it back." };

    [TestMethod]
    public async Task Withdraw_OpenCase_ClosesItWithDayAndReason()
    {
        var number = await RecordAsync("d-2");

        var closed = await City.PostAsync($"cases/{number}/withdrawal", Withdrawn);

        Assert.AreEqual(
            ("withdrawn", "2017-08-15", SmallCity.Officer),
            (closed.GetProperty("status").GetString(), closed.GetProperty("decidedOn").GetString(), closed.GetProperty("decidedBy").GetString()));
        await City.RefusedAsync($"cases/{number}/withdrawal", Withdrawn, HttpStatusCode.Conflict, "case-already-decided");
    }

    [TestMethod]
    [DataRow(0, HttpStatusCode.BadRequest)]
    [DataRow(1, HttpStatusCode.OK)]
    [DataRow(2000, HttpStatusCode.OK)]
    [DataRow(2001, HttpStatusCode.BadRequest)]
    public async Task Withdraw_ReasonOfSomeLength_TakesOneTo2000(int length, HttpStatusCode expected)
    {
        var number = await RecordAsync("d-2");
        var body = new { actor = SmallCity.Officer, reason = new string('r', length) };

        if (expected == HttpStatusCode.OK)
            await City.PostAsync($"cases/{number}/withdrawal", body);
        else
            await City.RefusedAsync($"cases/{number}/withdrawal", body, expected, "closing-length");
    }

    [TestMethod]
    public async Task Merge_TwoReportsOfOneDriver_LeavesOneToDecide()
    {
        var (first, second) = (await RecordAsync("d-2"), await RecordAsync("d-2"));

        var merged = await City.PostAsync($"cases/{second}/merging", Into(first));

        Assert.AreEqual(("merged", first), (merged.GetProperty("status").GetString(), merged.GetProperty("mergedInto").GetString()));
        Assert.AreEqual("submitted", (await City.GetAsync($"cases/{first}")).GetProperty("status").GetString());
    }

    [TestMethod]
    public async Task Merge_WithWhatItCannotBe_IsRefused()
    {
        var (mine, other, decided) = (await RecordAsync("d-2"), await RecordAsync("d-3"), await RecordAsync("d-2"));
        await City.PostAsync($"cases/{decided}/withdrawal", Withdrawn);

        await RefusesAsync(mine, mine, HttpStatusCode.UnprocessableEntity, "merge-with-itself");
        await RefusesAsync(mine, other, HttpStatusCode.UnprocessableEntity, "merge-unlike");
        await RefusesAsync(mine, decided, HttpStatusCode.UnprocessableEntity, "merge-into-decided");
        await RefusesAsync(mine, "c-999999", HttpStatusCode.NotFound, "case-unknown");
        Assert.AreEqual("submitted", (await City.GetAsync($"cases/{mine}")).GetProperty("status").GetString());
    }

    [TestMethod]
    public async Task Reversal_OfWhatWasUpheld_IsTheStateOfTheCase()
    {
        var entry = await City.UpholdAsync("d-2", "S01", "2017-08-01");

        await City.PostAsync($"ledger/{entry}/reversal", new { actor = SmallCity.Supervisor, reason = "The road was closed." });

        var cases = await City.GetAsync("cases?status=Upheld");
        Assert.AreEqual(0, cases.GetArrayLength());
        Assert.AreEqual(1, (await City.GetAsync("cases?status=Reversed")).GetArrayLength());
    }

    [TestMethod]
    public async Task Adoption_CasesOfAnEarlierVersion_TellTheReversalAndBeginAnewWhatWasTakenUp()
    {
        var entry = await City.UpholdAsync("d-2", "S01", "2017-08-01");
        await City.PostAsync($"ledger/{entry}/reversal", new { actor = SmallCity.Supervisor, reason = "The road was closed." });
        var (open, standing) = (await RecordAsync("d-2"), await City.UpholdAsync("d-3", "S01", "2017-08-01"));
        await City.WithDbAsync(async db =>
        {
            await db.Cases.Where(c => c.LedgerSequence == entry).ExecuteUpdateAsync(c => c.SetProperty(x => x.Status, CaseStatus.Upheld));
            await db.Cases.Where(c => c.Number == open).ExecuteUpdateAsync(c => c.SetProperty(x => x.Status, CaseStatus.UnderReview));
            return await db.Settings.Where(s => s.Name == Setting.CaseLife).ExecuteDeleteAsync();
        });

        await AdoptAsync();
        await AdoptAsync();

        var now = await City.WithDbAsync(db => db.Cases.ToDictionaryAsync(c => c.Number, c => (c.Status, c.LedgerSequence)));
        Assert.AreEqual(CaseStatus.Reversed, now.Values.Single(c => c.LedgerSequence == entry).Status);
        Assert.AreEqual(CaseStatus.Upheld, now.Values.Single(c => c.LedgerSequence == standing).Status);
        Assert.AreEqual(CaseStatus.Submitted, now[open].Status);
        Assert.AreEqual(1, await City.WithDbAsync(db => db.Audit.CountAsync(a => a.Operation == "adopt-case-life")));
    }

    [TestMethod]
    [DataRow("complaint", "Police decision 17/3")]
    [DataRow("infringement", "")]
    public async Task Record_AuthorityThatDoesNotFit_IsRefused(string kind, string authority) =>
        await City.RefusedAsync(
            "cases", new { kind, driver = "d-2", code = "T01", conductOn = "2017-08-01", place = "P", account = "A", authority },
            HttpStatusCode.BadRequest, "authority-unfit");

    private async Task AdoptAsync()
    {
        await using var scope = City.Server.Services.CreateAsyncScope();
        await CaseLifeAdoption.RunAsync(scope.ServiceProvider.GetRequiredService<OperationContext>(), CancellationToken.None);
    }

    private static object Into(string number) => new { actor = SmallCity.Officer, into = number, reason = "The same ride." };

    private Task RefusesAsync(string number, string into, HttpStatusCode status, string rule) =>
        City.RefusedAsync($"cases/{number}/merging", Into(into), status, rule);

    private async Task<string> RecordAsync(string driver) => (await City.RecordAsync(driver, "S01", "2017-08-01")).GetProperty("number").GetString()!;
}
