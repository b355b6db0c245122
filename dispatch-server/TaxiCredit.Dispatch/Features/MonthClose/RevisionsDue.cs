using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>
/// Finds out which published months would come out differently by the ledger as it is now. Looks only at drivers with an entry that a close has not read and
/// would have counted, of which there are few; and again only after an entry or a publication, so that pages may ask each time. Nothing is stored.
/// </summary>
internal sealed class RevisionsDue
{
    private volatile Known? _known;

    /// <summary>What is to be revised; null for nothing.</summary>
    public async Task<RevisionDue?> FindAsync(OperationContext context, CancellationToken stop)
    {
        var db = context.Db;
        var closes = await PublishedRatings.NewestRevisions(db).AsNoTracking().OrderBy(c => c.Period).ToListAsync(stop);
        var through = await db.Ledger.MaxAsync(e => (long?)e.Sequence, stop) ?? 0;
        var key = $"{through} {string.Join(' ', closes.Select(c => c.Id))}";
        // Two requests may look at the same time; both find the same.
        if (_known is { } known && known.Key == key)
            return known.Due;

        var due = closes.Count == 0 ? null : await LookAsync(closes, through, context, stop);
        _known = new(key, due);
        return due;
    }

    private static async Task<RevisionDue?> LookAsync(List<Close> closes, long through, OperationContext context, CancellationToken stop)
    {
        var late = await LateAsync(closes, context.Db, stop);
        late.RemoveAll(entry => !closes.Exists(entry.Bears));
        var changes = new List<RatingChange>();
        var causes = new List<LateEntry>();
        var tallies = new Tallies(context);
        foreach (var entries in late.GroupBy(entry => entry.DriverId).OrderBy(entries => entries.Key))
        {
            var first = closes.FindIndex(close => entries.Any(entry => entry.Bears(close)));
            var found = await CompareAsync(entries.Key, closes[first..], through, tallies, context.Db, stop);
            changes.AddRange(found);
            if (found.Count > 0)
                causes.AddRange(entries);
        }

        return changes.Count == 0
            ? null
            : new(
                changes.Min(change => change.Period)!,
                [.. changes.OrderBy(change => change.Period, StringComparer.Ordinal).ThenBy(change => change.Driver, StringComparer.Ordinal)],
                [.. causes.Select(entry => entry.Sequence).Order()], causes.Min(entry => entry.DecidedOn));
    }

    private static async Task<List<LateEntry>> LateAsync(List<Close> closes, DispatchContext db, CancellationToken stop)
    {
        var (oldest, newest) = (closes.Min(c => c.LedgerSequence), closes[^1]);
        var late = new List<LateEntry>();
        foreach (var reversal in await db.Ledger.AsNoTracking().Where(e => e.Reverses != null && e.Sequence > oldest).ToListAsync(stop))
        {
            var booked = await db.ReversedByAsync(reversal, stop);
            late.Add(new(reversal.Sequence, reversal.DriverId, reversal.DecidedOn, booked.DecidedOn));
        }

        // No month takes an entry once it is published; what is found here came between the last look at a preview and its publication, or by another way.
        var last = Month.Parse(newest.Period).LastDay;
        late.AddRange(await db.Ledger.AsNoTracking()
            .Where(e => e.Sequence > newest.LedgerSequence && e.DecidedOn <= last && e.Kind != EntryKind.Reversal)
            .Select(e => new LateEntry(e.Sequence, e.DriverId, e.DecidedOn, e.DecidedOn)).ToListAsync(stop));
        return late;
    }

    /// <summary>Rates a driver again in the months from the first that may differ on, each on the stars of the one before, as a revision does.</summary>
    private static async Task<List<RatingChange>> CompareAsync(
        int driverId, List<Close> closes, long through, Tallies tallies, DispatchContext db, CancellationToken stop)
    {
        var ids = closes.ConvertAll(c => c.Id);
        var code = await db.Drivers.Where(d => d.Id == driverId).Select(d => d.Code).SingleAsync(stop);
        var ratings = await db.Ratings.AsNoTracking().Where(r => r.DriverId == driverId && ids.Contains(r.CloseId)).ToDictionaryAsync(r => r.CloseId, stop);
        var files = await db.FilesInBriefAsync(driverId - 1, driverId, through, stop);
        var changes = new List<RatingChange>();
        Rating? before = null;
        foreach (var close in closes)
        {
            if (!ratings.TryGetValue(close.Id, out var then) || tallies.Of(close) is not { } tally)
            {
                before = null;
                continue;
            }

            var stars = close == closes[0] ? then.PreviousStars : before?.Stars;
            before = tally.Rate(new(driverId, [(driverId, new DriverFacts(code, then.DaysOnShift, stars))], files)).Single();
            if (RatedAs.Of(then) is var was && RatedAs.Of(before) is var now && was != now)
                changes.Add(new(close.Period, code, was, now));
        }

        return changes;
    }

    /// <summary>One tally for each month, by the rulebook that a revision would take.</summary>
    private sealed class Tallies(OperationContext context)
    {
        private readonly Dictionary<int, MonthTally?> _tallies = [];

        /// <summary>Null where no rulebook is in force any more: a revision would be refused.</summary>
        public MonthTally? Of(Close close)
        {
            if (!_tallies.TryGetValue(close.Id, out var tally))
            {
                var inForce = context.Rulebooks.InForceOn(Month.Parse(close.Period).LastDay);
                _tallies.Add(close.Id, tally = inForce.Refusal is null ? new(close, inForce.Value) : null);
            }

            return tally;
        }
    }

    private sealed record Known(string Key, RevisionDue? Due);
}
