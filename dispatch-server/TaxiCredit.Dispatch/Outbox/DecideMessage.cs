using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Outbox;

/// <summary>A person gives a failed message all its attempts again, starting now.</summary>
internal sealed record RetryMessage(Acting Actor)
{
    private static readonly OperationRule Rule = new("retry-message", Permission.ManageOutbox);

    public static Task<Outcome<OutboxMessage>> HandleAsync(long id, RetryMessage command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<OutboxMessage>(
            Rule, command.Actor, null, _ => FailedMessages.DecideAsync(id, message => message.TryAgain(context.Now), "", context, stop), stop);
}

/// <summary>A person leaves a failed message undelivered; the next to its recipient follows.</summary>
/// <param name="Reason">Why, 1 to 500 characters; it stays on record.</param>
internal sealed record DiscardMessage(Acting Actor, string Reason)
{
    private static readonly OperationRule Rule = new("discard-message", Permission.ManageOutbox);

    public static Task<Outcome<OutboxMessage>> HandleAsync(long id, DiscardMessage command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<OutboxMessage>(
            Rule, command.Actor, null, command.Check,
            _ => FailedMessages.DecideAsync(id, message => message.Discard(context.Now), $": {command.Reason.Trim()}", context, stop), stop);

    private Refusal? Check() => string.IsNullOrWhiteSpace(Reason) || Reason.Length > 500
        ? Refusal.Malformed("reason-length", "Say in 1 to 500 characters why the message is given up; it stays on record.")
        : null;
}
