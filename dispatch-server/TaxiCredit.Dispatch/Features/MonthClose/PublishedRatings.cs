using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>Stars of a driver as the newest revision of the newest published month has them.</summary>
internal sealed record PublishedRating(int DriverId, string Period, int Revision, int? Stars, DateTimeOffset PublishedAt);

internal static class PublishedRatings
{
    /// <summary>The newest revision of each published month.</summary>
    public static IQueryable<Close> NewestRevisions(DispatchContext db) =>
        db.Closes.Where(c => c.Status == CloseStatus.Published
            && !db.Set<Close>().Any(later => later.Period == c.Period && later.Status == CloseStatus.Published && later.Revision > c.Revision));

    /// <summary>Ratings of the newest published month, one per driver that it rated; a driver without a row is unrated.</summary>
    public static IQueryable<PublishedRating> Current(DispatchContext db) =>
        from close in NewestRevisions(db)
        where close.Period == db.Set<Close>().Where(c => c.Status == CloseStatus.Published).Max(c => c.Period)
        join rating in db.Ratings on close.Id equals rating.CloseId
        select new PublishedRating(rating.DriverId, close.Period, close.Revision, rating.Stars, close.PublishedAt!.Value);
}
