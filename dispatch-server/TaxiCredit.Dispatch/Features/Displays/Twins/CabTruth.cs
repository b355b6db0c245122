using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Displays.Twins;

/// <summary>What decides what a cab's windscreen should show, and what was last signed for it.</summary>
internal sealed record CabTruth
{
    public required int DisplayId { get; init; }

    public required string Display { get; init; }

    public required int CabId { get; init; }

    public required string Cab { get; init; }

    public required string Plate { get; init; }

    public required string Team { get; init; }

    /// <summary>Driver signed on, null with nobody.</summary>
    public required int? DriverId { get; init; }

    public required string? Driver { get; init; }

    public required DateTimeOffset? SignedOnAt { get; init; }

    /// <summary>The cab is the home of one driver, who is signed on.</summary>
    public required bool IsSole { get; init; }

    public required DesiredRating? Rating { get; init; }

    public required DesiredConfig? Config { get; init; }

    /// <summary>Of the newest publication; null without stars in it.</summary>
    public PublishedRating? Published { get; init; }

    public RatingContent ContentAt(DateTimeOffset now) => this switch
    {
        { Driver: null } => RatingContent.Vacant,
        { Published: { Stars: { } stars } published } =>
            RatingContent.Rated(stars, published.Period, Driver, IsSole, published.PublishedAt, now),
        _ => RatingContent.Unrated(Driver, SignedOnAt!.Value, now),
    };

    /// <summary>The truth of those of <paramref name="cabIds"/> that have a display, in three queries.</summary>
    public static async Task<List<CabTruth>> ReadAsync(
        DispatchContext db, IReadOnlyCollection<int> cabIds, DateOnly today, CancellationToken stop)
    {
        var truths = await Query(db, cabIds, today).ToListAsync(stop);
        var close = await PublishedRatings.NewestRevisions(db).OrderByDescending(c => c.Period).FirstOrDefaultAsync(stop);
        if (close is null)
            return truths;
        var driverIds = truths.Where(t => t.DriverId is not null).Select(t => t.DriverId!.Value).ToList();
        var stars = await db.Ratings
            .Where(r => r.CloseId == close.Id && driverIds.Contains(r.DriverId))
            .Select(r => new { r.DriverId, r.Stars })
            .ToDictionaryAsync(r => r.DriverId, r => r.Stars, stop);
        return truths.ConvertAll(truth => truth.DriverId is { } driver && stars.TryGetValue(driver, out var rated)
            ? truth with { Published = new(driver, close.Period, close.Revision, rated, close.PublishedAt!.Value) }
            : truth);
    }

    private static IQueryable<CabTruth> Query(DispatchContext db, IReadOnlyCollection<int> cabIds, DateOnly today) =>
        from display in db.DisplaysInCabs.AsNoTracking()
        where cabIds.Contains(display.CabId)
        join cab in db.Cabs on display.CabId equals cab.Id
        join open in db.Shifts.Where(s => s.OffAt == null) on display.CabId equals open.CabId into shifts
        from shift in shifts.DefaultIfEmpty()
        join signedRating in db.DesiredRatings on display.Id equals signedRating.DisplayId into ratings
        from rating in ratings.DefaultIfEmpty()
        join signedConfig in db.DesiredConfigs on display.Id equals signedConfig.DisplayId into configs
        from config in configs.DefaultIfEmpty()
        select new CabTruth
        {
            DisplayId = display.Id,
            Display = display.Code,
            CabId = cab.Id,
            Cab = cab.Code,
            Plate = cab.Plate,
            Team = cab.Team.Code,
            DriverId = (int?)shift!.DriverId,
            Driver = shift.Driver.Code,
            SignedOnAt = (DateTimeOffset?)shift.OnAt,
            IsSole = shift != null && shift.Driver.HomeCabId == cab.Id && db.Set<Driver>().Count(d => d.HomeCabId == cab.Id
                && db.Set<Membership>().Any(m => m.DriverId == d.Id && (m.LeftOn == null || m.LeftOn > today))) == 1,
            Rating = rating,
            Config = config,
        };
}
