namespace TaxiCredit.Dispatch.Outbox;

internal enum OutboxStatus
{
    /// <summary>Waits for its turn among the messages to the same recipient, and for <see cref="OutboxMessage.NextAttemptAt"/>.</summary>
    Pending,

    /// <summary>Its attempts are used up, or the channel refused it for good: a task for a person. What follows to the same recipient waits.</summary>
    Failed,

    Delivered,

    /// <summary>A person has decided that it is not delivered.</summary>
    Discarded,
}

/// <summary>Something that is to reach somebody outside, stored in the transaction of the change that it tells of.</summary>
internal sealed class OutboxMessage
{
    /// <summary>Bytes of UTF-8.</summary>
    public const int MaxPayload = 64 * 1024;

    public const int MaxChannel = 32;
    public const int MaxRecipient = 256;
    public const int MaxKind = 64;

    /// <summary>Grows in the order of the commits, because its writer holds the write lock.</summary>
    public long Id { get; private set; }

    /// <summary>The same at every delivery: recipients tell a duplicate by it.</summary>
    public required Guid MessageId { get; init; }

    /// <summary><see cref="IOutboxChannel.Name"/>.</summary>
    public required string Channel { get; init; }

    /// <summary>Address as the channel reads it. May be personal: never logged.</summary>
    public required string Recipient { get; init; }

    /// <summary>What it tells, kebab-case: <c>month-published</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>JSON. May be personal or secret: never logged, and erased with the row.</summary>
    public required string Payload { get; init; }

    /// <summary>System time.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public OutboxStatus Status { get; private set; }

    /// <summary>Failed ones, since the beginning or since a person had it tried again.</summary>
    public int Attempts { get; private set; }

    public required DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>Reason of the last failed attempt, kebab-case.</summary>
    public string? Fault { get; private set; }

    /// <summary>When it was delivered or discarded; null while it is still to be dealt with.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    public void Deliver(DateTimeOffset now) => (Status, SettledAt, Fault) = (OutboxStatus.Delivered, now, null);

    /// <param name="share">0 to 1, drawn each time; see <see cref="OutboxBackoff"/>.</param>
    public void FailAttempt(DeliveryFault fault, int maxAttempts, double share, DateTimeOffset now)
    {
        Attempts++;
        Fault = fault.Reason;
        if (fault.IsFinal || Attempts >= maxAttempts)
            Status = OutboxStatus.Failed;
        else
            NextAttemptAt = now + OutboxBackoff.After(Attempts, share, fault.RetryAfter);
    }

    /// <returns>False unless it has failed.</returns>
    public bool TryAgain(DateTimeOffset now)
    {
        if (Status != OutboxStatus.Failed)
            return false;
        (Status, Attempts, NextAttemptAt) = (OutboxStatus.Pending, 0, now);
        return true;
    }

    /// <returns>False unless it has failed.</returns>
    public bool Discard(DateTimeOffset now)
    {
        if (Status != OutboxStatus.Failed)
            return false;
        (Status, SettledAt) = (OutboxStatus.Discarded, now);
        return true;
    }
}
