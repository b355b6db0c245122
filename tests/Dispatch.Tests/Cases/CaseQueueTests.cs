using System.Net;
using Dispatch.Tests.Databases;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Cases;

/// <summary>The queue of the bureau's desk, and taking a case up from it.</summary>
[TestClass]
public class CaseQueueTests : CityTests
{
    [TestMethod]
    [DecidedByDatabase("order: by day, then as recorded")]
    public async Task Queue_UndecidedCases_OldestFirstWithTheirDeadline()
    {
        var first = await RecordedOnAsync(8);
        var second = await RecordedOnAsync(9);
        await City.UpholdAsync("d-2", "S01", "2017-08-01");

        var page = await PageAsync(new());

        CollectionAssert.AreEqual(new[] { first, second }, page.Lines.Select(l => l.Number).ToArray());
        Assert.AreEqual(2, page.Total);
        Assert.AreEqual(new DateOnly(2017, 8, 18), page.Lines[0].Deadline);
    }

    [TestMethod]
    [DataRow(17, 0)]
    [DataRow(18, 0)]
    [DataRow(19, 1)]
    public async Task Queue_OnTheDeadlineAndTheDayAfter_OnlyThenOverdue(int today, int overdue)
    {
        await RecordedOnAsync(8);
        await City.SetTodayAsync(new DateOnly(2017, 8, today));

        Assert.AreEqual(overdue, (await PageAsync(new(Overdue: true))).Total);
    }

    [TestMethod]
    [DecidedByDatabase("types: enums and days compared in SQL")]
    public async Task Queue_Filtered_HasOnlyWhatWasAskedFor()
    {
        var complaint = await RecordedOnAsync(8);
        var merit = (await City.RecordAsync("d-3", "M01", "2017-08-01", "merit")).GetProperty("number").GetString();
        await City.UpholdAsync("d-2", "S01", "2017-08-01");

        Assert.AreEqual(merit, (await PageAsync(new(Kind: CaseKind.Merit))).Lines.Single().Number);
        Assert.AreEqual(complaint, (await PageAsync(new(Driver: " d-2 "))).Lines.Single().Number);
        Assert.AreEqual("c-000003", (await PageAsync(new(CaseStatus.Upheld))).Lines.Single().Number);
        Assert.IsEmpty((await PageAsync(new(Driver: "d-9"))).Lines);
    }

    [TestMethod]
    [DataRow(24, 0)]
    [DataRow(25, 0)]
    [DataRow(26, 1)]
    public async Task Queue_SecondPage_HasWhatTheFirstHasNoRoomFor(int cases, int second)
    {
        for (var i = 0; i < cases; i++)
            await RecordedOnAsync(8);

        var page = await PageAsync(new(), 2);

        Assert.AreEqual((second, cases), (page.Lines.Count, page.Total));
    }

    [TestMethod]
    public async Task TakeUp_Submitted_StaysSubmittedAndSaysByWhom()
    {
        var number = await RecordedOnAsync(15);

        var taken = await City.PostAsync($"cases/{number}/review", new { actor = SmallCity.Officer });

        Assert.AreEqual("submitted", taken.GetProperty("status").GetString());
        Assert.AreEqual(SmallCity.Officer, await City.WithDbAsync(db => CaseHolders.OfAsync(number, db, CancellationToken.None)));
        await City.RefusedAsync($"cases/{number}/review", new { actor = SmallCity.OtherOfficer }, HttpStatusCode.Conflict, "case-taken-up");
        await City.RefusedAsync($"cases/{number}/review", new { actor = SmallCity.Auditor }, HttpStatusCode.Forbidden, "actor-not-allowed");
        await City.RefusedAsync("cases/c-000009/review", new { actor = SmallCity.Officer }, HttpStatusCode.NotFound, "case-unknown");
    }

    [TestMethod]
    [DecidedByDatabase("transactions: a concurrency token")]
    public async Task Decide_VersionThatHasChanged_IsRefusedAndBooksNothing()
    {
        var number = await RecordedOnAsync(15);
        var seen = (await City.GetAsync($"cases/{number}")).GetProperty("version").GetString();
        await City.PostAsync($"cases/{number}/review", new { actor = SmallCity.OtherOfficer, version = seen });

        await City.RefusedAsync(
            $"cases/{number}/decision", new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out.", version = seen },
            HttpStatusCode.Conflict, "changed-meanwhile");
        await City.RefusedAsync($"cases/{number}/review", new { actor = SmallCity.Officer, version = seen }, HttpStatusCode.Conflict, "changed-meanwhile");
        Assert.AreEqual(0, (await City.GetAsync("drivers/d-2/ledger")).GetArrayLength());

        await City.HearAsync(number);
        var now = (await City.GetAsync($"cases/{number}")).GetProperty("version").GetString();
        await City.DecideAsync(number!, new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out.", version = now });
    }

    [TestMethod]
    [DataRow("submitted", 1)]
    [DataRow("Submitted", 1)]
    [DataRow("UPHELD", 0)]
    public async Task Cases_ByStatusInAnyCase_AreListed(string status, int count)
    {
        await RecordedOnAsync(15);

        Assert.AreEqual(count, (await City.GetAsync($"cases?status={status}")).GetArrayLength());
    }

    [TestMethod]
    [DataRow("cases?status=decided")]
    [DataRow("cases?status=1")]
    [DataRow("cases?status=")]
    [DataRow("reports?status=submitted")]
    public async Task List_ByAStatusThatThereIsNot_IsRefusedByName(string path) =>
        await SmallCity.AssertRefusalAsync(await City.Client.GetAsync("/api/v1/" + path), HttpStatusCode.BadRequest, "status-unknown");

    /// <summary>A complaint about d-2 that is put on the context on a day of August 2017, which is then the bureau's.</summary>
    private async Task<string> RecordedOnAsync(int day)
    {
        await City.SetTodayAsync(new DateOnly(2017, 8, day));
        return (await City.RecordAsync("d-2", "S01", "2017-08-01")).GetProperty("number").GetString()!;
    }

    private Task<QueuePage> PageAsync(QueueFilter filter, int page = 1) => City.WithDbAsync(
        db => CaseQueue.PageAsync(filter, page, ActivatorUtilities.CreateInstance<OperationContext>(City.Server.Services, db), CancellationToken.None));
}
