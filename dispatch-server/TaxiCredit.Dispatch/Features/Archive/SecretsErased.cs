using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Archive;

/// <summary>
/// The end of the chronicle in an archive. Rows that let somebody in are not in it, and the chronicle commits to them: it goes on with an entry for each,
/// that it was erased, or how an account was stored without its secrets. The entries follow from the database alone, so that two archives of one city are the
/// same, and one of a restored city, which has no secrets left, has none of them.
/// </summary>
internal sealed class SecretsErased
{
    private const string SaltForm = "taxicredit-archive-1\n";

    private readonly DispatchContext _db;
    private readonly Withheld _withheld;
    private readonly Dictionary<(string Table, string Key), (long Sequence, byte[] Salt)?> _marks = [];
    private readonly List<ChronicleEntry> _entries = [];
    private DateTimeOffset _at;
    private long _sequence;
    private string _hash = ChronicleChain.Genesis;

    private SecretsErased(DispatchContext db, Withheld withheld) => (_db, _withheld) = (db, withheld);

    /// <summary>What stands behind the last entry of the database.</summary>
    public IReadOnlyList<ChronicleEntry> Entries => _entries;

    /// <summary>Where the chronicle of the archive ends.</summary>
    public (long Sequence, string Hash) End => (_sequence, _hash);

    /// <param name="db">Inside the transaction in which the archive is read.</param>
    public static async Task<SecretsErased> OfAsync(DispatchContext db, Withheld withheld, CancellationToken stop)
    {
        var erased = new SecretsErased(db, withheld);
        if (await db.EndAsync(ChainHead.Chronicle, stop) is { } end)
            (erased._sequence, erased._hash) = end;
        erased._at = await db.Set<ChronicleEntry>().OrderByDescending(e => e.Sequence).Select(e => e.At).FirstOrDefaultAsync(stop);
        var tables = ChronicledTables.Of(db);
        foreach (var entity in tables.Entities.OrderBy(entity => entity.GetTableName(), StringComparer.Ordinal))
        {
            var table = entity.GetTableName()!;
            if (withheld.Tables.ContainsKey(table))
                await erased.AddErasedAsync(table, stop);
            else if (withheld.Columns.ContainsKey(table))
                await erased.AddBlankedAsync(tables.FormOf(entity), stop);
        }

        return erased;
    }

    /// <summary>The mark of a row in the archive; null if the row is not in it.</summary>
    public (long Sequence, byte[] Salt)? MarkOf(string table, string key, (long, byte[]) stored) =>
        _marks.TryGetValue((table, key), out var mark) ? mark : stored;

    private async Task AddErasedAsync(string table, CancellationToken stop)
    {
        var marks = await _db.Set<ChronicleMark>().AsNoTracking().Where(m => m.Table == table).OrderBy(m => m.Key).ToListAsync(stop);
        foreach (var mark in marks)
        {
            Append(RowChange.Erased, mark, null, null);
            _marks[(table, mark.Key)] = null;
        }
    }

    private async Task AddBlankedAsync(RowForm form, CancellationToken stop)
    {
        var marks = await _db.Set<ChronicleMark>().AsNoTracking().Where(m => m.Table == form.Table).ToDictionaryAsync(m => m.Key, stop);
        var changed = new List<(string Key, string?[] Values)>();
        var values = new string?[form.Columns.Count];
        await _db.RowsAsync($"SELECT {form.Expressions} FROM \"{form.Table}\" t", row =>
        {
            form.Read(row, values);
            var blanked = values.Select((value, n) => _withheld.Has(form.Table, form.Columns[n].Name) ? Withheld.Blank(form.Columns[n]) : value).ToArray();
            if (!blanked.SequenceEqual(values))
                changed.Add((form.KeyOf(values), blanked));
        }, stop);
        foreach (var (key, blanked) in changed.OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            // Without a mark nothing commits to the row, which verify finds in the archive as it does here.
            if (!marks.TryGetValue(key, out var mark))
                continue;
            var salt = SHA256.HashData([.. System.Text.Encoding.ASCII.GetBytes(SaltForm), .. mark.Salt])[..mark.Salt.Length];
            Append(RowChange.Stored, mark, form.Commit(salt, key, blanked), form.IsOpen ? form.ContentOf(blanked) : null);
            _marks[(form.Table, key)] = (_sequence, salt);
        }
    }

    private void Append(RowChange change, ChronicleMark mark, string? commitment, string? content)
    {
        var entry = new ChronicleEntry
        {
            Sequence = ++_sequence, At = _at, Change = change, Table = mark.Table, Key = mark.Key, Replaces = mark.Sequence, Commitment = commitment,
            Content = content,
        };
        entry.Hash = _hash = ChronicleChain.HashOf(_hash, entry);
        _entries.Add(entry);
    }

    /// <summary>An entry as a row of its table in the archive.</summary>
    public static string?[] RowOf(ChronicleEntry entry, ArchivedTable chronicle)
    {
        var row = new string?[chronicle.Form.Columns.Count];
        foreach (var (column, value) in new (string, string?)[]
        {
            (nameof(entry.Sequence), Number(entry.Sequence)), (nameof(entry.At), Number(entry.At.ToUnixTimeMilliseconds())),
            (nameof(entry.Change), $"{entry.Change}"), (nameof(entry.Table), entry.Table), (nameof(entry.Key), entry.Key),
            (nameof(entry.Replaces), Number(entry.Replaces!.Value)), (nameof(entry.Commitment), entry.Commitment),
            (nameof(entry.Content), entry.Content), (nameof(entry.Hash), entry.Hash),
        })
            row[chronicle.IndexOf(column)] = value;
        return row;
    }

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
