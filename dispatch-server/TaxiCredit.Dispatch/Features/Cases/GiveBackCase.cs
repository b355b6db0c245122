using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>Whoever has taken a case up gives it back, so that anybody may take it. How far the case has come does not change.</summary>
/// <param name="Version">Version of the case that was read; refused if it has changed since.</param>
internal sealed record GiveBackCase(Acting Actor, Guid? Version = null)
{
    /// <summary>Name of the operation in the audit log.</summary>
    public const string Audited = "give-back-case";

    private static readonly OperationRule Rule = new(Audited, Permission.DecideCase);

    public static Task<Outcome<Case>> HandleAsync(string number, GiveBackCase command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Case>(Rule, command.Actor, null, async person =>
        {
            if (await context.Db.FindCaseAsync(number, stop) is not { } report)
                return CaseQueue.Unknown(number);
            if ((report.Unless(command.Version) ?? report.UnlessDecided()) is { } refused)
                return refused;
            if (await CaseHolders.OfAsync(number, context.Db, stop) is var holder && holder != person.Name)
                return Refusal.Conflict("case-not-yours", $"Case {number} is with {holder ?? "nobody"}; only who has it gives it back.");

            report.Touch();
            return Done.With(report, report.Number);
        }, stop);
}
