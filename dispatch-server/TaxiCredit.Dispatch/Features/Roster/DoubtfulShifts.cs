using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.Roster;

/// <summary>Shifts that took longer than anybody drives: somebody forgot to sign off, at their end or at some time within.</summary>
internal static class DoubtfulShifts
{
    /// <summary>A shift of exactly so long is believed.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(16);

    /// <summary>Those with a day in a month, open ones up to now included.</summary>
    /// <returns>Null where the bureau's date is set by a demo: days of a demo are no hours, and nothing tells how long a shift was.</returns>
    public static IQueryable<Shift>? Of(Month month, OperationContext context)
    {
        if (!context.IsCalendar)
            return null;
        // By hand, and the same on both databases, which keep instants in milliseconds: Entity Framework subtracts none that are converted.
        var (now, longest) = (context.Now.ToUnixTimeMilliseconds(), (long)Longest.TotalMilliseconds);
        var (first, last) = (month.FirstDay, month.LastDay);
        // Says what the days say, where an index finds it: shifts that ended before the month are not read.
        var begin = BureauTime.BeginOf(first);
        return context.Db.Shifts
            .FromSql($"""SELECT * FROM "Shifts" WHERE COALESCE("OffAt", {now}) - "OnAt" > {longest}""")
            .Where(s => s.OffAt == null || s.OffAt >= begin)
            .Where(s => s.OnDay <= last && (s.OffDay == null || s.OffDay >= first));
    }
}

/// <param name="Driver">Code.</param>
/// <param name="Cab">Code.</param>
public sealed record DoubtfulShift(long Id, string Driver, string Cab, DateTimeOffset OnAt, DateTimeOffset? OffAt)
{
    internal static Task<List<DoubtfulShift>> EarliestAsync(IQueryable<Shift> doubtful, int most, CancellationToken stop) =>
        doubtful.OrderBy(s => s.OnAt).ThenBy(s => s.Id).Take(most)
            .Select(s => new DoubtfulShift(s.Id, s.Driver.Code, s.Cab.Code, s.OnAt, s.OffAt)).ToListAsync(stop);
}
