using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.LostProperty;

/// <summary>A person has looked at a loss that was held back, and lets the drivers be asked.</summary>
/// <param name="Version">Version of the loss that was read; refused if it has changed since.</param>
internal sealed record ReleaseLoss(Acting Actor, Guid? Version = null)
{
    private static readonly OperationRule Rule = new("release-loss", Permission.ReviewReports);

    public static Task<Outcome<Loss>> HandleAsync(string number, ReleaseLoss command, OperationContext context, CancellationToken stop) =>
        LossRules.ChangeAsync(number, command.Actor, command.Version, Rule, context, async loss =>
        {
            if (loss.Move(LossSignal.Release, context.Today) is { } refused)
                return refused;
            await AskDrivers.OfAsync(loss, context, stop);
            return null;
        }, stop);
}

/// <summary>A person ends the search: nobody has found it. The passenger reads that, and not why.</summary>
/// <param name="Reason">1 to 500 characters; for the bureau alone.</param>
/// <param name="Version">As with <see cref="ReleaseLoss"/>.</param>
internal sealed record CloseLoss(Acting Actor, string Reason, Guid? Version = null)
{
    public const int MaxReason = 500;

    private static readonly OperationRule Rule = new("close-loss", Permission.ReviewReports);

    public static Task<Outcome<Loss>> HandleAsync(string number, CloseLoss command, OperationContext context, CancellationToken stop) =>
        LossRules.ChangeAsync(number, command.Actor, command.Version, Rule, context, loss =>
        {
            if ((LostRules.Text(command.Reason, MaxReason, "remark") ?? loss.Move(LossSignal.Close, context.Today)) is { } refused)
                return Task.FromResult<Refusal?>(refused);
            loss.Remarked(command.Reason.Trim());
            return Task.FromResult<Refusal?>(null);
        }, stop);
}

/// <summary>Somebody at the desk reads how to reach who misses something, and says what for. The audit log records both.</summary>
/// <param name="Reason">What it is needed for, 1 to 500 characters.</param>
internal sealed record ReadLossContact(Acting Actor, string? Reason)
{
    private static readonly OperationRule Rule = new("read-loss-contact", Permission.ReadContact);

    public static Task<Outcome<string>> HandleAsync(string number, ReadLossContact command, OperationContext context, LostDesk tools, CancellationToken stop) =>
        context.ReadAsync<string>(Rule, command.Actor, null, async _ =>
        {
            if (await context.Db.FindLossAsync(number, stop) is not { } loss)
                return LostRules.NoLoss(number);
            if (string.IsNullOrWhiteSpace(command.Reason) || command.Reason.Length > CloseLoss.MaxReason)
                return Refusal.Malformed("look-reason-length", $"Say in 1 to {CloseLoss.MaxReason} characters what the contact is needed for.");
            return await context.Db.LossContacts.AsNoTracking().SingleOrDefaultAsync(c => c.LossId == loss.Id, stop) is { } contact
                ? Done.With(tools.Open(contact), loss.Number, command.Reason.Trim())
                : Refusal.Missing("contact-none", $"Whoever sent {number} left no contact, or it is erased.");
        }, stop);
}

internal static class LossRules
{
    /// <summary>Loads a loss and changes it.</summary>
    /// <param name="seen">Version that was read; null where nobody looked.</param>
    public static Task<Outcome<Loss>> ChangeAsync(
        string number, Acting actor, Guid? seen, OperationRule rule, OperationContext context, Func<Loss, Task<Refusal?>> change, CancellationToken stop) =>
        context.RunAsync<Loss>(rule, actor, null, async _ =>
        {
            if (await context.Db.FindLossAsync(number, stop) is not { } loss)
                return LostRules.NoLoss(number);
            if ((LostRules.Unless(seen, loss.Version, number) ?? await change(loss)) is { } refused)
                return refused;

            return Done.With(loss, loss.Number);
        }, stop);
}
