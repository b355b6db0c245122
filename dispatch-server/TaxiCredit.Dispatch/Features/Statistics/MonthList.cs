using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.Statistics;

/// <summary>A published month in a line.</summary>
/// <param name="Rated">Drivers by stars, with every key that <see cref="MonthView"/> names.</param>
/// <param name="Complaints">As <see cref="MonthView.Complaints"/>.</param>
internal sealed record MonthLine(string Period, int Revision, IReadOnlyDictionary<string, int> Rated, int? Complaints)
{
    /// <summary>Every published month in its newest revision, newest first. Three questions to the database, however many months there are.</summary>
    public static async Task<List<MonthLine>> AllAsync(DispatchContext db, CancellationToken stop)
    {
        var newest = PublishedRatings.NewestRevisions(db);
        var closes = await newest.OrderByDescending(c => c.Period).Select(c => new { c.Id, c.Period, c.Revision }).ToListAsync(stop);
        var ratings = await db.Ratings.Where(r => newest.Any(c => c.Id == r.CloseId))
            .GroupBy(r => new { r.CloseId, r.Stars }).Select(g => new { g.Key.CloseId, g.Key.Stars, Count = g.Count() }).ToListAsync(stop);
        var complaints = await db.Cases.Where(c => c.Kind == CaseKind.Complaint)
            .GroupBy(c => new { c.SubmittedOn.Year, c.SubmittedOn.Month }).Select(g => new { g.Key.Year, g.Key.Month, Count = g.Count() })
            .ToDictionaryAsync(g => new Month(g.Year, g.Month).ToString(), g => g.Count, stop);
        var rated = ratings.ToLookup(r => r.CloseId, r => (r.Stars, r.Count));
        return closes.ConvertAll(
            c => new MonthLine(c.Period, c.Revision, RatedCounts.ByStars(rated[c.Id]), MonthView.FromFive(complaints.GetValueOrDefault(c.Period))));
    }
}
