using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>
/// Published months would come out differently by entries that came after they were closed: somebody is to revise the earliest of them, which takes the
/// later ones along. It follows from the ledger and the closes alone, and is gone when the revision is published.
/// </summary>
/// <param name="Period">Earliest month that would come out differently.</param>
/// <param name="Changes">By month and driver, of all months that would.</param>
/// <param name="Entries">The entries that came after, by number.</param>
/// <param name="Since">Bureau day of the first of them.</param>
public sealed record RevisionDue(string Period, IReadOnlyList<RatingChange> Changes, IReadOnlyList<long> Entries, DateOnly Since)
{
    /// <summary>Months that would come out differently, earliest first.</summary>
    public IEnumerable<IGrouping<string, RatingChange>> Months => Changes.GroupBy(change => change.Period);

    /// <summary>Drivers whose stars would be others, each once, in the newest month in which they would: what a windscreen shows wrongly comes last.</summary>
    public IEnumerable<RatingChange> OtherStars =>
        Changes.Where(change => change.Then?.Stars != change.Now?.Stars).GroupBy(change => change.Driver).Select(changes => changes.Last());

    /// <summary>Last day on which it may still wait: the working day after the first entry.</summary>
    internal DateOnly WaitsUntil(BureauCalendar calendar) => calendar.Days.After(Since, 1).On;

    /// <summary>Month of a revision among those that wait for signatures which takes this one along; null for none.</summary>
    internal string? WaitingOf(IReadOnlyCollection<Close> waiting) =>
        waiting.FirstOrDefault(close => close.Revision > 1 && string.CompareOrdinal(close.Period, Period) <= 0)?.Period;

    /// <summary>Whether it has waited longer than a working day.</summary>
    internal bool IsLate(BureauCalendar calendar, DateOnly today) => today > WaitsUntil(calendar);
}

/// <summary>An entry that may change published months: a reversal of something that they counted, or one of their own days.</summary>
/// <param name="From">Day from which it changes what is counted: that on which the first entry of its chain was decided.</param>
internal sealed record LateEntry(long Sequence, int DriverId, DateOnly DecidedOn, DateOnly From)
{
    /// <summary>Whether a close has not read the entry, and would have counted it.</summary>
    public bool Bears(Close close) => Sequence > close.LedgerSequence && From <= Month.Parse(close.Period).LastDay;
}
