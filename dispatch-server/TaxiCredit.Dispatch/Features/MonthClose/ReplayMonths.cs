using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>Recomputes the chain and every published revision of every month from the ledger, and compares with what was published.</summary>
internal static class ReplayMonths
{
    /// <returns>Lines for a console: what held, and last the first difference, if there is one.</returns>
    public static async Task<(bool Same, List<string> Lines)> RunAsync(DispatchContext db, InstalledRulebooks rulebooks, CancellationToken stop)
    {
        var chain = await ChainVerification.FromStartAsync(db, stop);
        var lines = new List<string> { $"ledger  {chain.Entries} entries, head {chain.HeadHash}" };
        if (chain.Fault is not null)
            return (false, [.. lines, $"DIFFERS ledger: {chain.Fault}"]);
        if (await FirstBrokenCommitmentAsync(db, stop) is { } broken)
            return (false, [.. lines, $"DIFFERS details of entry {broken}: they do not match the commitment in the chain"]);

        var closes = await db.Closes.AsNoTracking().Where(c => c.Status == CloseStatus.Published).OrderBy(c => c.Period).ThenBy(c => c.Revision).ToListAsync(stop);
        foreach (var close in closes)
        {
            if (await FirstDifferenceAsync(close, db, rulebooks, stop) is { } difference)
                return (false, [.. lines, $"DIFFERS {close.Period} revision {close.Revision}: {difference}"]);
            lines.Add($"month   {close.Period} revision {close.Revision} through entry {close.LedgerSequence}, digest {close.Digest}");
        }

        return (true, lines);
    }

    private static async Task<string?> FirstDifferenceAsync(Close close, DispatchContext db, InstalledRulebooks rulebooks, CancellationToken stop)
    {
        var rulebook = rulebooks.Versions.SingleOrDefault(v => v.Id == close.RulebookId && v.EffectiveFrom == close.RulebookFrom);
        if (rulebook is null || rulebooks.HashOf(rulebook) != close.RulebookHash)
            return $"the rulebook {close.RulebookId} of {close.RulebookFrom:yyyy-MM-dd} is not the text it was closed with";

        var published = await db.Ratings.AsNoTracking().Where(r => r.CloseId == close.Id).ToDictionaryAsync(r => r.DriverId, stop);
        var facts = await FactsOfDrivers.AsInAsync(db, close.Id, null, stop);
        var replayed = await MonthTally.RunAsync(db, rulebook, Month.Parse(close.Period), close.LedgerSequence, facts, stop);
        foreach (var (driverId, total) in replayed)
        {
            var rating = published[driverId];
            if (rating.Points != total.Points.Hundredths || rating.Stars != total.Stars)
                return $"{facts[driverId].Driver} was published with {new Points(rating.Points)} points and {Stars(rating.Stars)} stars, the ledger gives {total.Points} and {Stars(total.Stars)}";
        }

        var digest = MonthTally.Digest(replayed.Select(r => (facts[r.DriverId], r.Total.Points.Hundredths, r.Total.Stars)));
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
