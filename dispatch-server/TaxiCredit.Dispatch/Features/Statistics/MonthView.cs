using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Statistics.Bulletins;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Statistics;

/// <param name="HeadHash">Hash of the ledger's last entry: whoever notes it down can later prove that nothing before it was changed.</param>
/// <param name="Verified">Whether the first <paramref name="Entries"/> follow from each other.</param>
/// <param name="Whole">False while later entries are still being read.</param>
internal sealed record ChainView(long Entries, string HeadHash, bool Verified, bool Whole)
{
    public static ChainView Of(ChainReport report) => new(report.Entries, report.HeadHash, report.Verified, report.IsWhole);
}

internal sealed record RevisionView(
    int Revision, CloseStatus Status, string Reason, long LedgerSequence, string Digest, DateTimeOffset? PublishedAt, IReadOnlyList<string> SignedBy);

/// <summary>The city's month. Public: it names no driver.</summary>
/// <param name="Status"><c>open</c> until it is previewed, then <c>previewed</c>, <c>signedOff</c>, <c>published</c>.</param>
/// <param name="Revision">Revision that <paramref name="Rated"/> tells of; 0 while nothing is published.</param>
/// <param name="Rated">Drivers by stars, <c>"4"</c> to <c>"0"</c> and <c>unrated</c>, in the newest published revision.</param>
/// <param name="Shown">Windscreens by the lights that displays last measured, the same keys and <c>dark</c>.</param>
/// <param name="Complaints">Complaints submitted in the month; null before it is published, and
/// where fewer than five would point at the people who made them.</param>
internal sealed record MonthView(
    string Period, CloseStatus Status, int Revision, string? Rulebook, IReadOnlyDictionary<string, int> Rated, IReadOnlyDictionary<string, int> Shown,
    int? Complaints, bool Synthetic, ChainView Chain, AnchorView Log, IReadOnlyList<RevisionView> Revisions)
{
    public static async Task<Outcome<MonthView>> OfAsync(
        string period, DispatchContext db, DisplayStandings windscreens, ChainVerification chain, CancellationToken stop)
    {
        var read = Periods.Read(period);
        if (read.Refusal is not null)
            return read.Refusal;

        var month = read.Value;
        var closes = await db.Closes.AsNoTracking().Include(c => c.Signatures).Where(c => c.Period == period).OrderBy(c => c.Revision).ToListAsync(stop);
        var published = closes.LastOrDefault(c => c.Status == CloseStatus.Published);
        // Only with what is published: a count that moved from day to day would tell when somebody complained.
        var complaints = published is null ? 0 : await CountedComplaints.Told(db).CountAsync(
            c => c.SubmittedOn >= month.FirstDay && c.SubmittedOn <= month.LastDay, stop);
        if (closes.Count == 0)
            return Refusal.Missing("month-unknown", $"Nothing is known of {period}; see GET /api/v1/months.");

        var verified = await chain.ContinueAsync(SharedRuns.PagePatience, stop);
        return new MonthView(
            period, (published ?? closes.LastOrDefault())?.Status ?? CloseStatus.Open, published?.Revision ?? 0,
            published is null ? null : $"{published.RulebookId} {published.RulebookFrom:yyyy-MM-dd}",
            await RatedCounts.OfAsync(published, db, stop), ShownCounts.Of(windscreens.All), FromFive(complaints),
            await db.Settings.AnyAsync(s => s.Name == Setting.Synthetic, stop),
            ChainView.Of(verified), await AnchorView.OfAsync(db, stop),
            [.. closes.Select(c =>
                new RevisionView(c.Revision, c.Status, c.Reason, c.LedgerSequence, c.Digest, c.PublishedAt, [.. c.Signatures.Select(s => s.Actor).Order()]))]);
    }

    /// <summary>Null where fewer than five would point at the people who complained.</summary>
    public static int? FromFive(int complaints) => complaints < SmallCells.FewestPeople ? null : complaints;
}
