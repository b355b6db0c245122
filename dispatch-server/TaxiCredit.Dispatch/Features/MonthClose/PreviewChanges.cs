using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>What a close says of a driver.</summary>
/// <param name="Stars">0 to 4; null is unrated.</param>
public sealed record RatedAs(decimal Points, int? Stars, int DaysOnShift, int? PreviousStars)
{
    internal static RatedAs? Of(Rating? rating) =>
        rating is null ? null : new(new Points(rating.Points).ToDecimal(), rating.Stars, rating.DaysOnShift, rating.PreviousStars);
}

/// <param name="Then">As previewed; null for a driver who was not on the roster.</param>
/// <param name="Now">As a preview would find it; null for a driver who is no longer there.</param>
public sealed record RatingChange(string Period, string Driver, RatedAs? Then, RatedAs? Now);

/// <summary>
/// Compares a preview with what a preview would find now: ledger, rulebook, roster, shifts, stars of the month before. Reads of the city only what has
/// moved since: by the ledger's numbers, and by the chronicle where this process knows when the preview was begun, else in one pass over the shifts.
/// </summary>
internal sealed class PreviewChanges(Close close, OperationContext context)
{
    /// <summary>Key of the changes among the facts of a refusal.</summary>
    public const string Fact = "changes";

    /// <summary>Key of their number, which may be more than are listed.</summary>
    public const string FactTotal = "changed";

    /// <summary>Changes that a refusal lists.</summary>
    public const int MaxListed = 100;

    /// <summary>Drivers up to which only theirs is tallied again; beyond, everybody's.</summary>
    private const int MaxPicked = 2_000;

    private readonly List<RatingChange> _found = [];

    /// <summary>Call under the write lock, so that nothing moves between this and the signature.</summary>
    /// <param name="withStored">
    /// Also whether the stored ratings still have the digest. No operation changes them; it is for what is changed past the server, and enough once, before
    /// anybody sees them.
    /// </param>
    /// <returns>Null if nothing that bears on the close, or on one that it takes along, has changed; else <c>preview-outdated</c> with the changes.</returns>
    public static async Task<Refusal?> RefuseAsync(Close leader, bool withStored, OperationContext context, CancellationToken stop)
    {
        var followers = await context.Db.Closes.AsNoTracking().Where(c => c.LedById == leader.Id).OrderBy(c => c.Period).ToListAsync(stop);
        foreach (var close in followers.Prepend(leader))
        {
            if (close.DigestFormat != CloseDigest.Newest)
                return Outdated(close, "it was computed by an earlier version of this program, whose digest covers less", []);
            if (withStored && await CloseDigest.OfAsync(context.Db, close, stop) != close.Digest)
                return Outdated(close, $"what is stored of it no longer has the digest {close.Digest}; tell the auditor", []);
            if (await new PreviewChanges(close, context).FindAsync(stop) is { } refused)
                return refused;
        }

        return null;
    }

    private async Task<Refusal?> FindAsync(CancellationToken stop)
    {
        var (db, month) = (context.Db, Month.Parse(close.Period));
        var inForce = context.Rulebooks.InForceOn(month.LastDay);
        if (inForce.Refusal is not null)
            return inForce.Refusal;
        var rules = await db.Rulebooks.Where(r => r.Sha256 == close.RulebookHash).Select(r => r.RulesSha256).SingleOrDefaultAsync(stop);
        var hasOtherRules = RulesHash.Of(inForce.Value) != rules;
        var buildsOn = close.Revision == 1 ? await CloseOverview.BeforeAsync(close.Period, db, stop) : close.BuildsOnId;
        var moved = hasOtherRules || buildsOn != close.BuildsOnId ? null : await MovedAsync(month, stop);
        var now = new Close
        {
            Id = close.Id, Period = close.Period, Revision = close.Revision, BuildsOnId = buildsOn,
            LedgerSequence = await db.Ledger.MaxAsync(e => (long?)e.Sequence, stop) ?? 0,
        };
        await CompareAsync(now, inForce.Value, moved, stop);
        if (hasOtherRules)
        {
            return Outdated(
                close, $"the rulebook was {close.RulebookId} {close.RulebookFrom:yyyy-MM-dd} (rules {rules ?? "gone"}) and is "
                + $"{inForce.Value.Id} {inForce.Value.EffectiveFrom:yyyy-MM-dd} (rules {RulesHash.Of(inForce.Value)})", _found);
        }

        return _found.Count == 0 ? null : Outdated(close, $"{Told(_found[0])}{(_found.Count > 1 ? $", and {_found.Count - 1} more" : "")}", _found);
    }

