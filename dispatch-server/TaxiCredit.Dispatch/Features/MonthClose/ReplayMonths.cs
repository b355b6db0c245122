using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>Recomputes the chain and every published revision of every month from the ledger, and compares with what was published.</summary>
internal static class ReplayMonths
{
    private const int Batch = 5_000;

    /// <returns>Lines for a console: what held, and last the first difference, if there is one.</returns>
    public static async Task<(bool Same, List<string> Lines)> RunAsync(DispatchContext db, CancellationToken stop)
    {
        var chain = await ChainVerification.FromStartAsync(db, stop);
        var lines = new List<string> { $"ledger  {chain.Entries} entries, head {chain.HeadHash}" };
        if (chain.Fault is not null)
            return (false, [.. lines, $"DIFFERS ledger: {chain.Fault}"]);
        if (await FirstBrokenCommitmentAsync(db, stop) is { } broken)
            return (false, [.. lines, $"DIFFERS details of entry {broken}: they do not match the commitment in the chain"]);

        var closes = await db.Closes.AsNoTracking().Where(c => c.Status == CloseStatus.Published)
            .OrderBy(c => c.Period).ThenBy(c => c.Revision).ToListAsync(stop);
        foreach (var close in closes)
        {
            if (await FirstDifferenceAsync(close, db, stop) is { } difference)
                return (false, [.. lines, $"DIFFERS {close.Period} revision {close.Revision}: {difference}"]);
            lines.Add($"month   {close.Period} revision {close.Revision} through entry {close.LedgerSequence}, digest {close.Digest}");
        }

        return (true, lines);
    }

    private static async Task<string?> FirstDifferenceAsync(Close close, DispatchContext db, CancellationToken stop)
    {
        if (await db.RulebookOfAsync(close, stop) is not { } rulebook)
            return $"the rulebook {close.RulebookId} of {close.RulebookFrom:yyyy-MM-dd} with the SHA-256 {close.RulebookHash} is not in the database";

        var tally = new MonthTally(close, rulebook);
        for (var after = 0; await FactsOfDrivers.AsInAsync(db, close.Id, null, after, Batch, stop) is { Count: > 0 } drivers; after = drivers[^1].DriverId)
        {
            var last = drivers[^1].DriverId;
            var replayed = tally.Rate(new(last, drivers, await db.FilesInBriefAsync(after, last, close.LedgerSequence, stop)));
            var published = await db.Ratings.AsNoTracking()
                .Where(r => r.CloseId == close.Id && r.DriverId > after && r.DriverId <= last).OrderBy(r => r.DriverId).ToListAsync(stop);
            foreach (var ((_, facts), rating, again) in drivers.Zip(published, replayed))
            {
                if (rating.Points != again.Points || rating.Stars != again.Stars)
                {
                    return $"{facts.Driver} was published with {new Points(rating.Points)} points and {Stars(rating.Stars)} stars, "
                        + $"the ledger gives {new Points(again.Points)} and {Stars(again.Stars)}";
                }
            }
        }

        // The stored ratings now follow from the ledger, and their digest is that of the replay.
        var digest = await CloseDigest.OfAsync(db, close, stop);
        return digest == close.Digest ? null : $"digest {digest}, signed was {close.Digest}";
    }

    private static string Stars(int? stars) => stars is { } n ? $"{n}" : "no";

    private static async Task<long?> FirstBrokenCommitmentAsync(DispatchContext db, CancellationToken stop)
    {
        var kept = from details in db.LedgerDetails.AsNoTracking()
                   join entry in db.Ledger on details.Sequence equals entry.Sequence
                   orderby details.Sequence
                   select new { entry.Sequence, entry.DetailsCommitment, details.Salt, details.Json };
        await foreach (var row in kept.AsAsyncEnumerable().WithCancellation(stop))
        {
            if (Scoring.Ledger.LedgerChain.Commit(row.Salt, row.Json) != row.DetailsCommitment)
                return row.Sequence;
        }

        return null;
    }
}
