using Dispatch.Tests.Crooked;
using Dispatch.Tests.Exchange;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.MonthClose;

/// <summary>A month that is over is previewed by itself, once.</summary>
[TestClass]
public class FirstPreviewTests
{
    private CrookedCity _city = null!;

    [TestInitialize]
    public async Task BuildAsync() => _city = await CrookedCity.CopyAsync();

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    public async Task Month_ThatIsOver_IsPreviewedAsAPersonWouldAndOnce()
    {
        await LookAsync();
        var first = await FindAsync("2017-12");

        _city.Time.Advance(FirstPreview.Job.Every);
        await LookAsync();

        Assert.AreEqual((CloseStatus.Previewed, FirstPreview.Actor), (first!.Status, first.PreviewedBy));
        Assert.AreEqual(first.Version, (await FindAsync("2017-12"))!.Version, "a second look changes nothing");
        var line = await _city.WithDbAsync(db => db.Audit.OrderBy(a => a.Id).LastAsync());
        Assert.AreEqual((FirstPreview.Actor, "preview-month", "2017-12"), (line.Actor, line.Operation, line.Subject));
        var byHand = (await _city.InContextAsync(context => PreviewMonth.HandleAsync(
            "2017-12", new(CrookedCity.Officer), context, CrookedCity.SmallBatches, CancellationToken.None))).Value;
        Assert.AreEqual(byHand.Digest, first.Digest);
    }

    [TestMethod]
    public async Task Month_PreviewedByAPerson_IsLeftToPeople()
    {
        var byHand = (await _city.InContextAsync(context => PreviewMonth.HandleAsync(
            "2017-12", new(CrookedCity.Officer), context, CrookedCity.SmallBatches, CancellationToken.None))).Value;

        await LookAsync();

        Assert.AreEqual((byHand.Version, CrookedCity.Officer), ((await FindAsync("2017-12"))!.Version, (await FindAsync("2017-12"))!.PreviewedBy));
    }

    /// <summary>Midnight in the city, by the second.</summary>
    [TestMethod]
    [DataRow(-1, false)]
    [DataRow(0, true)]
    [DataRow(1, true)]
    public async Task Month_AtItsEnd_IsPreviewedFromMidnightOn(int seconds, bool isPreviewed)
    {
        await _city.InContextAsync(context => PreviewMonth.HandleAsync(
            "2017-12", new(CrookedCity.Officer), context, CrookedCity.SmallBatches, CancellationToken.None));
        foreach (var actor in new[] { CrookedCity.Officer, CrookedCity.Supervisor })
        {
            var digest = (await FindAsync("2017-12"))!.Digest;
            Assert.IsNull((await _city.InContextAsync(context =>
                SignMonth.HandleAsync("2017-12", new(Acting.AtServer(actor), digest), context, CancellationToken.None))).Refusal);
        }

        Assert.IsNull((await _city.InContextAsync(context =>
            PublishMonth.HandleAsync("2017-12", new(Acting.AtServer(CrookedCity.Officer)), context, CancellationToken.None))).Refusal);
        _city.Time.SetUtcNow(BureauTime.BeginOf(new(2018, 2, 1)).AddSeconds(seconds));

        await LookAsync();

        Assert.AreEqual(isPreviewed, await FindAsync("2018-01") is not null);
    }

    [TestMethod]
    public async Task Month_WhereTheDateIsSetByHand_WaitsForAHand()
    {
        await _city.WithDbAsync(async db =>
        {
            await _city.Server.Services.GetRequiredService<BureauTime>().SetAsync(db, new(2018, 1, 5), CancellationToken.None);
            return 0;
        });

        await LookAsync();

        Assert.IsNull(await FindAsync("2017-12"));
    }

    [TestMethod]
    public async Task City_WithoutAPublishedMonth_BeginsByAPerson()
    {
        await using var empty = await EmptyCity.BuildAsync();
        await empty.WithDbAsync(db => db.Settings.Where(s => s.Name == Setting.BureauDate).ExecuteDeleteAsync());
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = EmptyCity.On(empty.Options, services => services.AddSingleton<TimeProvider>(time)).Server;

        await new JobLoop(FirstPreview.Job, server.Services.GetRequiredService<IServiceScopeFactory>(), time, NullLogger.Instance)
            .LookAsync(CancellationToken.None);

        Assert.AreEqual(0, await empty.WithDbAsync(db => db.Closes.CountAsync()));
        var run = await empty.WithDbAsync(async db => (await db.LastJobRunsAsync(CancellationToken.None)).Single(run => run.Name == "month-preview"));
        Assert.AreEqual(JobOutcome.Succeeded, run.Outcome);
    }

    private Task<TimeSpan> LookAsync() => new JobLoop(
        FirstPreview.Job, _city.Server.Services.GetRequiredService<IServiceScopeFactory>(), _city.Time, NullLogger.Instance).LookAsync(CancellationToken.None);

    private Task<Close?> FindAsync(string period) => _city.WithDbAsync(db => CloseOverview.NewestAsync(period, db, CancellationToken.None));
}