    /// <summary>Ids of the drivers whose facts may be others now; null for too many to pick.</summary>
    private async Task<SortedSet<int>?> MovedAsync(Month month, CancellationToken stop)
    {
        var db = context.Db;
        var moved = new SortedSet<int>();
        // Told apart here: SQLite would read the whole index by driver for a DISTINCT.
        await foreach (var driver in db.Ledger.Where(e => e.Sequence > close.LedgerSequence).Select(e => e.DriverId).AsAsyncEnumerable().WithCancellation(stop))
            moved.Add(driver);
        // A revision keeps the drivers and days of what it revises.
        if (close.Revision > 1)
            return moved.Count > MaxPicked ? null : moved;
        if (await FactsSince.DriversAsync(close, month.LastDay, context, stop) is { Count: <= MaxPicked } onShift)
        {
            moved.UnionWith(onShift);
        }
        else
        {
            Steps.Tell(Steps.ShiftsCounted);
            var days = await FactsOfDrivers.DaysOnShiftAsync(db, db.Shifts, month.LastDay, stop);
            var ratings = db.Ratings.Where(r => r.CloseId == close.Id).Select(r => new { r.DriverId, r.DaysOnShift });
            await db.ReadAsync(ratings, row =>
            {
                days.Remove(row.GetInt32(0), out var now);
                if (now != row.GetInt32(1))
                    moved.Add(row.GetInt32(0));
            }, stop);
            // Left are those that were signed on and have no rating.
            moved.UnionWith(days.Keys);
        }

        return moved.Count > MaxPicked ? null : moved;
    }

    private async Task CompareAsync(Close now, Rulebook rulebook, SortedSet<int>? moved, CancellationToken stop)
    {
        if (moved is not null)
        {
            foreach (var id in moved)
                await CompareAsync(now, rulebook, id - 1, id, stop);
            return;
        }

        const int Batch = 5_000;
        var last = await context.Db.Drivers.MaxAsync(d => (int?)d.Id, stop) ?? 0;
        for (var after = 0; after < last; after += Batch)
            await CompareAsync(now, rulebook, after, after + Batch, stop);
    }

    /// <summary>Compares the drivers above one id up to another.</summary>
    private async Task CompareAsync(Close now, Rulebook rulebook, int after, int through, CancellationToken stop)
    {
        var db = context.Db;
        now.DriversThrough = through;
        var drivers = close.Revision == 1
            ? await FactsOfDrivers.OnRosterAsync(db, now, after, through - after, stop)
            : await FactsOfDrivers.AsInAsync(db, close.Id, null, after, through - after, stop);
        drivers.RemoveAll(d => d.DriverId > through);
        var files = await db.FilesInBriefAsync(after, through, now.LedgerSequence, stop);
        var rated = new MonthTally(now, rulebook).Rate(new(through, drivers, files)).ToDictionary(r => r.DriverId);
        var before = await db.Ratings.AsNoTracking().Where(r => r.CloseId == close.Id && r.DriverId > after && r.DriverId <= through)
            .Join(db.Drivers, r => r.DriverId, d => d.Id, (r, d) => new { d.Code, Rating = r }).ToDictionaryAsync(r => r.Rating.DriverId, stop);
        foreach (var (id, facts) in drivers)
        {
            var (then, again) = (RatedAs.Of(before.GetValueOrDefault(id)?.Rating), RatedAs.Of(rated[id]));
            // Somebody new who was not on shift in the month: nothing that was previewed is wrong.
            if (then != again && (then is not null || again!.DaysOnShift > 0 || files.Exists(f => f.DriverId == id) && HasLeftBase(again, rulebook)))
                _found.Add(new(close.Period, facts.Driver, then, again));
        }

        var left = before.Values.Where(b => !rated.ContainsKey(b.Rating.DriverId));
        _found.AddRange(left.Select(b => new RatingChange(close.Period, b.Code, RatedAs.Of(b.Rating), null)));
    }

    private static bool HasLeftBase(RatedAs rated, Rulebook rulebook) => rated.Points != rulebook.Base.ToDecimal();

    private static string Told(RatingChange change) => $"{change.Driver} was previewed with {Told(change.Then)} and has {Told(change.Now)} now";

    private static string Told(RatedAs? rated) => rated is null
        ? "no rating"
        : $"{rated.Points:F2} points, {(rated.Stars is { } lit ? $"{lit} stars" : "no stars")}, {rated.DaysOnShift} days on shift "
            + $"and {(rated.PreviousStars is { } before ? $"{before} stars" : "no stars")} the month before";

    private static Refusal Outdated(Close close, string why, List<RatingChange> changes) => Refusal.Conflict(
        "preview-outdated",
        $"The preview of {close.Period}, revision {close.Revision}, is outdated: {why}. Nothing was signed or published; "
        + (close.Revision == 1 ? "preview it again." : "ask for the revision again."))
        with
    {
        Facts = new Dictionary<string, object?> { [Fact] = changes.Take(MaxListed).ToList(), [FactTotal] = changes.Count },
    };
}
