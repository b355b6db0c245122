using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Repairs;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Cases.Repairs;

/// <summary>
/// What a repair would give back, and for which case; found from the ledger and the rulebook, when it is asked for and again when it is decided.
/// </summary>
internal sealed record RepairTerms(RepairRule Rule, Case Case, Points Points)
{
    /// <summary>Why a rule gives nothing on a day, or null: clean months first, then how often.</summary>
    public static Refusal? FindFault(RepairRule rule, RepairRoom room, DateOnly asked)
    {
        if (rule.CleanMonths > 0 && room.CleanFrom(rule) is { } clean && clean > asked)
        {
            return Refusal.AgainstRule(
                "repair-not-clean", $"{rule.Id} takes {rule.CleanMonths} months without an upheld deduction: from {clean:yyyy-MM-dd} on.");
        }

        return room.AgainFrom(rule) is { } again && again > asked
            ? Refusal.AgainstRule("repair-too-soon", $"{rule.Id} is booked once in {rule.EveryMonths} months: from {again:yyyy-MM-dd} on.")
            : null;
    }

    /// <summary>Those that a driver would have on a day.</summary>
    /// <param name="of">The case that was made good, by its number or its decision's; only with a rule that makes good.</param>
    public static async Task<Outcome<RepairTerms>> FindAsync(
        int driverId, string ruleId, string? of, DateOnly asked, OperationContext context, CancellationToken stop)
    {
        var rules = context.Rulebooks.InForceOn(asked);
        if (rules.Refusal is not null)
            return rules.Refusal;
        if (rules.Value.Repair.FirstOrDefault(rule => rule.Id == ruleId) is not { } rule)
            return Refusal.Missing("repair-rule-unknown", $"The rulebook of {asked:yyyy-MM-dd} has no repair '{ruleId}'.");
        if (rule.MakesGood != of is not null)
            return Refusal.Malformed("repair-case-unfit", "of names the decision that was made good; rules that make nothing good name none.");
        var room = await RoomAsync(driverId, asked, context, stop);
        return await FindAsync(driverId, rule, await IdAsync(of, driverId, context, stop), room, asked, context, stop);
    }

    /// <summary>Those of a repair that waits, as the ledger is now.</summary>
    public static async Task<Outcome<RepairTerms>> OfAsync(Repair repair, OperationContext context, CancellationToken stop)
    {
        var rule = context.Rulebooks.InForceOn(repair.On).Value.Repair.First(rule => rule.Id == repair.Rule);
        var room = await RoomAsync(repair.DriverId, repair.On, context, stop);
        return await FindAsync(repair.DriverId, rule, repair.CaseId, room, repair.On, context, stop);
    }

    /// <summary>The driver's file as repairs see it.</summary>
    public static async Task<RepairRoom> RoomAsync(int driverId, DateOnly asked, OperationContext context, CancellationToken stop)
    {
        var rows = await context.Db.Ledger.AsNoTracking().Where(e => e.DriverId == driverId).OrderBy(e => e.Sequence).ToListAsync(stop);
        var month = Month.Of(context.Today);
        return RepairRoom.Of(context.Rulebooks.InForceOn(month.LastDay).Value, month, rows.ConvertAll(row => row.ToEntry()), asked);
    }

    /// <param name="of">The one case that it may be; null for the oldest, -1 for one that is not there.</param>
    /// <param name="room">Of <see cref="RoomAsync"/> on that day.</param>
    public static async Task<Outcome<RepairTerms>> FindAsync(
        int driverId, RepairRule rule, long? of, RepairRoom room, DateOnly asked, OperationContext context, CancellationToken stop)
    {
        if (FindFault(rule, room, asked) is { } early)
            return early;

        var isObjected = false;
        foreach (var deduction in room.Deductions)
        {
            if (room.Booked(rule, deduction) is var points && points <= Points.Zero)
                continue;
            var sequence = deduction.Entry.Sequence;
            var report = await context.Db.Cases.Include(c => c.Driver)
                .SingleOrDefaultAsync(c => c.LedgerSequence == sequence || c.RulingSequence == sequence, stop);
            if (report is null || of is { } one && report.Id != one)
                continue;
            if (CaseLife.TryNext(report.Status, CaseSignal.Repair, out _))
                return new RepairTerms(rule, report, points);
            isObjected |= report.Status == CaseStatus.Objected;
        }

        // Points that are stayed are no longer among the deductions.
        isObjected |= await context.Db.Cases.AnyAsync(
            c => c.DriverId == driverId && c.Status == CaseStatus.Objected && (of == null || c.Id == of), stop);
        if (isObjected)
            return Refusal.Conflict("repair-objection-open", "An objection to the decision is open; its ruling says first what there is to repair.");
        return Refusal.AgainstRule("repair-nothing-lost", "Nothing that counts is left to give back.");
    }

    private static async Task<long?> IdAsync(string? of, int driverId, OperationContext context, CancellationToken stop)
    {
        if (of is null)
            return null;
        var (cases, decisions) = (context.Db.Cases.Where(c => c.DriverId == driverId), context.Db.Set<DecisionDocument>());
        var found = DecisionDocument.TryRead(of, out var year, out var serial)
            ? cases.Where(c => decisions.Any(d => d.CaseId == c.Id && d.Year == year && d.Serial == serial))
            : cases.Where(c => c.Number == of);
        return await found.Select(c => (long?)c.Id).SingleOrDefaultAsync(stop) ?? -1;
    }
}
