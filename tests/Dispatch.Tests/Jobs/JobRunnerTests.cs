using System.Threading.Channels;
using Dispatch.Tests.Exchange;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Jobs;

namespace Dispatch.Tests.Jobs;

[TestClass]
public sealed class JobRunnerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly Channel<string> _ran = Channel.CreateUnbounded<string>();
    private EmptyCity _city = null!;

    [TestInitialize]
    public async Task BuildAsync() => _city = await EmptyCity.BuildAsync();

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    public async Task Start_AndEachInterval_RunsBesideAJobThatHangs()
    {
        using var runner = Runner(
            new("hangs", TimeSpan.FromMinutes(1), (_, stop) => Task.Delay(Timeout.Infinite, stop)),
            new("counts", TimeSpan.FromMinutes(1), CountAsync));
        await runner.StartAsync(CancellationToken.None);

        await RanAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        await RanAsync();

        await runner.StopAsync(CancellationToken.None);
    }

    [TestMethod]
    public async Task Stop_WithALease_LetsTheNextServerHaveItAtOnce()
    {
        using var runner = Runner(new Job("counts", TimeSpan.FromMinutes(1), CountAsync) { NeedsLease = true });
        await runner.StartAsync(CancellationToken.None);
        await RanAsync();

        await runner.StopAsync(CancellationToken.None);

        var next = await _city.WithDbAsync(db => db.AcquireAsync("job-counts", "another", _time.GetUtcNow(), Patience, CancellationToken.None));
        Assert.AreEqual(2L, next?.Fence);
    }

    [TestMethod]
    [DataRow("erasure")]
    [DataRow("Erasure")]
    [DataRow("")]
    [DataRow("1234567890123456789012345678901234567890123456789012345678901")]
    public void Runner_NameThatIsTakenOrOutOfItsRange_IsRefused(string name)
    {
        var refused = Assert.ThrowsExactly<InvalidOperationException>(() => Runner(new("erasure", Patience, CountAsync), new(name, Patience, CountAsync)));

        StringAssert.StartsWith(refused.Message, $"Job '{name}'");
    }

    [TestMethod]
    public void Runner_NoInterval_IsRefused() =>
        Assert.ThrowsExactly<InvalidOperationException>(() => Runner(new Job("erasure", TimeSpan.Zero, CountAsync)));

    /// <summary>Names are stored with leases and runs: a renamed job starts from scratch.</summary>
    [TestMethod]
    public async Task Server_ItsJobs_AreThese()
    {
        // As the program builds it: the city's lacks what would slow down every test.
        await using var server = DispatchServer.Build(_city.Options);
        string[] jobs =
        [
            "log-checkpoints 1.00:00:00 01:00:00 True", "log-publication 00:00:05 00:00:05 False", "log-watch 00:01:00 00:01:00 False",
            "close-resumption 00:00:05 00:00:05 False", "month-preview 00:15:00 00:15:00 True",
            "erasure 1.00:00:00 01:00:00 False", "lost-erasure 1.00:00:00 01:00:00 False", "session-watch 00:00:05 00:00:05 False",
            "operation-keys 1.00:00:00 01:00:00 False", "reads-to-log 00:00:05 00:00:05 False",
            "outbox 00:00:02 00:00:02 True", "outbox-retention 1.00:00:00 01:00:00 True",
            "hearings 00:01:00 00:01:00 False", "decisions 00:00:01 00:00:01 False", "objections 00:01:00 00:01:00 False",
            "memberships 00:01:00 00:01:00 False",
            "calendar 1.00:00:00 1.00:00:00 False", "desk-notices 00:15:00 00:15:00 True",
        ];

        CollectionAssert.AreEquivalent(
            jobs, server.Services.GetServices<Job>().Select(job => $"{job.Name} {job.Every} {job.RetryAfter} {job.NeedsLease}").ToList());
    }

    private JobRunner Runner(params Job[] jobs) =>
        new(jobs, _city.Server.Services.GetRequiredService<IServiceScopeFactory>(), _time, NullLogger<JobRunner>.Instance);

    private Task CountAsync(JobContext job, CancellationToken stop)
    {
        _ran.Writer.TryWrite("ran");
        return Task.CompletedTask;
    }

    private async Task RanAsync() => await _ran.Reader.ReadAsync().AsTask().WaitAsync(Patience);
}
