using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.LostProperty;

/// <summary>A person has compared what was found with what is missed: it may be the passenger's, who gets a new code and reads where it is kept.</summary>
/// <param name="Loss">Number of the loss, <c>l-000123</c>.</param>
/// <param name="Version">Version of the found thing that was read; refused if it has changed since.</param>
internal sealed record MatchFound(Acting Actor, string Loss, Guid? Version = null)
{
    private static readonly OperationRule Rule = new("match-found", Permission.ReviewReports);

    public static Task<Outcome<FoundItem>> HandleAsync(string number, MatchFound command, OperationContext context, CancellationToken stop) =>
        FoundRules.ChangeAsync(number, command.Actor, command.Version, Rule, context, async found =>
        {
            if (await context.Db.FindLossAsync(Spelling.Code(command.Loss) ?? "", stop) is not { } loss)
                return LostRules.NoLoss(command.Loss);
            return found.ClaimFor(loss, context.Today) ?? loss.Move(LossSignal.Match, context.Today);
        }, stop);
}

/// <summary>It is not the passenger's after all, or the code is to be made again: the thing is kept, and the search goes on.</summary>
/// <param name="Version">As with <see cref="MatchFound"/>.</param>
internal sealed record UnmatchFound(Acting Actor, Guid? Version = null)
{
    private static readonly OperationRule Rule = new("unmatch-found", Permission.ReviewReports);

    public static Task<Outcome<FoundItem>> HandleAsync(string number, UnmatchFound command, OperationContext context, CancellationToken stop) =>
        FoundRules.ChangeAsync(number, command.Actor, command.Version, Rule, context, found =>
        {
            var loss = found.Loss;
            return Task.FromResult(found.Unclaim(context.Today) ?? loss?.Move(LossSignal.Unmatch, context.Today));
        }, stop);
}

/// <summary>Nobody claims it: it went to who keeps such things by law.</summary>
/// <param name="To">Who has it now, 1 to 200 characters.</param>
/// <param name="Version">As with <see cref="MatchFound"/>.</param>
internal sealed record PassOnFound(Acting Actor, string To, Guid? Version = null)
{
    private static readonly OperationRule Rule = new("pass-on-found", Permission.ReviewReports);

    public static Task<Outcome<FoundItem>> HandleAsync(string number, PassOnFound command, OperationContext context, CancellationToken stop) =>
        FoundRules.ChangeAsync(number, command.Actor, command.Version, Rule, context, found => Task.FromResult(
            LostRules.Text(command.To, FoundItem.MaxPlace, "receiver") ?? found.PassOn(command.To.Trim(), context.Today)), stop);
}

internal static class FoundRules
{
    /// <summary>Loads a found thing and changes it.</summary>
    /// <param name="seen">Version that was read; null where nobody looked.</param>
    public static Task<Outcome<FoundItem>> ChangeAsync(
        string number, Acting actor, Guid? seen, OperationRule rule, OperationContext context, Func<FoundItem, Task<Refusal?>> change,
        CancellationToken stop) =>
        context.RunAsync<FoundItem>(rule, actor, null, async _ =>
        {
            if (await context.Db.FindFoundAsync(number, stop) is not { } found)
                return LostRules.NoFound(number);
            if ((LostRules.Unless(seen, found.Version, number) ?? await change(found)) is { } refused)
                return refused;

            return Done.With(found, found.Number, found.Case?.Number ?? found.Loss?.Number ?? "");
        }, stop);
}
