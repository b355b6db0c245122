using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Cases.Repairs;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.Readiness;

/// <summary>What may still wait when a month is to be signed.</summary>
public enum Unfinished
{
    /// <summary>Cases reported up to the month's last day that nobody has decided.</summary>
    Undecided,

    /// <summary>Those of them whose deadline is over.</summary>
    Overdue,

    /// <summary>Those of them whose driver has the notice and time to answer.</summary>
    Hearings,

    /// <summary>Objections without a ruling, to decisions up to the month's last day, whose points are stayed.</summary>
    StayedObjections,

    /// <summary>The same, whose points go on counting.</summary>
    CountingObjections,

    /// <summary>Repairs asked for up to the month's last day that nobody has decided.</summary>
    Repairs,

    /// <summary>Ledger entries that came after an earlier month was closed, and wait for its revision.</summary>
    Corrections,

    /// <summary>Shifts of the month that are longer than <see cref="Roster.DoubtfulShifts.Longest"/>.</summary>
    DoubtfulShifts,

    /// <summary>Displays that nobody can vouch for, in cabs with a driver.</summary>
    UnreachableDisplays,
}

/// <summary>What becomes of it if the month is closed all the same.</summary>
public enum IfClosed
{
    /// <summary>It is not in this close, and counts in that of the month in which it is decided.</summary>
    CountsWhenDecided,

    /// <summary>It counts nothing; what the ruling leaves counts from the month of the ruling on.</summary>
    StaysStayed,

    /// <summary>It counts. If the ruling takes something back, the month is to be revised.</summary>
    CountsUntilRuled,

    /// <summary>The close builds on the stars as they were published; the revision takes it along.</summary>
    WaitsForRevision,

    /// <summary>The days count as they stand, and cannot be corrected once the month is published.</summary>
    CountsAsItStands,

    /// <summary>The windscreen follows when its display is back.</summary>
    FollowsWhenBack,
}

/// <param name="Count">Null where it cannot be told: how long a shift was, while the bureau's date is set by hand.</param>
/// <param name="Page">Address of the page on which it is worked off.</param>
public sealed record ReadinessLine(Unfinished Kind, int? Count, IfClosed IfClosed, string Page);

/// <summary>What still waits when a month is to be signed. It blocks nothing: whoever signs is to know it. The one place that derives it.</summary>
public sealed record MonthReadiness(string Period, IReadOnlyList<ReadinessLine> Lines)
{
    /// <summary>Whether nothing waits, as far as it can be told.</summary>
    public bool IsReady => Lines.All(line => line.Count is null or 0);

    /// <summary>In six queries, whatever waits, and five where the bureau's date is set by hand.</summary>
    /// <param name="due">What <see cref="RevisionsDue"/> found, which pages ask for themselves.</param>
    /// <param name="windscreens">Every one, as it stands now.</param>
    internal static async Task<MonthReadiness> OfAsync(
        Month month, RevisionDue? due, IEnumerable<StandingTwin> windscreens, OperationContext context, CancellationToken stop)
    {
        var (db, last) = (context.Db, month.LastDay);
        var objections = await (
            from objection in db.Objections
            where objection.Outcome == null
            join report in db.Cases on objection.CaseId equals report.Id
            where report.DecidedOn <= last
            group objection by objection.StaySequence != null into alike
            select new { IsStayed = alike.Key, Count = alike.Count() }).ToDictionaryAsync(o => o.IsStayed, o => o.Count, stop);
        // Nothing but earlier months: a revision of this one takes its own corrections along.
        var isLate = due is not null && string.CompareOrdinal(due.Period, month.ToString()) < 0;
        return new(month.ToString(),
        [
            new(Unfinished.Undecided, await CasesAsync(), IfClosed.CountsWhenDecided, $"/bureau/cases?through={month}"),
            new(Unfinished.Overdue, await CasesAsync(overdue: true), IfClosed.CountsWhenDecided, $"/bureau/cases?overdue=true&through={month}"),
            new(
                Unfinished.Hearings, await CasesAsync(CaseStatus.AwaitingAnswer), IfClosed.CountsWhenDecided,
                $"/bureau/cases?status={CaseStatus.AwaitingAnswer}&through={month}"),
            new(Unfinished.StayedObjections, objections.GetValueOrDefault(true), IfClosed.StaysStayed, $"/bureau/cases?status={CaseStatus.Objected}"),
            new(Unfinished.CountingObjections, objections.GetValueOrDefault(false), IfClosed.CountsUntilRuled, $"/bureau/cases?status={CaseStatus.Objected}"),
            new(
                Unfinished.Repairs, await db.Repairs.CountAsync(r => r.Outcome == null && r.On <= last, stop), IfClosed.CountsWhenDecided,
                "/bureau/repairs"),
            new(
                Unfinished.Corrections, isLate ? due!.Entries.Count : 0, IfClosed.WaitsForRevision,
                isLate ? $"/bureau/months/{due!.Period}" : "/bureau/months"),
            new(
                Unfinished.DoubtfulShifts, DoubtfulShifts.Of(month, context) is { } shifts ? await shifts.CountAsync(stop) : null,
                IfClosed.CountsAsItStands, $"/bureau/shifts?month={month}"),
            new(
                Unfinished.UnreachableDisplays, windscreens.Count(one => one is { Twin.Driver: not null, Standing.IsOnline: false }),
                IfClosed.FollowsWhenBack, "/?state=offline"),
        ]);

        Task<int> CasesAsync(CaseStatus? status = null, bool overdue = false) =>
            CaseQueue.CountAsync(new(status, Overdue: overdue, Through: month), context, stop);
    }
}
