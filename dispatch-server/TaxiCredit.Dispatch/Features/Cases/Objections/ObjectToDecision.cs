using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Features.Cases.Repairs;
using TaxiCredit.Dispatch.Features.Photos;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases.Objections;

/// <summary>
/// A driver objects to a decision, or the desk records an objection that came on paper. Points of service are stayed at once, by an entry that takes the
/// decision's back; others, and what limits the stars, go on counting until somebody rules.
/// </summary>
/// <param name="Actor">The driver; an officer or supervisor for a paper.</param>
/// <param name="Statement">Why, 1 to 2,000 characters.</param>
/// <param name="File">Evidence, as with an answer; null for none.</param>
/// <param name="HandedInOn">Papers only: the day on which it was handed in, in time.</param>
internal sealed record ObjectToDecision(Acting Actor, string Statement, EvidenceFile? File = null, DateOnly? HandedInOn = null)
{
    private static readonly OperationRule Rule = new("object-to-decision", Permission.ObjectToDecision);

    /// <param name="number">Of the case, as the desk knows it, or of the decision, as the driver does.</param>
    public static async Task<Outcome<Objection>> HandleAsync(
        string number, ObjectToDecision command, OperationContext context, BureauCalendar calendar, PhotoFolder? files, CancellationToken stop)
    {
        var found = await DecidedCase.FindAsync(number, command.Actor, Permission.ObjectToDecision, context, stop);
        return found.Refusal is not null
            ? found.Refusal
            : await context.RunAsync<Objection>(
                Rule, command.Actor, found.Value.Driver, command.Check,
                person => command.ObjectAsync(found.Value.Id, person, context, calendar, files, stop), stop);
    }

    private async Task<Outcome<Done<Objection>>> ObjectAsync(
        long id, Person person, OperationContext context, BureauCalendar calendar, PhotoFolder? files, CancellationToken stop)
    {
        var db = context.Db;
        var report = await db.Cases.Include(c => c.Driver).SingleAsync(c => c.Id == id, stop);
        var isPaper = person.DriverId is null;
        if (Paper.FindFault(isPaper, HandedInOn, report.DecidedOn, context.Today) is { } unfit)
            return unfit;
        if (await db.Objections.AsNoTracking().SingleOrDefaultAsync(o => o.CaseId == id, stop) is { } before)
        {
            return IsSame(before)
                ? Done.Repeated(before)
                : Refusal.Conflict("objection-made", $"An objection was made on {before.On:yyyy-MM-dd}; there is one for each decision.");
        }

        if (await db.IsRepairedAsync(id, stop))
            return Refusal.AgainstRule("objection-repaired", "Points of this decision were given back at the driver's asking; it is no longer objected to.");
        if (report.Status != CaseStatus.Upheld || report.Kind == CaseKind.Merit)
            return Refusal.AgainstRule("objection-needless", $"The matter is {report.Status}; only a decision that costs points or stars is objected to.");
        var on = HandedInOn ?? context.Today;
        if (await LastDayAsync(report, context, stop) is { } last && on > last)
            return Refusal.AgainstRule("objection-too-late", $"The time for an objection ended with {last:yyyy-MM-dd}.");

        if (report.Move(CaseSignal.Object) is { } refused)
            return refused;
        var objection = new Objection
        {
            CaseId = id,
            Statement = Statement.Trim(),
            File = File is null ? null : await files!.StoreAsync(File.Bytes, stop, File.Extension),
            FileHash = File?.Hash,
            OnPaperBy = isPaper ? person.Name : null,
            On = on,
            At = context.Now,
            RuleBy = calendar.Days.After(on, CaseQueue.DeadlinesOf(context).RulingWorkingDays).On,
            StaySequence = await StayAsync(report, context, stop),
        };
        db.Add(objection);
        return Done.With(objection, report.Number, objection.IsStayed ? $"stayed by entry {objection.StaySequence}" : "not stayed");
    }

    /// <summary>Null where nothing proves that the driver has the decision. One of a version without documents counts from its day.</summary>
    private static async Task<DateOnly?> LastDayAsync(Case report, OperationContext context, CancellationToken stop)
    {
        if (await context.Db.Services.AsNoTracking().SingleOrDefaultAsync(s => s.CaseId == report.Id && s.Document == ServedDocument.Decision, stop) is { } had)
            return had.ObjectBy;
        return await context.Db.Decisions.AnyAsync(d => d.CaseId == report.Id, stop)
            ? null
            : report.DecidedOn!.Value.AddDays(CaseQueue.DeadlinesOf(context).ObjectionDays);
    }

    /// <returns>The entry that stays the points; null where they are not stayed.</returns>
    private static async Task<long?> StayAsync(Case report, OperationContext context, CancellationToken stop)
    {
        var entry = await context.Db.Ledger.AsNoTracking().SingleAsync(e => e.Sequence == report.LedgerSequence, stop);
        // One that was reversed and put in force again is taken back at the end of its chain.
        var (last, _) = await context.Db.ReversalsOfAsync(entry.Sequence, stop);
        var conduct = context.Rulebooks.InForceOn(report.ConductOn) is { Refusal: null, Value: { } rules } ? rules.Find(entry.Code) : null;
        if (!ObjectionRules.IsStayed(conduct, entry.MaxStars))
            return null;
        return (await context.Db.AppendAsync(NewEntry.Reversing(last, context.Today), new StayDetails(true), stop)).Sequence;
    }

    private bool IsSame(Objection before) => before.Statement == Statement.Trim() && before.FileHash == File?.Hash;

    private Refusal? Check() => string.IsNullOrWhiteSpace(Statement) || Statement.Length > Objection.LongestStatement
        ? Refusal.Malformed("statement-length", $"Say in 1 to {Objection.LongestStatement} characters why you object.")
        : null;
}

/// <summary>What the ledger keeps beside the entry that stays another: nothing but that it does.</summary>
internal sealed record StayDetails(bool Stay);

/// <summary>An objection as a body of the API has it; files come by the page.</summary>
/// <inheritdoc cref="ObjectToDecision"/>
internal sealed record ObjectionBody(string Statement, DateOnly? HandedInOn = null);
