using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.Holds;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Mqtt.Tls;
using TaxiCredit.Dispatch.Outbox;

namespace TaxiCredit.Dispatch.Features.Health;

/// <summary>What is looked at. Each limit is judged by a function of its own, so that it can be tried at its edge.</summary>
internal static class HealthChecks
{
    /// <summary>Below it SQLite and its log soon cannot grow.</summary>
    public const long FailedBytes = 100L * 1024 * 1024;

    public const long WarningBytes = 1024L * 1024 * 1024;

    public static readonly TimeSpan CheckpointWithin = TimeSpan.FromDays(2);

    public static readonly TimeSpan DeliveredWithin = TimeSpan.FromHours(1);

    public static readonly TimeSpan RenewedBefore = TimeSpan.FromDays(30);

    public static readonly IReadOnlyList<HealthCheck> All =
    [
        new("database", DatabaseAsync),
        new("disk", (look, _) => Task.FromResult<Finding?>(Disk(new DriveInfo(Path.GetFullPath(look.Of<DataFolder>().Path)).AvailableFreeSpace))),
        new("keys", (look, _) => Task.FromResult<Finding?>(Keys(look.Of<DisplayRegistry>().Held))),
        new("broker", (look, _) => Task.FromResult<Finding?>(Broker(look.Of<IBrokerAddress>()))),
        new("certificate", (look, _) => Task.FromResult(Certificate(look))),
        new("log", LogAsync),
        new("outbox", OutboxAsync),
        new("jobs", JobsAsync),
        new("leader", LeaderAsync),
        new("roster", RosterAsync),
        new("clock", (look, _) => Task.FromResult<Finding?>(Clock(look))),
    ];

    public static Finding Disk(long free) => free < FailedBytes
        ? Finding.Fail($"{free / 1024 / 1024} MiB free")
        : free < WarningBytes ? Finding.Warn($"{free / 1024 / 1024} MiB free") : Finding.Ok($"{free / 1024 / 1024} MiB free");

    public static Finding Validity(DateTimeOffset until, DateTimeOffset now) => until <= now
        ? Finding.Fail($"expired at {until.UtcDateTime:yyyy-MM-dd}")
        : until - now < RenewedBefore
            ? Finding.Warn($"{(until - now).Days} days left")
            : Finding.Ok($"{(until - now).Days} days left");

    public static Finding Outbox(int failed, DateTimeOffset? oldest, DateTimeOffset now) => failed > 0
        ? Finding.Fail($"{failed} messages have failed and wait for a person")
        : oldest is { } since && now - since > DeliveredWithin
            ? Finding.Warn($"the oldest message has waited for {(now - since).TotalMinutes:0} minutes")
            : Finding.Ok(oldest is null ? "nothing waits" : "delivering");

    public static Finding Checkpoint(DateTimeOffset? newest, DateTimeOffset now) => newest is { } at
        ? new(now - at > CheckpointWithin ? HealthState.Warning : HealthState.Ok, $"newest checkpoint of {at:yyyy-MM-dd HH:mm}Z")
        : Finding.Ok("no checkpoint yet; the first comes within a day");

    public static Finding Keys(IReadOnlyCollection<string> held) => held.Count == 0
        ? Finding.Ok("every root key can be opened")
        : Finding.Fail($"the key ring cannot open the keys of {held.Count} displays: {string.Join(", ", held.Take(5))}");

    private static async Task<Finding?> DatabaseAsync(HealthLook look, CancellationToken stop)
    {
        if (look.Of<WriteGate>().Closed is { } closed)
            return Finding.Fail(closed);
        try
        {
            // A write and no question: what cannot be written to can often still be read.
            await look.Db.AcquireAsync("health", "health", look.Now, TimeSpan.Zero, stop);
            return Finding.Ok($"writes; {look.Of<WriteGate>().Waiting} writers wait");
        }
        catch (Exception fault) when (Outages.Of(fault) is { } outage)
        {
            return Finding.Fail($"{outage}: {fault.GetBaseException().Message}");
        }
    }

    private static Finding Broker(IBrokerAddress broker) => broker.IsUp
        ? Finding.Ok($"{broker.Host} port {broker.Port}")
        : Finding.Fail($"not connected to {broker.Host} port {broker.Port}");

