using Dispatch.Tests.Databases;
using Dispatch.Tests.Exchange;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.MonthClose;

/// <summary>A close that is cut off inside, lost to another worker, dropped or asked for twice.</summary>
[TestClass]
public class InterruptedCloseTests
{
    private EmptyCity _city = null!;

    [TestInitialize]
    public async Task FillAsync()
    {
        _city = await EmptyCity.BuildAsync(null, ClosingCity.InSmallBatches);
        await _city.FillAsync();
    }

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    public async Task Preview_InSmallBatches_IsTheSameAsInOne()
    {
        await PreviewAsync(_city);
        await _city.SignAndPublishAsync(ClosingCity.Period);
        var inBatches = await _city.ResultAsync();

        await using var other = await EmptyCity.BuildAsync();
        await other.FillAsync();
        await PreviewAsync(other);
        await other.SignAndPublishAsync(ClosingCity.Period);

        Assert.AreEqual(await other.ResultAsync(), inBatches);
        var (same, lines) = await _city.WithDbAsync(
            db => Verified.RunAsync(db));
        Assert.IsTrue(same, string.Join('\n', lines));
    }

    [TestMethod]
    public async Task Preview_CutOff_GoesOnAfterTheLastBatchAndSeesNothingNewer()
    {
        using (new StepWatch(Steps.DriverTallied, 5, () => throw new OperationCanceledException()))
            await Assert.ThrowsAsync<OperationCanceledException>(() => PreviewAsync(_city));
        var through = await _city.WithDbAsync(db => db.Closes.Where(c => c.Period == ClosingCity.Period)
            .Select(c => $"{c.Status} {c.TalliedThrough} {db.Set<Rating>().Count(r => r.CloseId == c.Id)}").SingleAsync());
        Assert.AreEqual("Open 4 4", through);
        await _city.WithDbAsync(async db =>
        {
            var driver = await db.Drivers.SingleAsync(d => d.Code == "d-7");
            db.Drivers.Add(new() { Code = "d-8", Name = "Late", HomeCabId = driver.HomeCabId });
            return await db.SaveChangesAsync();
        });

        var tallied = 0;
        using (new StepWatch(Steps.DriverTallied, 1, () => tallied++))
            await PreviewAsync(_city);
        await _city.SignAndPublishAsync(ClosingCity.Period);

        Assert.AreEqual(1, tallied);
        await AssertSameAsUndisturbedAsync();
    }

    [TestMethod]
    public async Task Preview_LeaseTakenByAnother_StoresNothingOfItsOwn()
    {
        using (new StepWatch(Steps.DriverTallied, 3, () => Task.Run(TakeOverAsync).GetAwaiter().GetResult()))
            await PreviewAsync(_city);
        await _city.SignAndPublishAsync(ClosingCity.Period);

        Assert.AreEqual(2L, await _city.WithDbAsync(db => db.Leases.OrderByDescending(l => l.Fence).Select(l => l.Fence).FirstAsync()));
        await AssertSameAsUndisturbedAsync();

        async Task TakeOverAsync()
        {
            await _city.WithDbAsync(db => db.Leases.ExecuteUpdateAsync(l => l.SetProperty(lease => lease.Until, DateTimeOffset.UnixEpoch)));
            await _city.InContextAsync(async context =>
            {
                var id = await context.Db.Closes.Where(c => c.Period == ClosingCity.Period).Select(c => c.Id).SingleAsync();
                return await CloseWork.TryAsync(id, context, _city.CloseSettings, CancellationToken.None);
            });
        }
    }

    [TestMethod]
    public async Task Preview_RevisionAskedForMeanwhile_IsDropped()
    {
        Outcome<Close> preview;
        using (new StepWatch(Steps.DriverTallied, 3, () => Task.Run(() => ReviseAsync("2017-11")).GetAwaiter().GetResult()))
        {
            preview = await _city.InContextAsync(context =>
                PreviewMonth.HandleAsync(ClosingCity.Period, new(SmallCity.Officer), context, _city.CloseSettings, CancellationToken.None));
        }

        Assert.AreEqual("close-dropped", preview.Refusal?.Code);
        Assert.AreEqual("2017-11 1 Published,2017-11 2 Previewed", await _city.WithDbAsync(async db =>
            string.Join(',', await db.Closes.OrderBy(c => c.Revision).Select(c => c.Period + " " + c.Revision + " " + c.Status).ToListAsync())));
    }

    [TestMethod]
    public async Task Preview_AskedForTwiceAtOnce_IsTalliedOnce()
    {
        var both = await Task.WhenAll(Task.Run(() => PreviewAsync(_city)), Task.Run(() => PreviewAsync(_city)));

        Assert.AreEqual(both[0].Id, both[1].Id);
        Assert.AreEqual(CloseStatus.Previewed, both[1].Status);
        Assert.AreEqual(ClosingCity.Drivers, await _city.WithDbAsync(db => db.Ratings.CountAsync(r => r.CloseId == both[0].Id)));
    }

    /// <summary>Who looked for unfinished closes just before this one was finished gets its lease just after.</summary>
    [TestMethod]
    public async Task Work_AtACloseThatIsFinished_ChangesNothing()
    {
        var id = (await PreviewAsync(_city)).Id;
        await _city.SignAndPublishAsync(ClosingCity.Period);
        var before = await _city.ResultAsync();

        Assert.IsTrue(await _city.InContextAsync(context => CloseWork.TryAsync(id, context, _city.CloseSettings, CancellationToken.None)));

        Assert.AreEqual(before, await _city.ResultAsync());
    }

    [TestMethod]
    public async Task Sign_WhileOpen_IsRefused()
    {
        using (new StepWatch(Steps.DriverTallied, 1, () => throw new OperationCanceledException()))
            await Assert.ThrowsAsync<OperationCanceledException>(() => PreviewAsync(_city));

        var signed = await _city.InContextAsync(
            context => SignMonth.HandleAsync(ClosingCity.Period, new(Acting.AtServer(SmallCity.Officer), ""), context, CancellationToken.None));

        Assert.AreEqual("close-out-of-step", signed.Refusal?.Code);
    }

    private static Task<Close> PreviewAsync(EmptyCity city) =>
        city.InContextAsync(async context =>
            (await PreviewMonth.HandleAsync(ClosingCity.Period, new(SmallCity.Officer), context, city.CloseSettings, CancellationToken.None)).Value);

    private Task<Outcome<Close>> ReviseAsync(string period) =>
        _city.InContextAsync(context =>
            ReviseMonth.HandleAsync(period, new(SmallCity.Officer, "Objection"), context, _city.CloseSettings, CancellationToken.None));

    private async Task AssertSameAsUndisturbedAsync()
    {
        await using var undisturbed = await EmptyCity.BuildAsync(null, ClosingCity.InSmallBatches);
        await undisturbed.FillAsync();
        await PreviewAsync(undisturbed);
        await undisturbed.SignAndPublishAsync(ClosingCity.Period);

        Assert.AreEqual(await undisturbed.ResultAsync(), await _city.ResultAsync());
    }
}
