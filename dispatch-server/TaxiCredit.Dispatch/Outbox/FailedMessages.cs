using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Outbox;

/// <param name="Waiting">Messages to the same recipient that wait behind it.</param>
internal sealed record FailedMessage(
    long Id, Guid MessageId, string Channel, string Recipient, string Kind, DateTimeOffset CreatedAt, int Attempts, string? Fault, int Waiting);

/// <summary>
/// The tasks that the outbox makes for people: messages that failed for good. Each is tried again or discarded, and until then holds up its
/// recipient, so that nothing arrives out of order. The caller checks that the person may.
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

    /// <summary>Gives a failed message all its attempts again, starting now.</summary>
    /// <param name="actor">Who decided, for the audit log.</param>
    /// <returns>False if no message of that id has failed.</returns>
    public static Task<bool> RetryMessageAsync(this DispatchContext db, long id, string actor, DateTimeOffset now, CancellationToken stop) =>
        DecideAsync(db, id, actor, "retry-message", now, message => message.TryAgain(now), stop);

    /// <summary>Leaves a failed message undelivered; the next to its recipient follows.</summary>
    /// <inheritdoc cref="RetryMessageAsync"/>
    public static Task<bool> DiscardMessageAsync(this DispatchContext db, long id, string actor, DateTimeOffset now, CancellationToken stop) =>
        DecideAsync(db, id, actor, "discard-message", now, message => message.Discard(now), stop);

    private static async Task<bool> DecideAsync(
        DispatchContext db, long id, string actor, string operation, DateTimeOffset now, Func<OutboxMessage, bool> decide, CancellationToken stop)
    {
        await using var write = await db.BeginWriteAsync(stop);
        if (await db.Set<OutboxMessage>().SingleOrDefaultAsync(m => m.Id == id, stop) is not { } message || !decide(message))
            return false;
        db.Set<AuditEntry>().Add(new()
        {
            At = now, Actor = actor, Operation = operation, Subject = $"{message.MessageId}", Detail = $"{message.Channel} {message.Kind}",
        });
        await write.SaveAsync(stop);
        return true;
    }
}
