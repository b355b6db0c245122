using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>A case ends without a decision because whoever reported has taken the report back.</summary>
/// <param name="Actor">Officer or supervisor.</param>
/// <param name="Reason">How that is known, 1 to 2,000 characters; for the bureau alone.</param>
/// <param name="Version">Version of the case that was read; refused if it has changed since.</param>
internal sealed record WithdrawCase(Acting Actor, string Reason, Guid? Version = null)
{
    private static readonly OperationRule Rule = new("withdraw-case", Permission.DecideCase);

    public static Task<Outcome<Case>> HandleAsync(string number, WithdrawCase command, OperationContext context, CancellationToken stop) =>
        CloseCase.RunAsync(number, Rule, command.Actor, command.Reason, command.Version, context, async (report, _) =>
            report.UnlessDecided() ?? await CloseCase.FindSharedAsync(report, context, stop) ?? report.Move(CaseSignal.Withdraw), stop);
}

/// <summary>Two reports tell of the same conduct of one driver: one case ends, the other is decided for both.</summary>
/// <param name="Actor">Officer or supervisor.</param>
/// <param name="Into">Number of the case that goes on.</param>
/// <param name="Reason">How it is known that they are the same, 1 to 2,000 characters; for the bureau alone.</param>
/// <param name="Version">Version of the case that ends, as it was read; refused if it has changed since.</param>
internal sealed record MergeCase(Acting Actor, string Into, string Reason, Guid? Version = null)
{
    private static readonly OperationRule Rule = new("merge-case", Permission.DecideCase);

    public static Task<Outcome<Case>> HandleAsync(string number, MergeCase command, OperationContext context, CancellationToken stop) =>
        CloseCase.RunAsync(number, Rule, command.Actor, command.Reason, command.Version, context, async (report, person) =>
        {
            if (await context.Db.Cases.AsNoTracking().SingleOrDefaultAsync(c => c.Number == command.Into, stop) is not { } other)
                return CaseQueue.Unknown(command.Into);
            if (other.Id == report.Id)
                return Refusal.AgainstRule("merge-with-itself", $"Case {number} cannot be merged with itself.");
            if (other.DriverId != report.DriverId || other.Kind != report.Kind)
                return Refusal.AgainstRule("merge-unlike", $"{number} and {other.Number} are about another driver, or of another kind.");
            if (other.IsDecided)
                return Refusal.AgainstRule("merge-into-decided", $"Case {other.Number} is {other.Status}; merge into one that is open.");
            if (await Duties.FindFaultAsync(other, person.Name, context, stop) is { } notTheirs)
                return notTheirs;
            if (report.Move(CaseSignal.Merge) is { } refused)
                return refused;

            report.MergeInto(other.Number);
            return null;
        }, stop);
}

/// <summary>
/// What holds of each end of a case without a decision: its day is kept as that of a decision is, so that what passengers left is erased in time.
/// </summary>
internal static class CloseCase
{
    public static Task<Outcome<Case>> RunAsync(
        string number, OperationRule rule, Acting actor, string reason, Guid? seen, OperationContext context,
        Func<Case, Person, Task<Refusal?>> close, CancellationToken stop) =>
        context.RunAsync<Case>(rule, actor, null, () => FindFault(reason), async person =>
        {
            if (await context.Db.FindCaseAsync(number, stop) is not { } report)
                return CaseQueue.Unknown(number);
            var refused = report.Unless(seen) ?? report.UnlessConfirmed()
                ?? await Duties.FindFaultAsync(report, person.Name, context, stop) ?? await close(report, person);
            if (refused is not null)
                return refused;

            report.Record(new CaseDecided(context.Today, person.Name, null, reason.Trim()));
            return Done.With(report, report.Number, $"{report.Status} {report.MergedInto}".TrimEnd());
        }, stop);

    /// <summary>Refuses to withdraw what others have reported too: their cases were merged into it and would end with it.</summary>
    public static async Task<Refusal?> FindSharedAsync(Case report, OperationContext context, CancellationToken stop)
    {
        var other = await context.Db.Cases.AsNoTracking().Where(c => c.DriverId == report.DriverId && c.MergedInto == report.Number)
            .Select(c => c.Number).FirstOrDefaultAsync(stop);
        return other is null
            ? null
            : Refusal.Conflict("withdrawal-shared", $"Case {other} was merged into {report.Number}, which is decided for both; it cannot be withdrawn.");
    }

    private static Refusal? FindFault(string reason) => string.IsNullOrWhiteSpace(reason) || reason.Length > 2000
        ? Refusal.Malformed("closing-length", "Say in 1 to 2,000 characters why the case ends without a decision.")
        : null;
}
