using Dispatch.Tests.Databases;
using Dispatch.Tests.Displays;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Passengers;
using TaxiCredit.Dispatch.Features.Passengers.Erasure;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Features.Photos;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;
using static Dispatch.Tests.Passengers.PassengerCity;

namespace Dispatch.Tests.Passengers;

/// <summary>What passengers left is kept for a time after the matter is settled, which here is on 2018-01-05, and then erased.</summary>
[TestClass]
public class ErasureTests
{
    private static readonly DateOnly Settled = new(2018, 1, 5);

    private DisplayCity _city = null!;

    private string Photos => Path.Combine(_city.Folder, "photos");

    [TestInitialize]
    public async Task BuildAsync()
    {
        _city = await DisplayCity.BuildAsync(settings: new Dictionary<string, string?>
        {
            ["Passengers:KeepPhotoDays"] = "30", ["Passengers:ReportsFromAddress"] = "1000", ["Passengers:ReportsOfCab"] = "1000",
        });
        // The server's own pass at its start has the lease until it has found nothing.
        await Until.StoredAsync(
            _city.Options, () => _city.WithDbAsync(db => db.Leases.AnyAsync(l => l.Name == "erasure" && l.Until == DateTimeOffset.UnixEpoch)));
    }

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    [DataRow(29, 1, 1)]
    [DataRow(30, 1, 1)]
    [DataRow(31, 1, 0)]
    [DataRow(89, 1, 0)]
    [DataRow(90, 1, 0)]
    [DataRow(91, 0, 0)]
    public async Task Left_OfADecidedCase_IsKeptToTheLastDayOfItsTime(int daysAfter, int contacts, int photos)
    {
        var report = await LeaveAsync();
        await SettleAsync(report, isRejected: false);

        await EraseOnAsync(Settled.AddDays(daysAfter));

        await AssertLeftAsync(contacts, photos);
        Assert.AreEqual("A detour by the harbour.", (await _city.StoredAsync(report)).Account, "the report itself stays");
    }

    [TestMethod]
    [DataRow(90, 1)]
    [DataRow(91, 0)]
    public async Task Left_OfARejectedReport_CountsFromThatDay(int daysAfter, int contacts)
    {
        await SettleAsync(await LeaveAsync(), isRejected: true);

        await EraseOnAsync(Settled.AddDays(daysAfter));

        await AssertLeftAsync(contacts, 0);
    }

    [TestMethod]
    [DataRow(90, 1)]
    [DataRow(91, 0)]
    public async Task Left_OfAWithdrawnReport_CountsFromThatDay(int daysAfter, int contacts)
    {
        var report = await LeaveAsync();
        await SetTodayAsync(Settled);
        Assert.IsNull((await _city.InContextAsync((context, _) => WithdrawReport.HandleAsync(new(report.Receipt), context, default))).Refusal);

        await EraseOnAsync(Settled.AddDays(daysAfter));

        await AssertLeftAsync(contacts, 0);
    }

    [TestMethod]
    [DataRow(30, 1)]
    [DataRow(31, 0)]
    public async Task PhotoOfAPeer_OfADecidedCase_IsKeptAsLongAsAPassengers(int daysAfter, int photos)
    {
        var report = await LeaveAsync(hasPhoto: false);
        await SettleAsync(report, isRejected: false);
        var caseId = (await _city.StoredAsync(report)).CaseId!.Value;
        await _city.InContextAsync(async (context, all) =>
        {
            context.Db.CasePhotos.Add(new CasePhoto
            {
                CaseId = caseId, File = await all.GetRequiredService<PhotoFolder>().StoreAsync([1, 2, 3], CancellationToken.None), Size = 3,
            });
            return await context.Db.SaveChangesAsync();
        });

        await EraseOnAsync(Settled.AddDays(daysAfter));

        Assert.AreEqual(photos, await _city.WithDbAsync(db => db.CasePhotos.CountAsync()));
        Assert.HasCount(photos, Directory.GetFiles(Photos));
    }

    [TestMethod]
    public async Task Left_OfWhatIsNotSettled_IsKept()
    {
        await LeaveAsync();

        await EraseOnAsync(Settled.AddDays(3650));

        await AssertLeftAsync(1, 1);
        Assert.IsEmpty(await LinesAsync());
    }

