using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>Recomputes the chain of the chronicle and learns from it what other checks compare with.</summary>
internal sealed class ChronicleCheck(DispatchContext db, Findings findings)
{
    private static readonly RawColumn[] Columns =
    [
        RawColumn.Number("\"Sequence\""), RawColumn.Number("\"At\""), RawColumn.Text("\"Change\""), RawColumn.Text("\"Table\""), RawColumn.Text("\"Key\""),
        RawColumn.Number("\"Replaces\""), RawColumn.Text("\"Commitment\""), RawColumn.Text("\"Content\""), RawColumn.Text("\"Hash\""),
    ];

    private readonly Dictionary<string, long> _adopted = [];
    private readonly FormWriter _form = new();
    private readonly byte[] _recomputed = new byte[FormWriter.HexLength];
    private readonly LastHash _hash = new(ChronicleChain.Genesis);

    /// <summary>Number of the last entry.</summary>
    public long Last { get; private set; }

    /// <summary>Entries of rows that ought to be there, as the entry has them.</summary>
    public Bits InForce { get; } = new();

    /// <summary>Ledger entries whose details were erased.</summary>
    public Bits ErasedDetails { get; } = new();

    public RoleHistory Roles { get; } = new();

    /// <summary>Last line and hash of the audit log when it was adopted.</summary>
    public (long Id, string Hash) AdoptedAudit { get; private set; } = (0, ChronicleChain.AuditGenesis);

    public async Task RunAsync(CancellationToken stop)
    {
        await db.ReadRawAsync(Columns, """FROM "Chronicle" ORDER BY "Sequence" """, Take, stop);
        await CheckEnd.RunAsync(db, ChainHead.Chronicle, Last, _hash.Text, findings, stop);
        var tables = ChronicledTables.Of(db);
        foreach (var table in tables.Entities.Select(entity => entity.GetTableName()!).Append(AuditChain.Table).Where(table => !_adopted.ContainsKey(table)))
            findings.Differs("Chronicle", table, "its adoption", "an entry", "none");
        findings.Holds($"facts   {Last} entries, head {_hash.Text}");
    }

    private void Take(RawRow row)
    {
        if (row.Number(0) is not { } sequence || row.KindOf(8) != CellKind.Text)
        {
            findings.Differs("Chronicle", row.Shown(0), "number and hash", "a number and a text", $"{row.Shown(0)} and {row.Shown(8)}");
            return;
        }

        if (sequence != Last + 1)
            findings.Differs("Chronicle", $"{Last + 1}", "entry", "there", $"{sequence} follows {Last}");
        if (!TryWrite(row, sequence, out var change))
            findings.Differs("Chronicle", $"{sequence}", "its values", "of their types", "another");
        else if (!row.Span(8).SequenceEqual(Hashed()))
            findings.Differs("Chronicle", $"{sequence}", "hash", Encoding.ASCII.GetString(_recomputed), row.Text(8));
        else
            Learn(row, sequence, change);
        // From the stored hash on, so that one changed entry is one difference.
        Last = sequence;
        _hash.Set(row.Span(8));
    }

    private ReadOnlySpan<byte> Hashed()
    {
        _form.Hash(_recomputed);
        return _recomputed;
    }

    private bool TryWrite(RawRow row, long sequence, out RowChange change)
    {
        change = default;
        if (row.Number(1) is not { } at || at is < -62_135_596_800_000 or > 253_402_300_799_999 || ChangeOf(row.Utf8(2)) is not { } known
            || row.KindOf(3) != CellKind.Text || row.KindOf(4) != CellKind.Text || row.KindOf(5) is not (CellKind.Null or CellKind.Number)
            || row.KindOf(6) is not (CellKind.Null or CellKind.Text) || row.KindOf(7) is not (CellKind.Null or CellKind.Text))
            return false;
        change = known;
        var entry = new StoredEntry
        {
            Sequence = sequence, At = at, Change = known, Table = row.Span(3), Key = row.Span(4), Replaces = row.Number(5), HasCommitment = !row.IsNull(6),
            Commitment = row.Span(6), Content = row.Span(7),
        };
        ChronicleChain.Write(_form, _hash.Bytes, entry);
        return true;
    }

    private static RowChange? ChangeOf(ReadOnlySpan<byte> stored) =>
        stored.SequenceEqual("Stored"u8) ? RowChange.Stored
        : stored.SequenceEqual("Deleted"u8) ? RowChange.Deleted
        : stored.SequenceEqual("Erased"u8) ? RowChange.Erased
        : stored.SequenceEqual("Adopted"u8) ? RowChange.Adopted
        : null;

    private void Learn(RawRow row, long sequence, RowChange change)
    {
        if (row.Number(5) is { } replaced && !InForce.Remove(replaced))
            findings.Differs("Chronicle", $"{sequence}", "the entry that it takes the place of", "one in force", replaced);
        var at = row.Number(1)!.Value;
        switch (change)
        {
            case RowChange.Adopted:
                Adopt(row.Text(3)!, row.Text(7), sequence, at);
                break;
            case RowChange.Stored:
                InForce.Add(sequence);
                break;
            case RowChange.Erased when row.Span(3).SequenceEqual("LedgerDetails"u8):
                ErasedDetails.Add(long.Parse(row.Span(4), CultureInfo.InvariantCulture));
                break;
        }

        if (change != RowChange.Adopted && row.Span(3).SequenceEqual("Actors"u8))
            Roles.Take(row.Text(4)!, row.Text(7), at);
    }

    private void Adopt(string table, string? content, long sequence, long at)
    {
        if (!_adopted.TryAdd(table, sequence))
            findings.Differs("Chronicle", $"{sequence}", $"adoption of {table}", $"once, by entry {_adopted[table]}", "again");
        else if (table == "Actors")
            Roles.Adopt(at);
        else if (table == AuditChain.Table && content?.Split(' ') is [var id, var hash])
            AdoptedAudit = (long.Parse(id, CultureInfo.InvariantCulture), hash);
    }
}
