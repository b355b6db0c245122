using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Jobs;

namespace TaxiCredit.Dispatch.Outbox;

/// <summary>
/// Sends what is due, recipients side by side and the messages of each in their order, and records it under the lease of the job. Between the
/// sending and the record a crash, or another server that has taken over, leads to a duplicate and never to a loss.
/// </summary>
internal sealed partial class OutboxDelivery(
    DispatchContext db, IEnumerable<IOutboxChannel> channels, IOptions<OutboxSettings> settings, TimeProvider time, Random random, ILogger<OutboxDelivery> log)
{
    public const string JobName = "outbox";

    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>For one message. With <see cref="BatchFor"/> before it, it stays below the lease's term.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>After this no further message of a batch is begun.</summary>
    public static readonly TimeSpan BatchFor = TimeSpan.FromSeconds(10);

    /// <summary>In one batch, so that at most 20 MB of payloads are in memory.</summary>
    public const int MaxRecipients = 16;

    /// <inheritdoc cref="MaxRecipients"/>
    public const int MaxOfRecipient = 20;

    private readonly Dictionary<string, IOutboxChannel> _channels = channels.ToDictionary(channel => channel.Name);

    /// <summary>One run of the job: until nothing is due.</summary>
    /// <exception cref="JobLeaseLostException">Another server delivers; what this one has just sent is not recorded and comes again from there.</exception>
    public async Task RunAsync(JobContext job, CancellationToken stop)
    {
        while (await DeliverBatchAsync(job, stop))
            db.ChangeTracker.Clear();
    }

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> DeliverBatchAsync(JobContext job, CancellationToken stop)
    {
        var queues = await DueAsync(stop);
        if (queues.Count == 0)
            return false;

        await job.GuardAsync(db, stop);
        Steps.Tell(Steps.Sending);
        var start = time.GetTimestamp();
        var attempts = await Task.WhenAll(queues.Select(queue => SendAsync(queue, start, stop)));

        // A stopping server records it too, so that a sent message is not sent again.
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        await job.GuardAsync(db, CancellationToken.None);
        foreach (var (message, fault) in attempts.SelectMany(attempt => attempt))
            Settle(message, fault);
        await write.SaveAsync(CancellationToken.None);
        stop.ThrowIfCancellationRequested();
        return true;
    }

    /// <summary>Of each recipient whose first unsettled message is due: that one and those after it, in their order.</summary>
    private async Task<List<List<OutboxMessage>>> DueAsync(CancellationToken stop)
    {
        var now = time.GetUtcNow();
        // No pause is that long: the clock was ahead when it was written.
        var wrongClock = now + OutboxBackoff.Longest;
        var unsettled = db.Set<OutboxMessage>().Where(m => m.SettledAt == null);
        var heads = await unsettled
            .Where(m => m.Status == OutboxStatus.Pending && (m.NextAttemptAt <= now || m.NextAttemptAt > wrongClock)
                && !unsettled.Any(before => before.Channel == m.Channel && before.Recipient == m.Recipient && before.Id < m.Id))
            .OrderBy(m => m.Id).Take(MaxRecipients).Select(m => new { m.Channel, m.Recipient, m.Id }).ToListAsync(stop);
        var queues = new List<List<OutboxMessage>>();
        foreach (var head in heads)
        {
            queues.Add(await unsettled
                .Where(m => m.Channel == head.Channel && m.Recipient == head.Recipient && m.Id >= head.Id)
                .OrderBy(m => m.Id).Take(MaxOfRecipient).ToListAsync(stop));
        }

        return queues;
    }

    /// <summary>Messages to one recipient, up to the first that fails.</summary>
    private async Task<List<(OutboxMessage Message, DeliveryFault? Fault)>> SendAsync(List<OutboxMessage> queue, long start, CancellationToken stop)
    {
        var attempts = new List<(OutboxMessage, DeliveryFault?)>();
        foreach (var message in queue)
        {
            if (attempts.Count > 0 && time.GetElapsedTime(start) >= BatchFor)
                break;
            try
            {
                var fault = await SendAsync(message, stop);
                attempts.Add((message, fault));
                if (fault is not null)
                    break;
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                // Cut off, and no fault of anybody: it comes again.
                break;
            }
        }

        return attempts;
    }

    private async Task<DeliveryFault?> SendAsync(OutboxMessage message, CancellationToken stop)
    {
        if (!_channels.TryGetValue(message.Channel, out var channel))
            return new("channel-not-plugged-in");
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, timeout.Token);
        try
        {
            return await channel.DeliverAsync(message, either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return new("timeout");
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            // The type alone: a message of an exception may quote an address, a token or the payload.
            return new(fault.GetType().Name);
        }
    }

    private void Settle(OutboxMessage message, DeliveryFault? fault)
    {
        if (fault is null)
        {
            message.Deliver(time.GetUtcNow());
            return;
        }

        message.FailAttempt(fault, settings.Value.MaxAttempts, random.NextDouble(), time.GetUtcNow());
        if (message.Status == OutboxStatus.Failed)
            LogFailed(message.MessageId, message.Channel, message.Attempts, message.Fault);
        else
            LogRetry(message.MessageId, message.Channel, message.Attempts, message.Fault, message.NextAttemptAt);
    }

    [LoggerMessage(1201, LogLevel.Error,
        "Message {MessageId} failed for good on channel {Channel} after {Attempts} attempts: {Reason}; its recipient waits until a person decides")]
    private partial void LogFailed(Guid messageId, string channel, int attempts, string? reason);

    [LoggerMessage(1202, LogLevel.Warning, "Message {MessageId} failed on channel {Channel}, attempt {Attempts}: {Reason}; retrying at {NextAttemptAt:O}")]
    private partial void LogRetry(Guid messageId, string channel, int attempts, string? reason, DateTimeOffset nextAttemptAt);
}
