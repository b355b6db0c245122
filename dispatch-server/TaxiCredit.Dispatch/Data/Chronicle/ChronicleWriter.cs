using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using TaxiCredit.Dispatch.Data.Ledger;

namespace TaxiCredit.Dispatch.Data.Chronicle;

/// <summary>
/// Stores what a context has tracked, and in the same transaction commits to each chronicled row that it stored, changed or deleted, chains each
/// line of the audit log, and moves the ends of the chains. What goes past the tracker (<c>ExecuteUpdate</c>, SQL by hand) is not seen: on a
/// chronicled table it would be found by <c>verify</c> as what it looks like, a change behind the server.
/// </summary>
internal static class ChronicleWriter
{
    /// <param name="save">Stores, inside the transaction that is open then.</param>
    /// <param name="erased">Entities whose deletion is an erasure after their time.</param>
    public static async Task<int> SaveAsync(
        DispatchContext db, Func<CancellationToken, Task<int>> save, IReadOnlySet<object> erased, DateTimeOffset now, CancellationToken stop)
    {
        var tables = ChronicledTables.Of(db);
        var touched = new List<EntityEntry>();
        var lines = new List<EntityEntry<AuditEntry>>();
        LedgerRow? last = null;
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted))
                continue;
            if (entry is { State: EntityState.Added, Entity: AuditEntry })
                lines.Add(db.Entry((AuditEntry)entry.Entity));
            else if (entry is { State: EntityState.Added, Entity: LedgerRow row } && row.Sequence > (last?.Sequence ?? 0))
                last = row;
            else if (IsFact(entry, tables))
                touched.Add(entry);
        }

        if (touched.Count + lines.Count == 0 && last is null)
            return await SaveAloneAsync(db, save, stop);

        await using var write = await db.BeginWriteAsync(stop);
        if (lines.Count > 0)
            await AuditChain.SealAsync(db, lines, stop);
        var changes = touched.ConvertAll(entry => TouchedRow.Of(entry, erased));
        var stored = await save(stop);
        if (last is not null)
            await db.MoveEndAsync(ChainHead.Ledger, last.Sequence, last.Hash, stop);
        if (changes.Count > 0)
            await AppendAsync(db, tables, changes, now, stop);
        await write.CommitAsync();
        return stored;
    }

    /// <summary>SQLite has one lock for all writers, also of what no chain covers.</summary>
    private static async Task<int> SaveAloneAsync(DispatchContext db, Func<CancellationToken, Task<int>> save, CancellationToken stop)
    {
        if (db is not SqliteDispatchContext || !db.ChangeTracker.HasChanges())
            return await save(stop);
        await using var write = await db.BeginWriteAsync(stop);
        var stored = await save(stop);
        await write.CommitAsync();
        return stored;
    }

    private static async Task AppendAsync(DispatchContext db, ChronicledTables tables, List<TouchedRow> changes, DateTimeOffset now, CancellationToken stop)
    {
        var appending = await ChronicleAppend.BeginAsync(db, now, stop);
        foreach (var details in changes.Where(change => !tables.Contains(change.Entity)))
            appending.Gone(details.Entity.GetTableName()!, details);
        changes.RemoveAll(change => !tables.Contains(change.Entity));
        foreach (var rows in changes.DistinctBy(change => (change.Entity, RowForm.KeyOf(change.Key()))).GroupBy(change => change.Entity))
        {
            var form = tables.FormOf(rows.Key);
            foreach (var row in rows)
                await appending.AddAsync(form, row, stop);
        }

        await appending.EndAsync(stop);
    }

    private static bool IsFact(EntityEntry entry, ChronicledTables tables)
    {
        // The ledger commits to its details; only that they go is a fact of the chronicle.
        if (entry is { Entity: LedgerDetails, State: EntityState.Deleted })
            return true;
        // A document inside a row is a fact of that row.
        if (entry.Metadata.FindOwnership() is { } ownership)
            return tables.Contains(ownership.PrincipalEntityType);
        return tables.Contains(entry.Metadata)
            && (entry.State != EntityState.Modified || entry.Properties.Any(p => p.IsModified && tables.Covers(p.Metadata)));
    }
}

/// <summary>A row that is being stored. The key of a new one is known once it is.</summary>
internal sealed record TouchedRow(IEntityType Entity, Func<object?[]> Key, RowChange Change)
{
    public static TouchedRow Of(EntityEntry entry, IReadOnlySet<object> erased)
    {
        if (entry.Metadata.FindOwnership() is { } ownership)
        {
            var owner = ownership.Properties.Select(p => Stored(entry.Property(p.Name))).ToArray();
            return new(ownership.PrincipalEntityType, () => owner, RowChange.Stored);
        }

        var names = entry.Metadata.FindPrimaryKey()!.Properties.Select(p => p.Name).ToList();
        if (entry.State != EntityState.Deleted)
            return new(entry.Metadata, Values, RowChange.Stored);
        var before = Values();
        return new(entry.Metadata, () => before, erased.Contains(entry.Entity) ? RowChange.Erased : RowChange.Deleted);

        object?[] Values() => [.. names.Select(name => Stored(entry.Property(name)))];

        // As the database keeps it: a word of a list is stored as text, and a row is found again by that alone.
        static object? Stored(PropertyEntry key) =>
            key.Metadata.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(key.CurrentValue) : key.CurrentValue;
    }
}
