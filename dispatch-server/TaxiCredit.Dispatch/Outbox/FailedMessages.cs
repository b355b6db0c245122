using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Outbox;

/// <param name="Waiting">Messages to the same recipient that wait behind it.</param>
internal sealed record FailedMessage(
    long Id, Guid MessageId, string Channel, string Recipient, string Kind, DateTimeOffset CreatedAt, int Attempts, string? Fault, int Waiting);

/// <param name="NextAt">When it is tried again.</param>
internal sealed record RetriedMessage(
    long Id, string Channel, string Recipient, string Kind, DateTimeOffset CreatedAt, int Attempts, string? Fault, DateTimeOffset NextAt);

/// <summary>
/// The tasks that the outbox makes for people: messages that failed for good. Each is tried again (<see cref="RetryMessage"/>) or given up
/// (<see cref="DiscardMessage"/>), and until then holds up its recipient, so that nothing arrives out of order.
/// </summary>
internal static class FailedMessages
{
    /// <summary>Oldest first.</summary>
    public static Task<List<FailedMessage>> FailedMessagesAsync(this DispatchContext db, CancellationToken stop)
    {
        var unsettled = db.Set<OutboxMessage>().AsNoTracking().Where(m => m.SettledAt == null);
        return unsettled.Where(m => m.Status == OutboxStatus.Failed).OrderBy(m => m.Id)
            .Select(m => new FailedMessage(
                m.Id, m.MessageId, m.Channel, m.Recipient, m.Kind, m.CreatedAt, m.Attempts, m.Fault,
                unsettled.Count(after => after.Channel == m.Channel && after.Recipient == m.Recipient && after.Id > m.Id)))
            .ToListAsync(stop);
    }

    /// <summary>Messages that failed at least once and are tried again by themselves; oldest first.</summary>
    public static Task<List<RetriedMessage>> RetriedMessagesAsync(this DispatchContext db, int max, CancellationToken stop) =>
        db.Set<OutboxMessage>().AsNoTracking().Where(m => m.SettledAt == null && m.Status == OutboxStatus.Pending && m.Attempts > 0)
            .OrderBy(m => m.Id).Take(max)
            .Select(m => new RetriedMessage(m.Id, m.Channel, m.Recipient, m.Kind, m.CreatedAt, m.Attempts, m.Fault, m.NextAttemptAt)).ToListAsync(stop);

    /// <summary>Carries out what a person decided of a failed message.</summary>
    /// <param name="decide">False unless the message has failed.</param>
    /// <param name="why">End of the audit line.</param>
    public static async Task<Outcome<Done<OutboxMessage>>> DecideAsync(
        long id, Func<OutboxMessage, bool> decide, string why, OperationContext context, CancellationToken stop)
    {
        if (await context.Db.Set<OutboxMessage>().SingleOrDefaultAsync(m => m.Id == id, stop) is not { } message)
            return Refusal.Missing("message-unknown", $"The outbox has no message {id}; see GET /api/v1/outbox/failed.");
        return decide(message)
            ? Done.With(message, $"{message.MessageId}", $"{message.Channel} {message.Kind}{why}")
            : Refusal.Conflict("message-not-failed", $"Message {id} is {message.Status}; only one that has failed waits for a person.");
    }
}
