using Microsoft.EntityFrameworkCore;

namespace TaxiCredit.Dispatch.Data.Chronicle;

/// <summary>Takes into the chronicle what is stored already: by an earlier version, or past the tracker by an import.</summary>
internal static class ChronicleAdoption
{
    /// <summary>Takes over each table that was not chronicled yet, and the audit log. Call at each start, after the migrations; the second time does nothing.</summary>
    public static async Task RunAsync(DispatchContext db, DateTimeOffset now, CancellationToken stop)
    {
        if (await MissingAsync(db, stop) is { Count: 0 })
            return;

        await using var write = await db.BeginWriteAsync(stop);
        // Another server may have done it in the meantime.
        var missing = await MissingAsync(db, stop);
        var appending = await ChronicleAppend.BeginAsync(db, now, stop);
        if (missing.Remove(AuditChain.Table))
            appending.Adopt(AuditChain.Table, await AuditChain.AdoptAsync(db, stop));
        foreach (var form in FormsOf(db).Where(form => missing.Contains(form.Table)))
        {
            appending.Adopt(form.Table, null);
            await appending.AddAllAsync(form, stop);
        }

        await appending.EndAsync(stop);
        if (await db.EndAsync(ChainHead.Ledger, stop) is null
            && await db.Ledger.OrderByDescending(e => e.Sequence).Select(e => new { e.Sequence, e.Hash }).FirstOrDefaultAsync(stop) is { } last)
            await db.MoveEndAsync(ChainHead.Ledger, last.Sequence, last.Hash, stop);
        await write.CommitAsync();
    }

    /// <summary>Commits to the rows of these tables that were stored past the tracker, inside the transaction that stored them.</summary>
    public static async Task AddAsync(DispatchContext db, IReadOnlyCollection<string> tables, DateTimeOffset now, CancellationToken stop)
    {
        var appending = await ChronicleAppend.BeginAsync(db, now, stop);
        foreach (var form in FormsOf(db).Where(form => tables.Contains(form.Table)))
            await appending.AddAllAsync(form, stop);
        await appending.EndAsync(stop);
    }

    private static IEnumerable<RowForm> FormsOf(DispatchContext db)
    {
        var tables = ChronicledTables.Of(db);
        return tables.Entities.Select(tables.FormOf).OrderBy(form => form.Table, StringComparer.Ordinal);
    }

    private static async Task<HashSet<string>> MissingAsync(DispatchContext db, CancellationToken stop)
    {
        var adopted = await db.Set<ChronicleEntry>().Where(e => e.Change == RowChange.Adopted).Select(e => e.Table).ToListAsync(stop);
        return [.. FormsOf(db).Select(form => form.Table).Append(AuditChain.Table).Except(adopted)];
    }
}
