using Dispatch.Tests.Exchange;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Jobs;

namespace Dispatch.Tests.Jobs;

[TestClass]
public class JobLoopTests
{
    private static readonly DateTimeOffset Start = new(2018, 1, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly string Here = $"{Environment.MachineName}/{Environment.ProcessId}";

    private readonly FakeTimeProvider _time = new(Start);
    private EmptyCity _city = null!;
    private int _runs;
    private Exception? _fault;

    [TestInitialize]
    public async Task BuildAsync() => _city = await EmptyCity.BuildAsync(null, services => services.AddSingleton<TimeProvider>(_time));

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    public async Task Look_OnEveryServer_RunsAndIsRecorded()
    {
        var pause = await Loop(new("hourly", TimeSpan.FromHours(1), async (job, _) =>
        {
            Assert.IsNotNull(job.Services.GetRequiredService<DispatchContext>());
            _time.Advance(TimeSpan.FromMilliseconds(1_500));
            await Task.CompletedTask;
        })).LookAsync(CancellationToken.None);

        Assert.AreEqual(TimeSpan.FromHours(1), pause);
        Assert.AreEqual($"hourly {Here} 09:00:00 1500 Succeeded  09:00:00 10:00:00", await LastAsync());
    }

    [TestMethod]
    public async Task Look_Fails_IsRecordedByTypeAndKeepsTheLastSuccess()
    {
        var loop = Loop(Counting("hourly", TimeSpan.FromHours(1)) with { RetryAfter = TimeSpan.FromMinutes(5) });
        await loop.LookAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromHours(1));
        _fault = new InvalidOperationException("Password=secret");

        var pause = await loop.LookAsync(CancellationToken.None);

        Assert.AreEqual(TimeSpan.FromMinutes(5), pause);
        Assert.AreEqual($"hourly {Here} 10:00:00 0 Failed InvalidOperationException 09:00:00 10:05:00", await LastAsync());
    }

    [TestMethod]
    [DataRow(59, false, "09:00:00")]
    [DataRow(60, false, "09:01:00")]
    [DataRow(1, true, "09:00:01")]
    public async Task Look_SecondsAfterTheLastRecord_IsRecordedAfterAMinuteOrWithAnotherOutcome(int seconds, bool fails, string recorded)
    {
        var loop = Loop(Counting("frequent", TimeSpan.FromSeconds(1)));
        await loop.LookAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(seconds));
        _fault = fails ? new TimeoutException() : null;

        await loop.LookAsync(CancellationToken.None);

