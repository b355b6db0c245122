using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Cases.Objections;

/// <summary>A second person, who neither recorded nor decided the case, rules on an objection. It never makes things worse for who objected.</summary>
/// <param name="Actor">Officer or supervisor.</param>
/// <param name="Outcome"><c>confirmed</c>, <c>amended</c> or <c>overturned</c>.</param>
/// <param name="Reason">Why, 1 to 2,000 characters; the driver reads it.</param>
/// <param name="Code">With <c>amended</c>, and only there: the conduct that was found, which costs less.</param>
/// <param name="Version">Version of the case that was read; refused if it has changed since.</param>
internal sealed record RuleOnObjection(Acting Actor, Ruling Outcome, string Reason, string? Code = null, Guid? Version = null)
{
    private static readonly OperationRule Rule = new("rule-on-objection", Permission.RuleOnObjection);

    public static Task<Outcome<Objection>> HandleAsync(string number, RuleOnObjection command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Objection>(Rule, command.Actor, null, command.Check, person => command.RuleAsync(number, person, context, stop), stop);

    private async Task<Outcome<Done<Objection>>> RuleAsync(string number, Person person, OperationContext context, CancellationToken stop)
    {
        if (await context.Db.FindCaseAsync(number, stop) is not { } report)
            return CaseQueue.Unknown(number);
        if (await context.Db.Objections.SingleOrDefaultAsync(o => o.CaseId == report.Id, stop) is not { } objection)
            return Refusal.Missing("objection-none", $"Nobody has objected in case {number}.");
        if (objection.Outcome is { } before)
            return Refusal.Conflict("objection-ruled", $"The objection in case {number} ended on {objection.RuledOn:yyyy-MM-dd}: {before}.");
        if (report.Unless(Version) is { } changed)
            return changed;
        if (report.DecidedBy == person.Name)
            return Refusal.AgainstRule("decider-cannot-rule", $"'{person.Name}' decided case {number}; somebody else rules on the objection.");
        if (await Duties.FindFaultAsync(report, person.Name, context, stop) is { } notTheirs)
            return notTheirs;
        if (objection.IsStayed && objection.IsOverdue(context.Today))
            return Refusal.AgainstRule("ruling-too-late", $"The ruling was due by {objection.RuleBy:yyyy-MM-dd}; the points have lapsed.");

        var decided = await EndedObjection.DecidedAsync(report, context, stop);
        var stands = FindStanding(report, decided, context);
        if (stands.Refusal is not null)
            return stands.Refusal;
        if (report.Move(Outcome.Signal()) is { } refused)
            return refused;

        objection.End(Outcome, context.Today, person.Name, Reason.Trim(), Outcome == Ruling.Amended ? Code : null);
        await EndedObjection.BookAsync(report, objection, decided, stands.Value, context, stop);
        return Done.With(objection, number, $"{Outcome} {Code}".TrimEnd());
    }

    private Refusal? Check()
    {
        if (string.IsNullOrWhiteSpace(Reason) || Reason.Length > 2000)
            return Refusal.Malformed("reason-length", "A ruling gives its reason in 1 to 2,000 characters; the driver reads it.");
        return Outcome == Ruling.Lapsed || Outcome == Ruling.Amended != Code is not null
            ? Refusal.Malformed("ruling-unfit", "outcome is confirmed, amended or overturned; code names the conduct that an amendment found, and only there.")
            : null;
    }

    /// <summary>What stands after the ruling: nothing where it is overturned.</summary>
    private Outcome<ConductCode?> FindStanding(Case report, LedgerRowInForce decided, OperationContext context)
    {
        if (Outcome != Ruling.Amended)
            return Outcome == Ruling.Confirmed ? decided.Conduct : (ConductCode?)null;
        var found = ConductRules.Find(Code, report.ConductOn, report.Kind, context.Rulebooks);
        if (found.Refusal is not null)
            return found.Refusal;
        return ObjectionRules.CostsLess(found.Value, decided.Points, decided.Row.MaxStars)
            ? found.Value
            : Refusal.AgainstRule("amended-unfit", $"{Code} costs no less than {decided.Conduct.Id}; nobody is worse off for having objected.");
    }
}
