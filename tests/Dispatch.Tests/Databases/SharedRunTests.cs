using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TaxiCredit.Dispatch.Data;

namespace Dispatch.Tests.Databases;

/// <summary>Work that many ask for at once.</summary>
[TestClass]
public sealed class SharedRunTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly Host _host = new();

    public void Dispose()
    {
        _host.Dispose();
        _services.Dispose();
    }

    [TestMethod]
    public async Task Askers_WhileOneRuns_ShareTheNextRun()
    {
        var go = new TaskCompletionSource();
        var begun = 0;
        var runs = Of(async _ =>
        {
            var mine = Interlocked.Increment(ref begun);
            await go.Task;
            return mine;
        });

        var first = runs.AskAsync();
        var later = Enumerable.Range(0, 30).Select(_ => runs.AskAsync()).ToList();
        go.SetResult();

        Assert.AreEqual(1, await first);
        foreach (var one in later)
            Assert.AreEqual(2, await one);
        Assert.AreEqual(3, await runs.AskAsync());
        Assert.AreEqual(3, runs.Runs);
    }

    [TestMethod]
    public async Task Run_WhoseAskersAllLeft_GoesOn()
    {
        var go = new TaskCompletionSource();
        var done = new TaskCompletionSource<bool>();
        var runs = Of(async stop =>
        {
            await go.Task;
            done.SetResult(stop.IsCancellationRequested);
            return 1;
        });
        using var left = new CancellationTokenSource();

        var asked = runs.AskAsync().EndsWithinAsync(patience: null, left.Token);
        await left.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => asked);
        go.SetResult();

        Assert.IsFalse(await done.Task);
    }

    [TestMethod]
    public async Task Run_ThatThrows_IsBegunAnewForTheNext()
    {
        var runs = Of<int>(_ => throw new InvalidOperationException("planted"));

        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => runs.AskAsync());
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => runs.AskAsync());

        Assert.AreEqual(2, runs.Runs);
    }

    [TestMethod]
    public async Task Patience_ThatEndsFirst_SaysSo()
    {
        var never = new TaskCompletionSource().Task;

        Assert.IsFalse(await never.EndsWithinAsync(TimeSpan.FromMilliseconds(1), CancellationToken.None));
        Assert.IsTrue(await Task.CompletedTask.EndsWithinAsync(TimeSpan.FromMinutes(1), CancellationToken.None));
    }

    private SharedRun<T> Of<T>(Func<CancellationToken, Task<T>> run) =>
        new(_services.GetRequiredService<IServiceScopeFactory>(), _host, (_, stop) => run(stop));

    private sealed class Host : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