        Assert.AreEqual(2, _runs);
        StringAssert.Contains(await LastAsync(), recorded);
    }

    /// <summary>A minute's look has a lease of three.</summary>
    [TestMethod]
    [DataRow(-1, 0)]
    [DataRow(0, 1)]
    [DataRow(1, 1)]
    public async Task Look_SecondsFromTheEndOfAnothersLease_RunsFromTheEndOn(int seconds, int runs)
    {
        var job = Leased(TimeSpan.FromMinutes(1));
        await _city.WithDbAsync(db => db.AcquireAsync("job-leased", "another", _time.GetUtcNow(), job.LeaseTerm, CancellationToken.None));
        _time.Advance(TimeSpan.FromMinutes(3) + TimeSpan.FromSeconds(seconds));

        await Loop(job).LookAsync(CancellationToken.None);

        Assert.AreEqual(runs, _runs);
    }

    [TestMethod]
    public async Task Look_ByTwoServers_RunsOnceAnInterval()
    {
        var (one, other) = (Loop(Leased(TimeSpan.FromMinutes(10))), Loop(Leased(TimeSpan.FromMinutes(10))));
        for (var minute = 0; minute < 30; minute++)
        {
            await one.LookAsync(CancellationToken.None);
            await other.LookAsync(CancellationToken.None);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.AreEqual(3, _runs);
    }

    [TestMethod]
    [DataRow(23, 1)]
    [DataRow(24, 2)]
    public async Task Look_HoursAfterAnotherServerHasRunIt_RunsWhenItIsDue(int hours, int runs)
    {
        var first = Loop(Leased(TimeSpan.FromDays(1)));
        await first.LookAsync(CancellationToken.None);
        await first.ReleaseAsync();
        _time.Advance(TimeSpan.FromHours(hours));

        await Loop(Leased(TimeSpan.FromDays(1))).LookAsync(CancellationToken.None);

        Assert.AreEqual(runs, _runs);
    }

    [TestMethod]
    public async Task Look_NextRunIsRecordedBeyondAnInterval_RunsAtOnce()
    {
        var first = Loop(Leased(TimeSpan.FromHours(1)));
        await first.LookAsync(CancellationToken.None);
        await first.ReleaseAsync();
        await _city.WithDbAsync(db => db.Set<JobRun>().ExecuteUpdateAsync(row => row.SetProperty(run => run.NextAt, Start.AddYears(1))));

        await Loop(Leased(TimeSpan.FromHours(1))).LookAsync(CancellationToken.None);

        Assert.AreEqual(2, _runs);
    }

    [TestMethod]
    public async Task Look_ClockWasAYearAhead_RunsAtOnce()
    {
        var loop = Loop(Leased(TimeSpan.FromHours(1)));
        var now = _time.GetUtcNow();
        _time.AdjustTime(now.AddYears(1));
        await loop.LookAsync(CancellationToken.None);
        _time.AdjustTime(now);

        await loop.LookAsync(CancellationToken.None);

        Assert.AreEqual(2, _runs);
    }

    [TestMethod]
    public async Task Guard_LeaseWasTakenInBetween_EndsTheRunUnrecordedAndCommitsNothing()
    {
        var loop = Loop(new("leased", TimeSpan.FromMinutes(1), async (job, stop) =>
        {
            _time.Advance(TimeSpan.FromMinutes(3));
            Assert.IsNotNull(await _city.WithDbAsync(db => db.AcquireAsync("job-leased", "another", _time.GetUtcNow(), TimeSpan.FromMinutes(3), stop)));
            var db = job.Services.GetRequiredService<DispatchContext>();
            await using var write = await db.BeginWriteAsync(stop);
            db.Set<Setting>().Add(new() { Name = "stale", Value = "" });
            await job.GuardAsync(db, stop);
            await write.SaveAsync(stop);
        })
        { NeedsLease = true });

        await loop.LookAsync(CancellationToken.None);

        Assert.IsNull(await _city.WithDbAsync(db => db.Set<Setting>().SingleOrDefaultAsync(setting => setting.Name == "stale")));
        Assert.IsEmpty(await _city.WithDbAsync(db => db.LastJobRunsAsync(CancellationToken.None)));
    }

    [TestMethod]
    public async Task Guard_JobWithoutALease_Throws()
    {
        var context = new JobContext(_city.Server.Services, null);

        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => _city.WithDbAsync(async db =>
        {
            await context.GuardAsync(db, CancellationToken.None);
            return 0;
        }));
    }

    private JobLoop Loop(Job job) => new(job, _city.Server.Services.GetRequiredService<IServiceScopeFactory>(), _time, NullLogger.Instance);

    private Job Leased(TimeSpan every) => Counting("leased", every) with { NeedsLease = true };

    private Job Counting(string name, TimeSpan every) => new(name, every, (_, _) =>
    {
        _runs++;
        return _fault is null ? Task.CompletedTask : Task.FromException(_fault);
    });

    private async Task<string> LastAsync()
    {
        var run = (await _city.WithDbAsync(db => db.LastJobRunsAsync(CancellationToken.None))).Single();
        return $"{run.Name} {run.Server} {run.StartedAt:HH:mm:ss} {run.Duration} {run.Outcome} {run.Fault} {run.SucceededAt:HH:mm:ss} {run.NextAt:HH:mm:ss}";
    }
}
