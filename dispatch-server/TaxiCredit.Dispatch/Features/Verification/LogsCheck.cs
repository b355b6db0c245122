using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Log;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.TransparencyLog;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>
/// Recomputes both logs from the rows that their leaves stand for, compares them at the size of every checkpoint, and checks what was signed, with which
/// key, and that each key's first use is in the audit log.
/// </summary>
internal sealed class LogsCheck(DispatchContext db, Findings findings)
{
    /// <summary>Leaves of the city's log.</summary>
    public long Size { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        await findings.RunAsync("LogKeys", "-", () => CheckKeysAsync(stop), stop);
        await findings.RunAsync("Checkpoints", "-", () => CheckNotesAsync(stop), stop);
        await findings.RunAsync("LogDays", "-", () => CheckDaysAsync(stop), stop);
        await findings.RunAsync("CityLeaves", "-", async () =>
        {
            Size = await db.CityLeaves.LongCountAsync(stop);
            Tell("CityLeaves", await LogCheck.OfCityAsync(db, await LogWatch.SignedAsync(db, LogTree.City, stop), stop));
        }, stop);
        await findings.RunAsync("AuditLeaves", "-", async () =>
            Tell("AuditLeaves", await LogCheck.OfAuditAsync(db, await LogWatch.SignedAsync(db, LogTree.Audit, stop), stop)), stop);
        findings.Holds($"log     {Size} leaves");
    }

    private void Tell(string table, string? fault)
    {
        if (fault is not null)
            findings.Differs(table, "-", "log", "the tree that was signed, of the rows as they are", fault);
    }

    /// <summary>A key that signs for the first time is written to the audit log, whose chain keeps it.</summary>
    private async Task CheckKeysAsync(CancellationToken stop)
    {
        var noted = (await db.Audit.AsNoTracking().Where(a => a.Operation == CheckpointSigning.KeyAudited).ToListAsync(stop))
            .ConvertAll(a => (Id: a.Subject, Verifier: a.Detail, Since: a.At));
        foreach (var key in await db.LogKeys.AsNoTracking().ToListAsync(stop))
        {
            if (!noted.Remove((key.Id, key.Verifier, key.Since)))
                findings.Differs("LogKeys", key.Id, "its first use", $"a line {CheckpointSigning.KeyAudited} of that key and instant in the audit log", "none");
        }

        foreach (var key in noted)
            findings.Differs("LogKeys", key.Id, "key", "there, for the audit log has its first use", "none");
    }

    private async Task CheckNotesAsync(CancellationToken stop)
    {
        var keys = (await db.LogKeys.AsNoTracking().Select(k => k.Verifier).ToListAsync(stop)).ConvertAll(NoteVerifier.Parse);
        foreach (var signed in await db.Checkpoints.AsNoTracking().OrderBy(c => c.Id).ToListAsync(stop))
        {
            if (SignedNote.TryOpen(signed.Note, keys, out var text) is { } fault)
                findings.Differs("Checkpoints", $"{signed.Id}", "signature", "one by a key of this log", fault);
            else if (!keys.Exists(key => text == new Checkpoint(CheckpointSigning.OriginOf(signed.Tree, key.Name), signed.Size, signed.Root).Text))
                findings.Differs("Checkpoints", $"{signed.Id}", "log, size and root", "those that were signed", $"{signed.Tree} {signed.Size}");
            if (signed.Period is { } period && await PeriodAtAsync(signed.Size - 1, stop) is var last && last != period)
                findings.Differs("Checkpoints", $"{signed.Id}", "month with which it was made public", last ?? "none", period);
        }
    }

    /// <summary>Of the close whose leaf this is.</summary>
    private async Task<string?> PeriodAtAsync(long index, CancellationToken stop)
    {
        var leaf = await db.CityLeaves.AsNoTracking().SingleOrDefaultAsync(l => l.Index == index && l.Kind == LeafKind.Close, stop);
        return leaf is null ? null : await db.Closes.Where(c => c.Id == leaf.Key).Select(c => c.Period).SingleOrDefaultAsync(stop);
    }

    /// <summary>That a leaf's day is there and unchanged is found with the leaf.</summary>
    private async Task CheckDaysAsync(CancellationToken stop)
    {
        var without = db.LogDays.Where(d => !db.Set<CityLeaf>().Any(l => l.Kind == LeafKind.Day && l.Key == d.Through)).Select(d => d.Through);
        foreach (var day in await without.ToListAsync(stop))
            findings.Differs("LogDays", $"{day}", "leaf", "one", "none");
    }
}
