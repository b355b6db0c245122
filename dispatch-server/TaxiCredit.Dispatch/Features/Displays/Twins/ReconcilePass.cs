using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Holds;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Displays.Twins;

/// <summary>
/// Brings a batch of windscreens to what the truth says: derives, signs what differs, saves, then publishes. Whoever is stopped
/// between saving and publishing publishes the same bytes after the start.
/// </summary>
internal sealed class ReconcilePass(
    DispatchContext db, DisplayRegistry registry, TwinBoard board, ICabLink link, DisplayLeadership leadership, Repetition repetition, CabClaims claims,
    FirstWord firstWord, IOptions<DisplaySettings> settings, SigningClock clock, BureauTime bureau)
{
    /// <param name="cabIds">Cabs without a display are passed over.</param>
    /// <param name="publishAll">The broker may hold nothing: publish also what has not changed.</param>
    public async Task RunAsync(IReadOnlyCollection<int> cabIds, bool publishAll, CancellationToken stop)
    {
        if (!clock.TryRead(out var now))
            throw new ClockLeaptException();
        board.Keep(cabIds, await registry.RefreshAsync(db, cabIds, stop));
        if (!leadership.IsLeader)
        {
            var truths = await CabTruth.ReadAsync(db, cabIds, bureau.Today, stop);
            PutAsGiven(truths, await PublishingHolds.ReadAsync(db, stop));
            return;
        }
        var twins = await DeriveAsync(cabIds, now, stop);
        if (twins is null || await DeriveLeftCabsAsync(twins, now, stop) is not { } left)
            return;
        twins = VacateSwapped([.. twins, .. left], now);
        await SaveAsync(twins, stop);
        board.PutDesired(twins.ConvertAll(twin => Snapshot(twin.Truth with { Rating = twin.Rating, Config = twin.Config })));
        await leadership.GuardPublishingAsync(db, stop);
        foreach (var twin in twins.Where(twin => twin.Vacant is not null))
            await link.PublishAsync(Topics.Of(twin.Truth.Display, Topics.Rating), twin.Vacant!.Payload, retain: true, stop);
        foreach (var twin in twins.Where(twin => twin.ChangesDriver))
            await PublishAsync(twin, publishAll, now, stop);
        // The order of the others is all the same, and a broker far away takes many in the time of one.
        await SendWindow.SendAsync(
            twins.Where(twin => !twin.ChangesDriver), twin => PublishAsync(twin, publishAll, now, stop), () => leadership.GuardPublishingAsync(db, stop), stop);
    }

    /// <summary>In the order of publishing; where drivers swap cabs and no order helps, with a vacant windscreen in between.</summary>
    private static List<Twin> VacateSwapped(List<Twin> twins, DateTimeOffset instant)
    {
        var ordered = Handover.Order(twins, twin => twin.Before, twin => twin.After);
        var swapped = Handover.Swapped(ordered, twin => twin.Before, twin => twin.After);
        var now = instant.ToUnixTimeSeconds();
        return [.. ordered.Select(twin => !swapped.Contains(twin) ? twin : twin with
        {
            Vacant = DesiredRating.Sign(twin.Registered, RatingContent.Vacant, twin.Rating.Rev, now),
            Rating = DesiredRating.Sign(twin.Registered, twin.Rating.Content, twin.Rating.Rev + 1, now),
        })];
    }

    /// <returns>Twins of the cabs that may be published to; null while publishing to the whole city is held.</returns>
    private async Task<List<Twin>?> DeriveAsync(IReadOnlyCollection<int> cabIds, DateTimeOffset now, CancellationToken stop)
    {
        var truths = await CabTruth.ReadAsync(db, cabIds, bureau.Today, stop);
        var holds = await claims.LookAsync(truths, stop);
        // Cabs keep what they show, and pages what was last given.
        PutAsGiven(truths.Where(truth => holds.OfCity is not null || holds.Of(truth.DisplayId) || !registry.TryFind(truth.DisplayId, out _)), holds);
        if (holds.OfCity is not null)
            return null;
        var twins = new List<Twin>(cabIds.Count);
        foreach (var truth in truths.Where(truth => !holds.Of(truth.DisplayId)))
        {
            // One that is not registered yet is being provisioned, and its own nudge follows; or nothing can be signed for it, see DisplayRegistry.Held.
            if (registry.TryFind(truth.DisplayId, out var display))
                twins.Add(Sign(truth, display, now));
        }
        return twins;
    }

    private void PutAsGiven(IEnumerable<CabTruth> truths, PublishingHolds holds) =>
        board.PutDesired([.. truths.Where(truth => truth is { Rating: not null, Config: not null })
            .Select(truth => Snapshot(truth) with { Held = HeldOf(truth, holds) })]);

    private HeldBecause? HeldOf(CabTruth truth, PublishingHolds holds) =>
        registry.IsHeld(truth.DisplayId) ? HeldBecause.Key
        : holds.OfCity is not null ? HeldBecause.City
        : holds.Of(truth.DisplayId) ? HeldBecause.Display
        : null;

    private Twin Sign(CabTruth truth, RegisteredDisplay display, DateTimeOffset instant)
    {
        var now = instant.ToUnixTimeSeconds();
        var reported = board.ReportedOf(truth.DisplayId);
        var (rating, config) = (truth.ContentAt(instant), settings.Value.For(display.PendingKeys?.Epoch ?? display.Keys.Epoch));
        // What it was last given it may have again, and nothing that outbids what it has not told yet.
        if (truth is { Rating: { } given, Config: { } givenConfig } && given.SignedEpoch == display.Keys.Epoch
            && firstWord.IsAwaited(truth.DisplayId, instant))
            return new Twin(truth, display, given, givenConfig);
        return new Twin(
            truth,
            display,
            truth.Rating is { } lastRating && IsCurrent(lastRating, display, reported.Rev, now) && lastRating.Content == rating
                ? lastRating
                : DesiredRating.Sign(display, rating, DesiredMessage.NextRev(truth.Rating?.Rev ?? 0, DesiredMessage.Credible(reported.Rev, now), now), now),
            truth.Config is { } lastConfig && IsCurrent(lastConfig, display, reported.ConfigRev, now) && lastConfig.Content == config
                ? lastConfig
                : DesiredConfig.Sign(
                    display, config, DesiredMessage.NextRev(truth.Config?.Rev ?? 0, DesiredMessage.Credible(reported.ConfigRev, now), now), now));
    }

    /// <summary>Signed with the present epoch, and not older than what the cab holds, as it is where a person continues from a restored backup.</summary>
    private static bool IsCurrent(DesiredMessage last, RegisteredDisplay display, long reportedRev, long now) =>
        last.SignedEpoch == display.Keys.Epoch && last.Rev >= DesiredMessage.Credible(reportedRev, now);

    /// <summary>Cabs outside the batch whose windscreen still has a driver that comes to one within it.</summary>
    /// <inheritdoc cref="DeriveAsync" path="/returns"/>
    private async Task<List<Twin>?> DeriveLeftCabsAsync(List<Twin> batch, DateTimeOffset now, CancellationToken stop)
    {
        var left = new List<Twin>();
        var taken = batch.ConvertAll(twin => twin.Truth.DisplayId);
        for (var arriving = ArrivingDrivers(batch); arriving.Count > 0;)
        {
            var cabIds = await db.DesiredRatings
                .Where(rating => arriving.Contains(rating.Driver!) && !taken.Contains(rating.DisplayId))
                .Join(db.DisplaysInCabs, rating => rating.DisplayId, display => display.Id, (_, display) => display.CabId)
                .ToListAsync(stop);
            if (cabIds.Count == 0)
                break;
            if (await DeriveAsync(cabIds, now, stop) is not { } more)
                return null;
            left.AddRange(more);
            taken.AddRange(more.ConvertAll(twin => twin.Truth.DisplayId));
            arriving = ArrivingDrivers(more);
        }
        return left;
    }

    private static List<string> ArrivingDrivers(List<Twin> twins) =>
        [.. twins.Where(twin => twin.After is not null && twin.ChangesDriver).Select(twin => twin.After!)];

    private async Task SaveAsync(List<Twin> twins, CancellationToken stop)
    {
        var signed = twins.Where(twin => twin.IsNew).Select(twin => twin.Truth.CabId).ToList();
        if (signed.Count == 0)
            return;
        foreach (var twin in twins)
        {
            Put(twin.Truth.Rating, twin.Rating);
            Put(twin.Truth.Config, twin.Config);
        }
        // Whole, also while the server stops: a commit that was begun must not end in doubt.
        await using (var write = await db.BeginWriteAsync(stop))
        {
            await leadership.GuardAsync(db, CancellationToken.None);
            await write.SaveAsync(CancellationToken.None);
        }
        await link.TellAsync(Reconciler.Where(signed));
    }

    private void Put<T>(T? last, T next)
        where T : DesiredMessage
    {
        if (last is null)
            db.Add(next);
        else if (!ReferenceEquals(last, next))
            db.Update(next);
    }

    private async Task PublishAsync(Twin twin, bool publishAll, DateTimeOffset now, CancellationToken stop)
    {
        var (displayId, reported) = (twin.Truth.DisplayId, board.ReportedOf(twin.Truth.DisplayId));
        var isNew = publishAll || twin.IsNew;
        var isBehind = reported.Online && (reported.Rev != twin.Rating.Rev || reported.ConfigRev != twin.Config.Rev);
        if (isNew)
            repetition.Start(displayId, now);
        else if (!isBehind)
            repetition.End(displayId);
        var isRepeated = !isNew && isBehind && repetition.IsDue(displayId, now);
        if (publishAll || twin.Truth.Config != twin.Config || (isRepeated && reported.ConfigRev != twin.Config.Rev))
            await link.PublishAsync(Topics.Of(twin.Truth.Display, Topics.Config), twin.Config.Payload, retain: true, stop);
        if (publishAll || twin.Truth.Rating != twin.Rating || (isRepeated && reported.Rev != twin.Rating.Rev))
            await link.PublishAsync(Topics.Of(twin.Truth.Display, Topics.Rating), twin.Rating.Payload, retain: true, stop);
    }

    /// <summary>What is to stand in a windscreen from now on; the truth has what stood there before.</summary>
    private sealed record Twin(CabTruth Truth, RegisteredDisplay Registered, DesiredRating Rating, DesiredConfig Config)
    {
        /// <summary>Goes out before everything else, so that no driver stands in two windscreens; it is not kept.</summary>
        public DesiredRating? Vacant { get; init; }

        public string? Before => Truth.Rating?.Driver;

        public string? After => Rating.Driver;

        public bool ChangesDriver => Before != After;

        public bool IsNew => Truth.Rating != Rating || Truth.Config != Config;
    }

    private static TwinSnapshot Snapshot(CabTruth truth) => new(
        truth.DisplayId, truth.Display, truth.CabId, truth.Cab, truth.Plate, truth.Team, truth.Rating!, truth.Config!.Rev,
        new ReportedTwin { DisplayId = truth.DisplayId });
}