    [TestMethod]
    [DecidedByDatabase("transactions: rows and their line in the log, batch by batch")]
    public async Task Erase_InMoreThanABatch_LeavesALineForEachWithTheCounts()
    {
        for (var n = 0; n < 101; n++)
            await SettleAsync(await LeaveAsync(hasPhoto: n == 0), isRejected: true);

        await EraseOnAsync(Settled.AddDays(91));
        await EraseOnAsync(Settled.AddDays(91));

        await AssertLeftAsync(0, 0);
        CollectionAssert.AreEqual(new[] { "contacts 100, photos 1", "contacts 1, photos 0" }, await LinesAsync());
    }

    [TestMethod]
    public async Task Erase_CutOffBetweenFileAndRow_IsFinishedByTheNextPass()
    {
        await SettleAsync(await LeaveAsync(), isRejected: true);
        File.Delete(Directory.GetFiles(Photos).Single());

        await EraseOnAsync(Settled.AddDays(91));

        await AssertLeftAsync(0, 0);
        CollectionAssert.AreEqual(new[] { "contacts 1, photos 1" }, await LinesAsync());
    }

    [TestMethod]
    public async Task Erase_WithoutAFolderOfPhotos_ErasesTheRows()
    {
        await SettleAsync(await LeaveAsync(), isRejected: true);
        Directory.Delete(Photos, recursive: true);

        await EraseOnAsync(Settled.AddDays(91));

        Assert.AreEqual(0, await _city.WithDbAsync(db => db.ReportPhotos.CountAsync()));
    }

