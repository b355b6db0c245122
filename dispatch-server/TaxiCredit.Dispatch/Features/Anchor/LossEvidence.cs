using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Log;
using TaxiCredit.Dispatch.Features.Holds;

namespace TaxiCredit.Dispatch.Features.Anchor;

/// <param name="At">Instant of what is missing.</param>
internal sealed record Loss(HoldCause Cause, string Evidence, DateTimeOffset At);

/// <summary>
/// What can be seen in a moment, before anything is published: whether the database is behind what this server has signed, and the clock behind both.
/// </summary>
internal sealed class LossEvidence(DataFolder folder, DeliveredCheckpoints delivered)
{
    /// <summary>A clock is set by so much, and by servers side by side, without anything being lost.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <returns>Null if there is none.</returns>
    public async Task<Loss?> FindAsync(DispatchContext db, DateTimeOffset now, CancellationToken stop)
    {
        if ((await OfLogAsync(LogTree.City, db, stop) ?? await OfLogAsync(LogTree.Audit, db, stop)) is { } loss)
            return loss;
        var audited = await db.Audit.MaxAsync(a => (DateTimeOffset?)a.At, stop);
        var signed = await db.Checkpoints.MaxAsync(c => (DateTimeOffset?)c.At, stop);
        var latest = new[] { audited, signed, CheckpointFile.Read(folder, LogTree.City)?.At }.Max();
        return latest > now + ClockTolerance
            ? new(HoldCause.ClockRanBack, $"the clock says {Say(now)}, and something was stored at {Say(latest.Value)}", latest.Value)
            : null;
    }

    private async Task<Loss?> OfLogAsync(LogTree tree, DispatchContext db, CancellationToken stop)
    {
        var leaves = tree == LogTree.City ? await db.CityLeaves.LongCountAsync(stop) : await db.AuditLeaves.LongCountAsync(stop);
        var stored = await db.Checkpoints.AsNoTracking().Where(c => c.Tree == tree).OrderByDescending(c => c.Id)
            .Select(c => new { c.Size, c.At }).FirstOrDefaultAsync(stop);
        // A database that is older as a whole has no such checkpoint: here leaves alone were taken away.
        if (stored is not null && stored.Size > leaves)
        {
            return new(
                HoldCause.LogChanged,
                $"the checkpoint of {Say(stored.At)} covers {stored.Size} leaves of the {tree} log, the database has {leaves}", stored.At);
        }

        var kept = await delivered.FindAsync(db, tree, stop);
        if (CheckpointFile.Read(folder, tree) is var (own, ownAt))
            kept.Insert(0, new(own, ownAt, "this server"));
        var end = stored is null ? "before its first checkpoint" : $"after the checkpoint of {Say(stored.At)}";
        foreach (var (signed, at, keeper) in kept)
        {
            if (await db.Checkpoints.AnyAsync(c => c.Tree == tree && c.Size == signed.Size && c.Root == signed.Root, stop))
                continue;
            return new(
                HoldCause.LogBehind,
                $"{keeper} has a checkpoint over {signed.Size} leaves of the {tree} log, of {Say(at)}; that is not in the database, which has {leaves} "
                + $"and ends {end}",
                at);
        }

        return null;
    }

    private static string Say(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
