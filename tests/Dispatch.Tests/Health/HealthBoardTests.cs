using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TaxiCredit.Dispatch.Features.Health;

namespace Dispatch.Tests.Health;

/// <summary>Checks that hang, throw or are not looked at any more.</summary>
[TestClass]
public sealed class HealthBoardTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [TestMethod]
    public async Task Checks_ThatHangOrThrow_HaveFailedAndKeepNoOther()
    {
        using var board = Of(
            new("hangs", (_, stop) => Task.Delay(Timeout.Infinite, stop).ContinueWith(_ => (Finding?)null, TaskScheduler.Default)),
            new("throws", (_, _) => throw new InvalidDataException("secret")), new("fine", (_, _) => Task.FromResult<Finding?>(Finding.Ok("fine"))),
            new("absent", (_, _) => Task.FromResult<Finding?>(null)));
        using var stop = new CancellationTokenSource();

        await board.LookAsync(stop.Token);

        var found = board.All.ToDictionary(line => line.Name, line => (line.Finding.State, line.Finding.Detail));
        Assert.AreEqual((HealthState.Failed, "no answer within 2 s"), found["hangs"]);
        Assert.AreEqual((HealthState.Failed, "InvalidDataException"), found["throws"]);
        Assert.AreEqual((HealthState.Ok, "fine"), found["fine"]);
        Assert.IsFalse(found.ContainsKey("absent"));
        await stop.CancelAsync();
    }

    [TestMethod]
    [DataRow(59, "Ok")]
    [DataRow(60, "Ok")]
    [DataRow(61, "Failed")]
    public async Task Finding_ThatIsOld_IsNoAnswer(int seconds, string state)
    {
        using var board = Of(new HealthCheck("fine", (_, _) => Task.FromResult<Finding?>(Finding.Ok("fine"))));
        await board.LookAsync(CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.AreEqual(state, $"{board.All.Single().Finding.State}");
    }

    private HealthBoard Of(params HealthCheck[] checks) =>
        new(checks, _services.GetRequiredService<IServiceScopeFactory>(), _time, NullLogger<HealthBoard>.Instance);
}