    [TestMethod]
    [DecidedByDatabase("locks: a lease")]
    public async Task Erase_WhileAnotherServerHasTheLease_DoesNothing()
    {
        await SettleAsync(await LeaveAsync(), isRejected: true);
        await SetTodayAsync(Settled.AddDays(91));
        var lease = await _city.WithDbAsync(
            db => db.AcquireAsync("erasure", "another", _city.Time.GetUtcNow(), TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.IsNotNull(lease);

        Assert.IsFalse(await TryAsync());
        await AssertLeftAsync(1, 1);

        _city.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsTrue(await TryAsync());
        await AssertLeftAsync(0, 0);
    }

    [TestMethod]
    public async Task Erase_LeaseTakenByAnotherMeanwhile_LeavesTheRowsToThatOne()
    {
        await SettleAsync(await LeaveAsync(), isRejected: true);
        var today = BureauTime.BeginOf(Settled.AddDays(91));
        // The clock is asked for the lease first, and then for the day: between the two another server takes the lease, a minute later.
        var time = new InterruptedClock(today, secondAsked: () => _city.WithDbAsync(db =>
            db.AcquireAsync("erasure", "another", today.AddMinutes(1), TimeSpan.FromMinutes(1), CancellationToken.None)).GetAwaiter().GetResult());

        await _city.InContextAsync((_, all) =>
        {
            var context = ActivatorUtilities.CreateInstance<OperationContext>(all, time, new BureauTime(time));
            return EraseLeft.TryAsync(context, all.GetRequiredService<ReportDesk>(), CancellationToken.None);
        });

        Assert.AreEqual((1, 1), await _city.WithDbAsync(async db => (await db.ReportContacts.CountAsync(), await db.ReportPhotos.CountAsync())));
        Assert.IsEmpty(await LinesAsync());
        Assert.AreEqual(
            "another",
            await _city.WithDbAsync(
                db => db.Leases.Where(l => l.Name == "erasure" && l.Until == today.AddMinutes(2)).Select(l => l.Holder).SingleAsync()));
    }

    [TestMethod]
    public async Task Pass_AtTheStartAndADayLater_ErasesByItself()
    {
        await SettleAsync(await LeaveAsync(), isRejected: true);
        await SetTodayAsync(Settled.AddDays(91));
        // On a clock of its own: a day of the city's would fire the timers of everything else.
        var time = new FakeTimeProvider();
        using var pass = ActivatorUtilities.CreateInstance<JobRunner>(_city.Server.Services, (IEnumerable<Job>)[ErasurePass.Job], time);

        await pass.StartAsync(CancellationToken.None);
        await AwaitLinesAsync(1);
        await SettleAsync(await LeaveAsync(), isRejected: true);
        await SetTodayAsync(Settled.AddDays(92));
        time.Advance(TimeSpan.FromDays(1));
        await AwaitLinesAsync(2);

        await pass.StopAsync(CancellationToken.None);
        await AssertLeftAsync(0, 0);
    }

    [TestMethod]
    public async Task OfCase_WhatIsStillThere_IsToldWithItsDays()
    {
        var report = await LeaveAsync();
        await SettleAsync(report, isRejected: false);
        var caseId = (await _city.StoredAsync(report)).CaseId!.Value;

        Assert.AreEqual(new LeftData(90, 30), await LeftAsync());
        await EraseOnAsync(Settled.AddDays(31));
        Assert.AreEqual(new LeftData(90, null), await LeftAsync());
        await EraseOnAsync(Settled.AddDays(91));
        Assert.AreEqual(new LeftData(null, null), await LeftAsync());

        Task<LeftData> LeftAsync() => _city.InContextAsync((context, all) =>
            EraseLeft.OfCaseAsync(caseId, context.Db, all.GetRequiredService<ReportDesk>().Settings, CancellationToken.None));
    }

    [TestMethod]
    [DataRow(0, 90, false)]
    [DataRow(1, 90, true)]
    [DataRow(3650, 3650, true)]
    [DataRow(90, 3651, false)]
    public void Days_AtTheirLimits_AreTakenWithin(int contact, int photo, bool isTaken) =>
        Assert.AreEqual(isTaken, new PassengerSettings { KeepContactDays = contact, KeepPhotoDays = photo }.FindFault() is null);

    /// <summary>A report with a contact and a photo.</summary>
    private Task<PassengerReport> LeaveAsync(bool hasPhoto = true) =>
        _city.ReportAsync(1, Detour with { Code = null, Contact = "call 555" }, photo: hasPhoto ? [1, 2, 3] : null);

    private async Task SettleAsync(PassengerReport report, bool isRejected)
    {
        await SetTodayAsync(Settled);
        await _city.InContextAsync(async (context, _) =>
        {
            if (isRejected)
            {
                Assert.IsNull((await RejectReport.HandleAsync(
                    report.Number, new(DisplayCity.Keeper, "The same text twenty times."), context, CancellationToken.None)).Refusal);
                return 0;
            }

            var assigned = await AssignReport.HandleAsync(report.Number, new(DisplayCity.OtherKeeper, "d-1", "S01"), context, CancellationToken.None);
            Assert.IsNull((await DemoHearing.DecideAsync(
                assigned.Value.Case!.Number, new(DisplayCity.Keeper, Verdict.Dismissed, "The road was closed."), context,
                CancellationToken.None)).Refusal);
            return 0;
        });
    }

    private Task<int> SetTodayAsync(DateOnly today) => _city.InContextAsync(async (context, all) =>
    {
        await all.GetRequiredService<BureauTime>().SetAsync(context.Db, today, CancellationToken.None);
        return 0;
    });

    private Task<bool> TryAsync() =>
        _city.InContextAsync((context, all) => EraseLeft.TryAsync(context, all.GetRequiredService<ReportDesk>(), CancellationToken.None));

    private async Task EraseOnAsync(DateOnly today)
    {
        await SetTodayAsync(today);
        Assert.IsTrue(await TryAsync());
    }

    private async Task AssertLeftAsync(int contacts, int photos)
    {
        Assert.AreEqual((contacts, photos), await _city.WithDbAsync(async db => (await db.ReportContacts.CountAsync(), await db.ReportPhotos.CountAsync())));
        Assert.HasCount(photos, Directory.Exists(Photos) ? Directory.GetFiles(Photos) : []);
    }

    private Task AwaitLinesAsync(int count) => Until.StoredAsync(_city.Options, async () => (await LinesAsync()).Count >= count);

    private Task<List<string>> LinesAsync() =>
        _city.WithDbAsync(db => db.Audit.Where(a => a.Actor == EraseLeft.Actor && a.Operation == "erase-contacts")
            .OrderBy(a => a.Id).Select(a => a.Detail).ToListAsync());

    /// <summary>A clock that stands still, and lets something happen when it is asked for the second time.</summary>
    private sealed class InterruptedClock(DateTimeOffset now, Action secondAsked) : TimeProvider
    {
        private int _asked;

        public override DateTimeOffset GetUtcNow()
        {
            if (++_asked == 2)
                secondAsked();
            return now;
        }
    }
}
