using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases.Repairs;

/// <summary>
/// A driver asks for a repair, or the desk records one that was asked for on paper. Whoever asks no longer objects to that decision once it is granted.
/// </summary>
/// <param name="Actor">The driver; an officer or supervisor for a paper.</param>
/// <param name="Rule">Id in the rulebook: <c>R01</c>.</param>
/// <param name="Proof">What shows that it was done, at most 500 characters; needed where the rule asks for no clean months.</param>
/// <param name="Of">The decision that was made good, by a rule for that and by no other.</param>
/// <param name="HandedInOn">Papers only: the day on which it was handed in, within the last month.</param>
internal sealed record AskRepair(Acting Actor, string Rule, string? Proof = null, string? Of = null, DateOnly? HandedInOn = null)
{
    private static readonly OperationRule Operation = new("ask-repair", Permission.AskRepair);

    public static Task<Outcome<Repair>> HandleAsync(string driver, AskRepair command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Repair>(Operation, command.Actor, driver, command.Check, person => command.AskAsync(driver, person, context, stop), stop);

    private async Task<Outcome<Done<Repair>>> AskAsync(string code, Person person, OperationContext context, CancellationToken stop)
    {
        var db = context.Db;
        if (await db.Drivers.AsNoTracking().SingleOrDefaultAsync(d => d.Code == code, stop) is not { } driver)
            return RosterRules.NoDriver(code);
        var isPaper = person.DriverId is null;
        if (Paper.FindFault(isPaper, HandedInOn, context.Today.AddMonths(-1), context.Today) is { } unfit)
            return unfit;
        var proof = (Proof ?? "").Trim();
        if (await db.Repairs.AsNoTracking().SingleOrDefaultAsync(r => r.DriverId == driver.Id && r.Rule == Rule && r.Outcome == null, stop) is { } before)
        {
            return before.Proof == proof && (Of is null || await IsOfAsync(before, context, stop))
                ? Done.Repeated(before)
                : Refusal.Conflict("repair-asked", $"{Rule} was asked for on {before.On:yyyy-MM-dd} and is not decided yet ({before.Number}).");
        }

        var on = HandedInOn ?? context.Today;
        var terms = await RepairTerms.FindAsync(driver.Id, Rule, Of, on, context, stop);
        if (terms.Refusal is not null)
            return terms.Refusal;
        if (proof.Length == 0 && terms.Value.Rule.CleanMonths == 0)
            return Refusal.Malformed("repair-proof-length", $"{Rule} takes a proof of 1 to {Repair.LongestProof} characters: the certificate's number, say.");

        var repair = new Repair
        {
            Id = 1 + (await db.Repairs.MaxAsync(r => (long?)r.Id, stop) ?? 0),
            DriverId = driver.Id,
            CaseId = terms.Value.Case.Id,
            Rule = Rule,
            Proof = proof,
            OnPaperBy = isPaper ? person.Name : null,
            On = on,
            At = context.Now,
        };
        db.Add(repair);
        return Done.With(repair, terms.Value.Case.Number, $"{repair.Number} {Rule}");
    }

    private async Task<bool> IsOfAsync(Repair before, OperationContext context, CancellationToken stop)
    {
        var terms = await RepairTerms.FindAsync(before.DriverId, Rule, Of, before.On, context, stop);
        return terms.Refusal is null && terms.Value.Case.Id == before.CaseId;
    }

    private Refusal? Check() => Proof?.Length > Repair.LongestProof
        ? Refusal.Malformed("repair-proof-length", $"A proof takes at most {Repair.LongestProof} characters; this has {Proof.Length}.")
        : null;
}

/// <summary>As a body of the API has it.</summary>
/// <inheritdoc cref="AskRepair"/>
internal sealed record RepairBody(string Rule, string? Proof = null, string? Of = null, DateOnly? HandedInOn = null);
