using System.Collections.Concurrent;
using Dispatch.Tests.Exchange;
using Dispatch.Tests.MonthClose;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Outbox;

namespace Dispatch.Tests.Outbox;

/// <summary>A city with a channel <c>test</c> that keeps what it is given and does with it as a test says. Jitter takes nothing: pauses are whole.</summary>
internal sealed class OutboxCity : IAsyncDisposable
{
    public const int MaxAttempts = 3;

    private readonly bool _isSecond;
    private EmptyCity _city = null!;
    private JobLease? _lease;

    private OutboxCity(FakeTimeProvider time, bool isSecond) => (Time, _isSecond) = (time, isSecond);

    public FakeTimeProvider Time { get; }

    public TestChannel Channel { get; } = new();

    public LogLines Log { get; } = new();

    public IServiceProvider Services => _city.Server.Services;

    public static async Task<OutboxCity> BuildAsync()
    {
        var city = new OutboxCity(new(new(2018, 1, 2, 9, 0, 0, TimeSpan.Zero)), isSecond: false);
        city.On(await EmptyCity.BuildAsync(null, city.Replace));
        await city._city.AddActorsAsync();
        return city;
    }

    /// <summary>Another server at the same database, with the same clock.</summary>
    public OutboxCity Second()
    {
        var second = new OutboxCity(Time, isSecond: true);
        return second.On(EmptyCity.On(_city.Options, second.Replace));
    }

    public Task<T> WithDbAsync<T>(Func<DispatchContext, Task<T>> work) => _city.WithDbAsync(work);

    public Task<T> InContextAsync<T>(Func<OperationContext, Task<T>> work) => _city.InContextAsync(work);

    /// <summary>Stores messages in one transaction, their payloads the texts.</summary>
    public Task AddAsync(string recipient, params IEnumerable<string> texts) => WithDbAsync(async db =>
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        foreach (var text in texts)
            db.AddToOutbox(TestChannel.ChannelName, recipient, "told", $"\"{text}\"", Time.GetUtcNow());
        await write.SaveAsync(CancellationToken.None);
        return 0;
    });

    /// <summary>One run of the job under its lease, which this server keeps from then on; none while another has it.</summary>
    public async Task DeliverAsync(CancellationToken stop = default)
    {
        var job = Services.GetServices<Job>().Single(job => job.Name == OutboxDelivery.JobName);
        await using var scope = Services.CreateAsyncScope();
        if (_lease is null)
        {
            var db = scope.ServiceProvider.GetRequiredService<DispatchContext>();
            if (await db.AcquireAsync(job.LeaseName, $"{Guid.NewGuid():N}", Time.GetUtcNow(), job.LeaseTerm, stop) is not { } lease)
                return;
            _lease = new(lease, job.LeaseTerm, Time);
        }

        await job.RunAsync(new(scope.ServiceProvider, _lease), stop);
    }

    /// <summary>Every message, oldest first: status, failed attempts, reason.</summary>
    public Task<string> StatesAsync() => WithDbAsync(async db => string.Join(
        ", ", (await db.Set<OutboxMessage>().AsNoTracking().OrderBy(m => m.Id).ToListAsync()).Select(m => $"{m.Status} {m.Attempts} {m.Fault}".TrimEnd())));

    public ValueTask DisposeAsync() => _isSecond ? _city.Server.DisposeAsync() : _city.DisposeAsync();

    private OutboxCity On(EmptyCity city)
    {
        _city = city;
        return this;
    }

    private void Replace(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(Time).AddSingleton<IOutboxChannel>(Channel).AddSingleton<Random>(new WholeShare());
        services.AddSingleton(Options.Create(new OutboxSettings { MaxAttempts = MaxAttempts })).AddSingleton<ILoggerProvider>(Log);
    }

    private sealed class WholeShare : Random
    {
        public override double NextDouble() => 1;
    }
}

internal sealed class TestChannel : IOutboxChannel
{
    public const string ChannelName = "test";

    private readonly ConcurrentQueue<(Guid Id, string Text)> _received = [];

    public string Name => ChannelName;

    /// <summary>What happens to a message; received unless it returns a fault or throws.</summary>
    public Func<OutboxMessage, CancellationToken, Task<DeliveryFault?>> Act { get; set; } = (_, _) => Task.FromResult<DeliveryFault?>(null);

    public IReadOnlyList<Guid> Ids => [.. _received.Select(one => one.Id)];

    /// <summary>What was received, in its order: <c>recipient:text</c>.</summary>
    public IReadOnlyList<string> Received => [.. _received.Select(one => one.Text)];

    public void FailFor(string recipient, bool isFinal = false) =>
        Act = (message, _) => Task.FromResult(message.Recipient == recipient ? new DeliveryFault("refused", isFinal) : null);

    public async Task<DeliveryFault?> DeliverAsync(OutboxMessage message, CancellationToken stop)
    {
        var fault = await Act(message, stop);
        if (fault is null)
            _received.Enqueue((message.MessageId, $"{message.Recipient}:{message.Payload.Trim('"')}"));
        return fault;
    }
}

/// <summary>Everything that is logged, exceptions included.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];

    public IReadOnlyList<string> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Warning)
            _lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
