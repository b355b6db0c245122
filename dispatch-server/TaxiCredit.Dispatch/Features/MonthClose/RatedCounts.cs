using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>Drivers of a close by stars: <c>"4"</c> to <c>"0"</c> and <c>unrated</c>; every key is there.</summary>
internal static class RatedCounts
{
    // A digest is over every rating: whoever has the same has the same counts, in whichever database. A few for each month that was ever looked at.
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, int>> Counted = new();

    /// <summary>Once a close is previewed its drivers are counted once.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> OfAsync(Close? close, DispatchContext db, CancellationToken stop)
    {
        if (close is not { Digest: { Length: > 0 } digest })
            return await OfAsync(close?.Id, db, stop);
        return Counted.TryGetValue(digest, out var known) ? known : Counted.GetOrAdd(digest, await OfAsync(close.Id, db, stop));
    }

    /// <summary>Counts of many closes by their ids; those that were never counted are counted in one question.</summary>
    public static async Task<IReadOnlyDictionary<int, IReadOnlyDictionary<string, int>>> OfAllAsync(
        IReadOnlyCollection<(int Id, string Digest)> closes, DispatchContext db, CancellationToken stop)
    {
        var unknown = closes.Where(close => !Counted.ContainsKey(close.Digest)).ToDictionary(close => close.Id, close => close.Digest);
        if (unknown.Count > 0)
        {
            var counts = await db.Ratings.Where(r => unknown.Keys.Contains(r.CloseId)).GroupBy(r => new { r.CloseId, r.Stars })
                .Select(g => new { g.Key.CloseId, g.Key.Stars, Count = g.Count() }).ToListAsync(stop);
            var byClose = counts.ToLookup(c => c.CloseId, c => (c.Stars, c.Count));
            foreach (var (id, digest) in unknown)
                Counted.TryAdd(digest, ByStars(byClose[id]));
        }

        return closes.ToDictionary(close => close.Id, close => Counted[close.Digest]);
    }

    public static async Task<IReadOnlyDictionary<string, int>> OfAsync(int? closeId, DispatchContext db, CancellationToken stop)
    {
        var counts = await db.Ratings.Where(r => r.CloseId == closeId).GroupBy(r => r.Stars)
            .Select(g => new { Stars = g.Key, Count = g.Count() }).ToListAsync(stop);
        return ByStars(counts.Select(c => (c.Stars, c.Count)));
    }

    public static IReadOnlyDictionary<string, int> ByStars(IEnumerable<(int? Stars, int Count)> counts)
    {
        var rated = new Dictionary<string, int> { ["4"] = 0, ["3"] = 0, ["2"] = 0, ["1"] = 0, ["0"] = 0, ["unrated"] = 0 };
        foreach (var (stars, count) in counts)
            rated[stars is { } known ? $"{known}" : "unrated"] = count;
        return rated;
    }
}
