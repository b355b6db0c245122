using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Log;
using TaxiCredit.Dispatch.Features.Holds;
using TaxiCredit.Dispatch.Outbox;
using TaxiCredit.TransparencyLog;

namespace TaxiCredit.Dispatch.Features.Anchor;

/// <summary>Signs checkpoints and sends them out: once a day of both logs, and a public one of the city's with each published month.</summary>
internal sealed class CheckpointSigning(
    DispatchContext db, CityTree trees, LogKeyFile keys, DataFolder folder, IOptions<AnchorSettings> settings, TimeProvider time)
{
    /// <summary>Kind of the messages in the outbox.</summary>
    public const string MessageKind = "log-checkpoint";

    /// <summary>Name in the audit log: a key that nobody knows of signs from now on.</summary>
    public const string KeyAudited = "add-log-key";

    private const int AuditBatch = 5_000;

    /// <summary>
    /// Gives audit lines and days that have none their leaves, then signs both logs. Does nothing while publishing is held for what the logs say: a
    /// signature must not cover up what is missing.
    /// </summary>
    /// <param name="guardAsync">Throws where another server has taken over; called in each transaction.</param>
    public async Task SignBothAsync(Func<Task> guardAsync, CancellationToken stop)
    {
        if (await IsHeldAsync(stop))
            return;
        await using (var write = await db.BeginWriteAsync(stop))
        {
            await guardAsync();
            await LogDays.AppendAsync(db, time.GetUtcNow(), stop);
            await write.SaveAsync(stop);
        }

        while (await AppendAuditAsync(guardAsync, stop))
            db.ChangeTracker.Clear();

        var (size, root) = await trees.WithCityAsync(db, (tree, leaves) => (tree.Size, tree.Root(tree.Size, leaves)), stop);
        var (auditSize, auditRoot) = await trees.AuditAsync(db, stop);
        List<SignedCheckpoint> signed;
        await using (var write = await db.BeginWriteAsync(stop))
        {
            await guardAsync();
            var now = time.GetUtcNow();
            signed =
            [
                await SignAsync(LogTree.City, size, root, null, now, stop), await SignAsync(LogTree.Audit, auditSize, auditRoot, null, now, stop),
            ];
            await write.SaveAsync(stop);
        }

        signed.ForEach(one => CheckpointFile.Write(folder, one));
    }

    /// <summary>
    /// Signs the city's log up to the leaf of the newest close if no public checkpoint covers it: its size tells nothing of what was decided since.
    /// </summary>
    public async Task SignPublicationAsync(CancellationToken stop)
    {
        if (await NextPublicAsync(stop) is null || await IsHeldAsync(stop))
            return;
        await using var write = await db.BeginWriteAsync(stop);
        // Another server may have been faster.
        if (await NextPublicAsync(stop) is not { } close)
            return;
        var size = close.Leaf + 1;
        var root = await trees.WithCityAsync(db, (tree, leaves) => tree.Root(size, leaves), stop);
        var signed = await SignAsync(LogTree.City, size, root, close.Period, time.GetUtcNow(), stop);
        await write.SaveAsync(stop);
        CheckpointFile.Write(folder, signed);
    }

    private async Task<bool> IsHeldAsync(CancellationToken stop) =>
        await db.PublishingHolds.AnyAsync(
            h => h.Cause == HoldCause.LogChanged || (h.DecidedAt == null && h.Cause == HoldCause.LogBehind), stop);

    private async Task<(long Leaf, string Period)?> NextPublicAsync(CancellationToken stop)
    {
        var covered = await db.Checkpoints.Where(c => c.Period != null).MaxAsync(c => (long?)c.Size, stop) ?? 0;
        var leaf = await db.CityLeaves.AsNoTracking().Where(l => l.Kind == LeafKind.Close && l.Index >= covered).OrderByDescending(l => l.Index)
            .Select(l => new { l.Index, l.Key }).FirstOrDefaultAsync(stop);
        if (leaf is null)
            return null;
        return (leaf.Index, await db.Set<MonthClose.Close>().Where(c => c.Id == leaf.Key).Select(c => c.Period).SingleAsync(stop));
    }

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> AppendAuditAsync(Func<Task> guardAsync, CancellationToken stop)
    {
        await using var write = await db.BeginWriteAsync(stop);
        await guardAsync();
        // Not by the greatest id: lines of readers commit without the write lock, a lower id perhaps after a higher one.
        var lines = await db.Audit.AsNoTracking().Where(a => !db.Set<AuditLeaf>().Any(l => l.AuditId == a.Id)).OrderBy(a => a.Id).Take(AuditBatch)
            .ToListAsync(stop);
        var next = (await db.AuditLeaves.MaxAsync(l => (long?)l.Index, stop) ?? -1) + 1;
        db.AuditLeaves.AddRange(lines.Select(line => AuditLeaf.Of(next++, line)));
        await write.SaveAsync(stop);
        return lines.Count == AuditBatch;
    }

    private async Task<SignedCheckpoint> SignAsync(LogTree tree, long size, byte[] root, string? period, DateTimeOffset now, CancellationToken stop)
    {
        var origin = settings.Value.OriginOf(await db.CityAsync(stop));
        var signers = keys.SignersOf(origin);
        foreach (var signer in signers)
        {
            if (!await db.LogKeys.AnyAsync(k => k.Id == signer.Verifier.IdHex, stop))
            {
                db.LogKeys.Add(new LogKey { Id = signer.Verifier.IdHex, Verifier = signer.Verifier.Text, Since = now });
                db.Audit.Add(new AuditEntry
                {
                    At = now, Actor = PublishingHolds.Finder, Operation = KeyAudited, Subject = signer.Verifier.IdHex, Detail = signer.Verifier.Text,
                });
                await db.SaveChangesAsync(stop);
            }
        }

        var note = SignedNote.Sign(new Checkpoint(OriginOf(tree, origin), size, root).Text, signers);
        var signed = new SignedCheckpoint { Tree = tree, Size = size, Root = root, At = now, Note = note, Period = period };
        db.Checkpoints.Add(signed);
        foreach (var recipient in settings.Value.Recipients.Select(one => one.Split(':', 2)))
        {
            var message = JsonSerializer.Serialize(new { log = tree.ToString().ToLower(CultureInfo.InvariantCulture), period, note });
            db.AddToOutbox(recipient[0], recipient[1], MessageKind, message, now);
        }

        return signed;
    }

    public static string OriginOf(LogTree tree, string origin) => tree == LogTree.City ? origin : $"{origin}/audit";
}