    private static Finding? Certificate(HealthLook look)
    {
        if (look.Services.GetService<BrokerCertificate>() is { } served)
            return Served(served.Set.Certificate.NotAfter, served.Fault, [.. served.Set.Authorities.Select(one => (DateTimeOffset)one.NotAfter)], look.Now);
        if (look.Of<IOptions<MqttSettings>>().Value.Broker?.CaFile is not { } file)
            return null;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return Authorities([.. authorities.Select(one => (DateTimeOffset)one.NotAfter)], look.Now);
    }

    /// <summary>What the embedded broker shows to cabs.</summary>
    /// <param name="fault">Why newer files are not served, or the served one is refused; null for nothing.</param>
    /// <param name="authorities">When those end that units are told to trust.</param>
    public static Finding Served(DateTimeOffset until, string? fault, IReadOnlyList<DateTimeOffset> authorities, DateTimeOffset now)
    {
        var validity = Validity(until, now);
        if (validity.State is HealthState.Failed)
            return fault is null ? validity : validity with { Detail = $"{validity.Detail}; {fault}" };
        if (fault is not null)
            return Finding.Warn($"{fault} The one before goes on serving: {validity.Detail}");
        var trusted = Authorities(authorities, now);
        return validity.State is HealthState.Warning || trusted.State is HealthState.Ok
            ? validity
            : Finding.Warn($"{validity.Detail}; of the authorities: {trusted.Detail}");
    }

    /// <summary>Two, so that one may end: it is time to act when the first does, and too late when none is left.</summary>
    public static Finding Authorities(IReadOnlyList<DateTimeOffset> until, DateTimeOffset now)
    {
        if (until.Count == 0)
            return Finding.Fail("no certificate in the file");
        var (first, last) = (Validity(until.Min(), now), Validity(until.Max(), now));
        return last.State is HealthState.Failed ? last
            : first.State is HealthState.Failed ? Finding.Warn($"one {first.Detail}; another: {last.Detail}")
            : first;
    }

    private static async Task<Finding?> LogAsync(HealthLook look, CancellationToken stop)
    {
        var holds = await PublishingHolds.OpenAsync(look.Db, stop);
        if (holds.Find(hold => hold.DisplayId is null) is { } city)
            return Finding.Fail($"publishing is held, {city.Cause}: {city.Evidence}");
        if (holds.Count > 0)
            return Finding.Warn($"publishing to {holds.Count} displays is held");
        var newest = await look.Db.Checkpoints.Where(c => c.Tree == LogTree.City).MaxAsync(c => (DateTimeOffset?)c.At, stop);
        return Checkpoint(newest, look.Now);
    }

    private static async Task<Finding?> OutboxAsync(HealthLook look, CancellationToken stop)
    {
        var open = look.Db.Set<OutboxMessage>().Where(m => m.SettledAt == null);
        var failed = await open.CountAsync(m => m.Status == OutboxStatus.Failed, stop);
        return Outbox(failed, await open.MinAsync(m => (DateTimeOffset?)m.CreatedAt, stop), look.Now);
    }

    private static async Task<Finding?> JobsAsync(HealthLook look, CancellationToken stop)
    {
        var failed = (await look.Db.LastJobRunsAsync(stop)).Where(run => run.Outcome == JobOutcome.Failed).Select(run => run.Name).ToList();
        return failed.Count == 0 ? Finding.Ok("every job succeeded last") : Finding.Warn($"failed last: {string.Join(", ", failed)}");
    }

    private static async Task<Finding?> LeaderAsync(HealthLook look, CancellationToken stop)
    {
        var lease = await look.Db.Leases.AsNoTracking().SingleOrDefaultAsync(l => l.Name == DisplayLeadership.LeaseName, stop);
        return lease is not null && lease.Until > look.Now
            ? Finding.Ok($"{(look.Of<DisplayLeadership>().IsLeader ? "this server" : "another server")}, fencing number {lease.Fence}")
            : Finding.Fail("no server leads the displays");
    }

    private static async Task<Finding?> RosterAsync(HealthLook look, CancellationToken stop) =>
        await SpellingKeys.FindDoubtfulAsync(look.Db, stop) is { Count: > 0 } doubtful
            ? Finding.Warn($"{string.Join("; ", doubtful.Take(5))}{(doubtful.Count > 5 ? $"; and {doubtful.Count - 5} more" : "")}")
            : Finding.Ok("every cab has a plate of its own");

    private static Finding Clock(HealthLook look) => look.Of<SigningClock>().Leap is var leap && leap == TimeSpan.Zero
        ? Finding.Ok("on its course")
        : Finding.Fail($"leapt by {leap:c}; nothing is signed for displays");
}
