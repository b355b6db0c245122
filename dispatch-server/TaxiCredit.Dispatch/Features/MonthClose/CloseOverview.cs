using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>Which way a driver's stars went since the month before.</summary>
internal enum Movement { Fell, Rose, FirstRated, Lost }

/// <summary>A driver's rating in a close.</summary>
internal sealed record RatedLine(string Driver, string Name, string Team, decimal Points, int? Stars, int? PreviousStars, int DaysOnShift);

/// <summary>Which ratings of a close are asked for.</summary>
/// <param name="Stars"><c>4</c> to <c>0</c> or <c>unrated</c>; null for all.</param>
/// <param name="Team">Code of the team that a driver was in at the end of the month; null for all.</param>
internal sealed record RatedFilter(string? Stars = null, string? Team = null, Movement? Movement = null);

/// <summary>The closes of a month as those who close it see them, before they are published too.</summary>
internal static class CloseOverview
{
    public const int PageSize = 50;

    /// <summary>The newest close of a month; null if there is none yet.</summary>
    public static Task<Close?> NewestAsync(string period, DispatchContext db, CancellationToken stop) =>
        db.Closes.AsNoTracking().Include(c => c.Signatures).Where(c => c.Period == period).OrderByDescending(c => c.Revision).FirstOrDefaultAsync(stop);

    /// <summary>Closes that wait for a preview to be signed, for a second signature or for publication; not those that another includes.</summary>
    public static Task<List<Close>> WaitingAsync(DispatchContext db, CancellationToken stop) =>
        db.Closes.AsNoTracking().Include(c => c.Signatures).Where(c => c.Status != CloseStatus.Published && c.LedById == null)
            .OrderBy(c => c.Period).ToListAsync(stop);

    /// <summary>The month after the newest that is published; without one, the month before the bureau's.</summary>
    public static async Task<Month> NextAsync(OperationContext context, CancellationToken stop) =>
        await context.Db.Closes.Where(c => c.Status == CloseStatus.Published).MaxAsync(c => (string?)c.Period, stop) is { } newest
            ? Month.Parse(newest).Next
            : Month.Of(context.Today).Previous;

    /// <summary>The published close of the month before; null if it is not published.</summary>
    public static Task<int?> BeforeAsync(string period, DispatchContext db, CancellationToken stop)
    {
        var before = Month.Parse(period).Previous.ToString();
        return PublishedRatings.NewestRevisions(db).Where(c => c.Period == before).Select(c => (int?)c.Id).SingleOrDefaultAsync(stop);
    }

    /// <summary>Ratings of a close by driver code.</summary>
    /// <param name="page">1 and up.</param>
    public static async Task<(List<RatedLine> Lines, int Total)> RatingsAsync(
        int closeId, RatedFilter filter, int page, DispatchContext db, CancellationToken stop, int pageSize = PageSize)
    {
        var ratings = Matching(db.Ratings.AsNoTracking().Where(r => r.CloseId == closeId), filter);
        var period = await db.Closes.Where(c => c.Id == closeId).Select(c => c.Period).SingleAsync(stop);
        // The team of the month, not today's: a driver who moved is listed where the month was driven.
        var members = MembershipQueries.AsOf(db, Month.Parse(period).LastDay);
        var rows = from rating in ratings
                   join driver in db.Drivers on rating.DriverId equals driver.Id
                   join member in members on driver.Id equals member.DriverId
                   where filter.Team == null || member.Team.Code == filter.Team
                   select new { rating, driver.Code, driver.Name, Team = member.Team.Code };
        var lines = await rows.OrderBy(r => r.Code).Skip((page - 1) * pageSize).Take(pageSize).ToListAsync(stop);
        return (
            lines.ConvertAll(r => new RatedLine(
                r.Code, r.Name, r.Team, new Points(r.rating.Points).ToDecimal(), r.rating.Stars, r.rating.PreviousStars, r.rating.DaysOnShift)),
            await rows.CountAsync(stop));
    }

    private static IQueryable<Rating> Matching(IQueryable<Rating> ratings, RatedFilter filter)
    {
        ratings = filter.Stars switch
        {
            null => ratings,
            "unrated" => ratings.Where(r => r.Stars == null),
            var stars => int.TryParse(stars, out var count) ? ratings.Where(r => r.Stars == count) : ratings,
        };
        return filter.Movement switch
        {
            Movement.Fell => ratings.Where(r => r.Stars < r.PreviousStars),
            Movement.Rose => ratings.Where(r => r.Stars > r.PreviousStars),
            Movement.FirstRated => ratings.Where(r => r.Stars != null && r.PreviousStars == null),
            Movement.Lost => ratings.Where(r => r.Stars == null && r.PreviousStars != null),
            _ => ratings,
        };
    }
}
