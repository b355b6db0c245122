using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Holds;
using TaxiCredit.Dispatch.Features.Roster;

namespace TaxiCredit.Dispatch.Features.Displays.Twins;

/// <summary>
/// Finds cabs that say, under their own key, that they have a message which this database never gave: it was restored from before that message, or the
/// cab's key is in other hands. One claim holds that cab alone; three of different teams prove the loss and hold the city.
/// </summary>
internal sealed partial class CabClaims(
    DispatchContext db, TwinBoard board, DisplayLeadership leadership, TimeProvider time, ILogger<CabClaims> log)
{
    /// <summary>A team's cabs stand in one yard, where one person could reach the keys of all.</summary>
    public const int TeamsThatProve = 3;

    /// <summary>Holds which of these cabs claim something, and says what is held now.</summary>
    /// <exception cref="LeadershipLostException">Another server has taken over; nothing is stored.</exception>
    public async Task<PublishingHolds> LookAsync(IReadOnlyCollection<CabTruth> truths, CancellationToken stop)
    {
        var holds = await PublishingHolds.ReadAsync(db, stop);
        var claims = truths.Where(truth => !holds.Of(truth.DisplayId)
            && ClaimOf(truth.DisplayId, truth.Rating?.Rev, truth.Config?.Rev) is { } revision && !holds.IsAccepted(truth.DisplayId, revision)).ToList();
        if (claims.Count == 0)
            return holds;
        await HoldAsync(claims, stop);
        return await PublishingHolds.ReadAsync(db, stop);
    }

    /// <summary>The highest revision that the cab has and was never given; null if there is none.</summary>
    private long? ClaimOf(int displayId, long? rating, long? config)
    {
        var reported = board.ReportedOf(displayId);
        var claim = Math.Max(reported.Rev > (rating ?? 0) ? reported.Rev : 0, reported.ConfigRev > (config ?? 0) ? reported.ConfigRev : 0);
        return claim == 0 ? null : claim;
    }

    private async Task HoldAsync(List<CabTruth> claims, CancellationToken stop)
    {
        await using var write = await db.BeginWriteAsync(stop);
        await leadership.GuardAsync(db, CancellationToken.None);
        foreach (var truth in claims)
        {
            // Under the lock once more: what was given since the pass began may be what the cab has.
            var rating = await db.DesiredRatings.AsNoTracking().Where(r => r.DisplayId == truth.DisplayId).Select(r => (long?)r.Rev).SingleOrDefaultAsync(stop);
            var config = await db.DesiredConfigs.AsNoTracking().Where(c => c.DisplayId == truth.DisplayId).Select(c => (long?)c.Rev).SingleOrDefaultAsync(stop);
            if (ClaimOf(truth.DisplayId, rating, config) is not { } revision)
                continue;
            var given = Math.Max(rating ?? 0, config ?? 0);
            var evidence = $"display {truth.Display} in cab {truth.Cab} has revision {Say(revision)}, the last that this database gave it is {Say(given)}";
            var hold = new PublishingHold
            {
                Cause = HoldCause.CabAhead, DisplayId = truth.DisplayId, Evidence = evidence, Revision = revision, Since = time.GetUtcNow(),
            };
            if (await PublishingHolds.RaiseAsync(db, hold, truth.Display, stop))
                LogHeldCab(evidence);
        }

        await db.SaveChangesAsync(stop);
        await HoldCityAsync(stop);
        await write.SaveAsync(CancellationToken.None);
    }

    private async Task HoldCityAsync(CancellationToken stop)
    {
        var now = time.GetUtcNow();
        // A revision of a time that is not yet was never this server's: that cab lies, and proves nothing about the others.
        var latest = now.ToUnixTimeSeconds() + DesiredMessage.FurthestAhead;
        var ahead = await (from hold in db.PublishingHolds
                           where hold.DecidedAt == null && hold.Cause == HoldCause.CabAhead && hold.Revision <= latest
                           join display in db.DisplaysInCabs on hold.DisplayId equals display.Id
                           join cab in db.Set<Cab>() on display.CabId equals cab.Id
                           select new { cab.Code, cab.TeamId, hold.Revision }).ToListAsync(stop);
        if (ahead.Select(one => one.TeamId).Distinct().Count() < TeamsThatProve)
            return;
        var given = await db.DesiredRatings.MaxAsync(r => (long?)r.Now, stop) ?? 0;
        var evidence = string.Create(
            CultureInfo.InvariantCulture,
            $"{ahead.Count} cabs of {TeamsThatProve} or more teams ({string.Join(", ", ahead.Select(one => one.Code).Order().Take(10))}) have messages up to "
            + $"{Say(ahead.Max(one => one.Revision))}; the last that this database gave is of {Say(given)}");
        var held = new PublishingHold { Cause = HoldCause.CabsAhead, Evidence = evidence, Since = now };
        if (await PublishingHolds.RaiseAsync(db, held, await db.CityAsync(stop), stop))
            LogHeldCity(evidence);
    }

    /// <summary>Revisions are unix seconds or a little more.</summary>
    private static string Say(long revision) =>
        revision == 0 ? "none" : DateTimeOffset.FromUnixTimeSeconds(revision).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [LoggerMessage(4021, LogLevel.Warning, "Publishing to one display is held: {Evidence}; a person decides at /bureau/holds")]
    private partial void LogHeldCab(string evidence);

    [LoggerMessage(4022, LogLevel.Critical, "Publishing to all displays is held: {Evidence}; a person decides at /bureau/holds")]
    private partial void LogHeldCity(string evidence);
}
