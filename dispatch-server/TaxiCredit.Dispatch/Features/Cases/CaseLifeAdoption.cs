using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>
/// Brings cases of an earlier version into the life that <see cref="CaseLife"/> describes, once. A decision that was reversed says so from then on. A case
/// that somebody had taken up is not under review in the present sense, for nobody was heard: it begins anew. What was decided stays as it was decided.
/// </summary>
internal static class CaseLifeAdoption
{
    /// <summary>Who acts in the audit log.</summary>
    public const string Actor = "upgrade";

    /// <summary>Call at each start, after the chronicle's adoption; the second time does nothing.</summary>
    public static async Task RunAsync(OperationContext context, CancellationToken stop)
    {
        var db = context.Db;
        if (await db.Settings.AsNoTracking().AnyAsync(s => s.Name == Setting.CaseLife, stop))
            return;

        await using var write = await db.BeginWriteAsync(stop);
        // Another server may have done it in the meantime.
        if (await db.Settings.AnyAsync(s => s.Name == Setting.CaseLife, stop))
            return;

        var reversed = await db.Cases.Where(c => c.Status == CaseStatus.Upheld
            && db.Ledger.Any(e => e.Reverses == c.LedgerSequence && !db.Ledger.Any(later => later.Reverses == e.Sequence))).ToListAsync(stop);
        var begun = await db.Cases.Where(c => c.Status == CaseStatus.UnderReview).ToListAsync(stop);
        foreach (var report in reversed)
        {
            report.Move(CaseSignal.Reverse);
            report.Told();
        }

        foreach (var report in begun)
            report.BeginAnew();
        db.Settings.Add(new Setting { Name = Setting.CaseLife, Value = "1" });
        if (reversed.Count + begun.Count > 0)
            context.Record(Actor, "adopt-case-life", $"{context.Today:yyyy-MM-dd}", $"reversed {reversed.Count}, begun anew {begun.Count}");
        await write.SaveAsync(stop);
        db.ChangeTracker.Clear();
    }
}
