using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>
/// Keeps every rulebook that is used: its text is stored in the transaction of the close or the entry that uses it, so that no file is needed again to
/// replay or explain either.
/// </summary>
internal sealed partial class RulebookUse(InstalledRulebooks rulebooks, IClosedMonths months, TimeProvider time, ILogger<RulebookUse> log)
{
    /// <summary>
    /// Takes up what the database has. A database from before rulebooks were stored adopts the installed files: those whose text a close names, and
    /// those that were in force up to what is settled. Call once, before anything is served.
    /// </summary>
    public async Task LoadAsync(DispatchContext db, CancellationToken stop)
    {
        var named = await months.RulebooksAsync(db, stop);
        if (!await db.Rulebooks.AnyAsync(stop) && (named.Count > 0 || await db.Ledger.AnyAsync(stop)))
            await AdoptAsync(db, named, stop);
        var stored = await db.Rulebooks.Select(r => r.Sha256).ToListAsync(stop);
        foreach (var (close, sha256) in named.Where(n => !stored.Contains(n.Sha256)))
            LogGone(close, sha256);
        await MergeAsync(db, stop);
    }

    /// <summary>
    /// Stores the versions that are in force up to a day and are not stored yet. Call under the write lock, before what uses them is saved.
    /// </summary>
    /// <returns>
    /// <c>rulebook-reaches-back</c>: a file begins before what is settled. <c>rulebook-outdated</c>: another server has used a version that this one
    /// did not have; it has it now, and the operation can be repeated.
    /// </returns>
    public async Task<Refusal?> KeepAsync(DispatchContext db, DateOnly through, CancellationToken stop)
    {
        var stored = await db.Rulebooks.AsNoTracking().Select(r => new { r.Sha256, r.EffectiveFrom, r.RulesSha256 }).ToListAsync(stop);
        if (stored.Find(s => s.RulesSha256 != rulebooks.RulesFrom(s.EffectiveFrom)) is { } other)
        {
            await MergeAsync(db, stop);
            return Refusal.Conflict(
                "rulebook-outdated", $"Another server has used the rules of {other.EffectiveFrom:yyyy-MM-dd}, which this one has read only now; repeat it.");
        }

        var fresh = rulebooks.Texts.Where(text => text.From <= through && stored.All(s => s.Sha256 != text.Sha256)).ToList();
        var brought = fresh.Where(text => stored.All(s => s.EffectiveFrom != text.From)).ToList();
        if (stored.Count > 0 && brought.Count > 0 && await SettledAsync(db, stop) is { } settled && brought.Find(text => text.From <= settled) is { } late)
        {
            return Refusal.Conflict(
                "rulebook-reaches-back",
                $"{late.Origin} is effective from {late.From:yyyy-MM-dd}, but everything up to {settled:yyyy-MM-dd} is settled by other rules; "
                + "take the file away and restart the server.");
        }

        Store(db, fresh);
        return null;
    }

    /// <summary>The last day that is settled: no version may begin on it or before. Null in a city without decisions and published months.</summary>
    public async Task<DateOnly?> SettledAsync(DispatchContext db, CancellationToken stop)
    {
        var decided = await db.Ledger.MaxAsync(e => (DateOnly?)e.DecidedOn, stop);
        var published = await months.ThroughAsync(db, stop);
        return decided is null || published > decided ? published : decided;
    }

    private async Task AdoptAsync(DispatchContext db, List<(string Close, string Sha256)> named, CancellationToken stop)
    {
        await using var write = await db.BeginWriteAsync(stop);
        // Another server may have been first.
        if (await db.Rulebooks.AnyAsync(stop))
            return;
        var settled = await SettledAsync(db, stop);
        Store(db, rulebooks.Texts.Where(text => text.From <= settled || named.Any(n => n.Sha256 == text.Sha256)));
        await write.SaveAsync(stop);
    }

    private async Task MergeAsync(DispatchContext db, CancellationToken stop)
    {
        var rows = await db.Rulebooks.AsNoTracking().OrderBy(r => r.StoredAt).ThenBy(r => r.Sha256).ToListAsync(stop);
        // What is settled has to be sought in the whole ledger, at each start: only for a file that brings something.
        rulebooks.Merge(rows, rows.Count == 0 || !rulebooks.BringOthersThan(rows) ? null : await SettledAsync(db, stop));
    }

    private void Store(DispatchContext db, IEnumerable<RulebookText> texts) => db.Rulebooks.AddRange(texts.Select(text => new StoredRulebook
    {
        Sha256 = text.Sha256, RulebookId = text.Rules.Id, EffectiveFrom = text.From, RulesSha256 = text.RulesSha256, Json = text.Json,
        StoredAt = time.GetUtcNow(),
    }));

    [LoggerMessage(
        2101, LogLevel.Warning, "The close {Close} was begun with a rulebook whose text (SHA-256 {Sha256}) is gone; it can be neither replayed nor explained")]
    private partial void LogGone(string close, string sha256);
}
