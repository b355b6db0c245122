namespace TaxiCredit.Dispatch.Outbox;

/// <summary>A way by which messages leave: a file, mail, a webhook. Thread-safe: several recipients are served at once.</summary>
internal interface IOutboxChannel
{
    /// <summary>1 to <see cref="OutboxMessage.MaxChannel"/> characters of <c>a-z</c>, <c>0-9</c> and <c>-</c>; stored with each message.</summary>
    string Name { get; }

    /// <summary>
    /// Sends a message; returns when the recipient has it for good. The same message may come again, with the same
    /// <see cref="OutboxMessage.MessageId"/>. Must end soon after <paramref name="stop"/>: what goes on sending may be overtaken by a later attempt.
    /// </summary>
    /// <returns>Null when delivered. What it throws counts as a fault whose reason is the type alone.</returns>
    Task<DeliveryFault?> DeliverAsync(OutboxMessage message, CancellationToken stop);
}

/// <param name="Reason">Kebab-case, stored and logged: no address, no content, no secret.</param>
/// <param name="IsFinal">Another attempt would end the same way.</param>
/// <param name="RetryAfter">For how long the recipient asks to be left alone; of no effect beyond <see cref="OutboxBackoff.Longest"/>.</param>
internal sealed record DeliveryFault(string Reason, bool IsFinal = false, TimeSpan? RetryAfter = null);
