using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>A person takes a case up, so that nobody else begins with it. How far the case has come does not change.</summary>
/// <param name="Actor">Officer or supervisor; the audit log tells who it was.</param>
/// <param name="Version">Version of the case that was read; refused if it has changed since.</param>
internal sealed record TakeUpCase(Acting Actor, Guid? Version = null)
{
    /// <summary>Name of the operation in the audit log.</summary>
    public const string Audited = "take-up-case";

    private static readonly OperationRule Rule = new(Audited, Permission.DecideCase);

    public static Task<Outcome<Case>> HandleAsync(string number, TakeUpCase command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Case>(Rule, command.Actor, null, async person =>
        {
            if (await context.Db.FindCaseAsync(number, stop) is not { } report)
                return CaseQueue.Unknown(number);

            if ((report.Unless(command.Version) ?? await Duties.FindFaultAsync(report, person.Name, context, stop) ?? report.UnlessDecided()) is { } refused)
                return refused;
            if (await CaseHolders.OfAsync(number, context.Db, stop) is { } other)
                return Refusal.Conflict("case-taken-up", $"'{other}' has taken up case {number} already.");

            report.Touch();
            return Done.With(report, report.Number);
        }, stop);
}
