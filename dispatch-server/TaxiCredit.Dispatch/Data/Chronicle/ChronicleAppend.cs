using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data.Bulk;

namespace TaxiCredit.Dispatch.Data.Chronicle;

/// <summary>
/// Appends to the chronicle, inside a write transaction. It commits to each row as the database gives it back, so that no conversion on the way
/// in can make row and commitment differ.
/// </summary>
internal sealed class ChronicleAppend
{
    private const int Batch = 5_000;

    private readonly DispatchContext _db;
    private readonly DateTimeOffset _now;
    private readonly List<ChronicleEntry> _entries = [];
    private readonly List<ChronicleMark> _marks = [];
    private long _sequence;
    private string _hash;

    private ChronicleAppend(DispatchContext db, DateTimeOffset now, (long Sequence, string Hash) end)
    {
        (_db, _now) = (db, now);
        (_sequence, _hash) = end;
    }

    public static async Task<ChronicleAppend> BeginAsync(DispatchContext db, DateTimeOffset now, CancellationToken stop) =>
        new(db, now, await db.EndAsync(ChainHead.Chronicle, stop) ?? (0, ChronicleChain.Genesis));

    /// <summary>A row that was stored or deleted just now. One that is as its last entry has it gets no other.</summary>
    public async Task AddAsync(RowForm form, TouchedRow row, CancellationToken stop)
    {
        var programs = row.Key();
        var values = await _db.RowAsync(form, programs, stop);
        var key = values is null ? RowForm.KeyOf(programs) : form.KeyOf(values);
        var last = await LastAsync(form.Table, key, stop);
        if (values is null ? last is null : last is not null && form.Commit(last.Salt, key, values) == last.Commitment)
            return;

        if (last is not null)
            await _db.ChangeAsync("""DELETE FROM "ChronicleMarks" WHERE "Table" = @table AND "Key" = @key""", stop, ("@table", form.Table), ("@key", key));
        if (values is null)
            Append(row.Change == RowChange.Stored ? RowChange.Deleted : row.Change, form.Table, key, last?.Sequence, null, null);
        else
            Store(form, key, values, last?.Sequence);
    }

    /// <summary>A row went of a table that something else commits to.</summary>
    public void Gone(string table, TouchedRow row) => Append(row.Change, table, RowForm.KeyOf(row.Key()), null, null, null);

    /// <summary>Commits to every row of a table that has no entry yet.</summary>
    public async Task AddAllAsync(RowForm form, CancellationToken stop)
    {
        var values = new string?[form.Columns.Count];
        if (!form.HasNumberKey)
        {
            var known = await _db.Set<ChronicleMark>().Where(m => m.Table == form.Table).Select(m => m.Key).ToHashSetAsync(stop);
            await _db.RowsAsync($"SELECT {form.Expressions} FROM \"{form.Table}\" t", row =>
            {
                form.Read(row, values);
                if (form.KeyOf(values) is var key && !known.Contains(key))
                    Store(form, key, values, null);
            }, stop);
            return;
        }

        // In batches: PostgreSQL takes no rows on a connection that is still answering.
        var name = form.KeyNames.Single();
        for (var (after, read) = ($"{long.MinValue}", Batch); read == Batch; await FlushAsync(stop))
        {
            read = 0;
            await _db.RowsAsync(
                $"""
                SELECT {form.Expressions}, m."Sequence" FROM (SELECT * FROM "{form.Table}" WHERE "{name}" > {after} ORDER BY "{name}" LIMIT {Batch}) t
                LEFT JOIN "ChronicleMarks" m ON m."Table" = '{form.Table}' AND m."Key" = CAST(t."{name}" AS TEXT) ORDER BY t."{name}"
                """,
                row =>
                {
                    form.Read(row, values);
                    (after, read) = (form.KeyOf(values), read + 1);
                    if (row.IsDBNull(values.Length))
                        Store(form, after, values, null);
                },
                stop);
        }
    }

    /// <summary>From here on each row of a table has an entry; or a chain that was there before goes on from a number and a hash.</summary>
    public void Adopt(string table, string? content) => Append(RowChange.Adopted, table, "", null, null, content);

    public async Task EndAsync(CancellationToken stop)
    {
        await FlushAsync(stop);
        await _db.MoveEndAsync(ChainHead.Chronicle, _sequence, _hash, stop);
    }

    /// <summary>The newest entry of a row that is there.</summary>
    private async Task<LastEntry?> LastAsync(string table, string key, CancellationToken stop)
    {
        LastEntry? last = null;
        await _db.ReadAsync(
            """
            SELECT m."Sequence", m."Salt", e."Commitment" FROM "ChronicleMarks" m JOIN "Chronicle" e ON e."Sequence" = m."Sequence"
            WHERE m."Table" = @table AND m."Key" = @key
            """,
            row => last = new(row.GetInt64(0), (byte[])row.GetValue(1), row.IsDBNull(2) ? null : row.GetString(2)), stop, ("@table", table), ("@key", key));
        return last;
    }

    private void Store(RowForm form, string key, string?[] values, long? replaces)
    {
        var salt = RowForm.NewSalt();
        Append(RowChange.Stored, form.Table, key, replaces, form.Commit(salt, key, values), form.IsOpen ? form.ContentOf(values) : null);
        _marks.Add(new() { Table = form.Table, Key = key, Sequence = _sequence, Salt = salt });
    }

    private void Append(RowChange change, string table, string key, long? replaces, string? commitment, string? content)
    {
        var entry = new ChronicleEntry
        {
            Sequence = ++_sequence, At = _now, Change = change, Table = table, Key = key, Replaces = replaces, Commitment = commitment, Content = content,
        };
        entry.Hash = _hash = ChronicleChain.HashOf(_hash, entry);
        _entries.Add(entry);
    }

    private async Task FlushAsync(CancellationToken stop)
    {
        await using (var table = BulkInsert<ChronicleEntry>.Into(_db))
            await table.WriteAsync(_entries, stop);
        await using (var table = BulkInsert<ChronicleMark>.Into(_db))
            await table.WriteAsync(_marks, stop);
        _entries.Clear();
        _marks.Clear();
    }

    private sealed record LastEntry(long Sequence, byte[] Salt, string? Commitment);
}
