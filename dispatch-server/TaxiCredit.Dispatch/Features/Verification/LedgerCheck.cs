using System.Text;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Scoring.Ledger;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>
/// Recomputes the chain of the ledger and the commitments to details, and compares keys with ids: an entry's driver, its case, what it reverses.
/// </summary>
internal sealed class LedgerCheck(DispatchContext db, Bits erasedDetails, Findings findings)
{
    // In a row: the entry, then its own columns.
    private static readonly int Own = LedgerCells.Columns.Length;

    private static readonly RawColumn[] Columns =
    [
        .. LedgerCells.Columns,
        RawColumn.Number("l.\"DriverId\""), RawColumn.Text("l.\"Hash\""), RawColumn.Bytes("d.\"Salt\""), RawColumn.Text("d.\"Json\""),
    ];

    private readonly Dictionary<long, string> _drivers = [];
    private readonly Bits _claimed = new();
    private Brief[] _briefs = [];
    private string _hash = "";

    /// <summary>Number of the last entry.</summary>
    public long Last { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        await db.RowsAsync("""SELECT "Id", "Code" FROM "Drivers" """, row => _drivers[row.Number(0) ?? 0] = row.Text(1) ?? "", stop);
        var count = 0L;
        await db.RowsAsync("""SELECT count(*) FROM "Ledger" """, row => count = row.Number(0) ?? 0, stop);
        _briefs = new Brief[count + 1];
        _hash = LedgerChain.Genesis(await db.CityAsync(stop));
        await db.ReadRawAsync(
            Columns, """FROM "Ledger" l LEFT JOIN "LedgerDetails" d ON d."Sequence" = l."Sequence" ORDER BY l."Sequence" """, Take, stop);
        await CheckEnd.RunAsync(db, ChainHead.Ledger, Last, _hash, findings, stop);
        await db.RowsAsync(
            """SELECT d."Sequence" FROM "LedgerDetails" d LEFT JOIN "Ledger" l ON l."Sequence" = d."Sequence" WHERE l."Sequence" IS NULL""",
            row => findings.Differs("LedgerDetails", $"{row.GetValue(0)}", "entry of these details", "one", "none"), stop);
        findings.Holds($"ledger  {Last} entries, head {_hash}");
    }

    /// <summary>A case says which entry its decision booked.</summary>
    /// <param name="number">Of the case, in UTF-8.</param>
    public void Claim(ReadOnlySpan<byte> number, long driverId, long sequence)
    {
        if (sequence < 1 || sequence >= _briefs.Length || _briefs[sequence].Case != Fingerprint(number))
            findings.Differs("Cases", Encoding.UTF8.GetString(number), "entry of the ledger", "one of this case", sequence);
        else if (_briefs[sequence].DriverId != driverId)
            findings.Differs("Ledger", $"{sequence}", "driver", $"driver id {driverId} of case {Encoding.UTF8.GetString(number)}", _briefs[sequence].DriverId);
        else
            _claimed.Add(sequence);
    }

    /// <summary>A repair says which entry it booked.</summary>
    public void ClaimRepair(long id, long driverId, long sequence)
    {
        if (sequence < 1 || sequence >= _briefs.Length || _briefs[sequence] is not { Kind: EntryKind.Repair } brief || brief.DriverId != driverId)
            findings.Differs("Repairs", $"{id}", "entry of the ledger", "a repair of the same driver", sequence);
        else
            _claimed.Add(sequence);
    }

    /// <summary>After every case and repair was seen: entries that none of them made.</summary>
    public void CheckUnclaimed()
    {
        for (var sequence = 1; sequence < _briefs.Length; sequence++)
        {
            if (_briefs[sequence].Kind is EntryKind.Decision or EntryKind.Repair && _briefs[sequence].Case != Fingerprint([]) && !_claimed.Contains(sequence))
                findings.Differs("Ledger", $"{sequence}", "case or repair that booked it", "one", "none");
        }
    }

    private void Take(RawRow row)
    {
        var sequence = row.Number(0) ?? 0;
        if (sequence != Last + 1)
            findings.Differs("Ledger", $"{Last + 1}", "entry", "there", $"{sequence} follows {Last}");
        var hash = row.Text(Own + 1) ?? "";
        if (row.Text(LedgerCells.PreviousHash) is var previous && previous != _hash)
            findings.Differs("Ledger", $"{sequence}", "previous hash", _hash, previous);
        if (row.EntryAt(0) is not { } entry || row.Number(Own) is not { } driverId)
        {
            findings.Differs("Ledger", $"{sequence}", "its values", "of their types", "another");
        }
        else
        {
            CheckHash(entry, hash);
            CheckIds(entry, row.Span(LedgerCells.Case), driverId);
            CheckDetails(row, entry);
        }

        // From the stored hash on, so that one changed entry is one difference.
        (Last, _hash) = (sequence, hash);
    }

    private void CheckHash(LedgerEntry entry, string hash)
    {
        try
        {
            if (LedgerChain.Hash(_hash, entry) is var recomputed && recomputed != hash)
                findings.Differs("Ledger", $"{entry.Sequence}", "hash", recomputed, hash);
        }
        catch (ArgumentException fault)
        {
            findings.Differs("Ledger", $"{entry.Sequence}", "form of an entry", "the canonical one", fault.Message);
        }
    }

    private void CheckIds(LedgerEntry entry, ReadOnlySpan<byte> of, long driverId)
    {
        var key = $"{entry.Sequence}";
        if (_drivers.GetValueOrDefault(driverId) is var driver && driver != entry.Driver)
            findings.Differs("Ledger", key, "driver", $"{entry.Driver}, as its hash covers", $"driver id {driverId}, {driver ?? "nobody"}");
        if (entry.Sequence < 1 || entry.Sequence >= _briefs.Length)
            return;
        var brief = _briefs[entry.Sequence] = new(Fingerprint(of), (int)driverId, (int)entry.Points.Hundredths, entry.Kind);
        if (entry.Reverses is not { } reversed)
            return;
        if (reversed < 1 || reversed >= entry.Sequence)
            findings.Differs("Ledger", key, "entry that it reverses", "an earlier one", reversed);
        else if (_briefs[reversed] is var taken && (taken.DriverId, taken.Case, -(long)taken.Points) != (brief.DriverId, brief.Case, brief.Points))
            findings.Differs("Ledger", key, $"entry {reversed} that it reverses", "of the same driver and case, and the same points", "others");
    }

    private void CheckDetails(RawRow row, LedgerEntry entry)
    {
        var (salt, json) = (Own + 2, Own + 3);
        if (row.IsNull(salt) && row.IsNull(json))
        {
            if (!erasedDetails.Contains(entry.Sequence))
                Differs("details", "there, for no entry of the chronicle says that they were erased", "none");
        }
        else if (row.KindOf(salt) != CellKind.Bytes || row.Span(salt).Length != LedgerChain.SaltLength || row.KindOf(json) != CellKind.Text)
        {
            Differs("salt and details", "16 bytes and a text", "others");
        }
        else if (LedgerChain.Commit(row.Span(salt), row.Span(json)) is var commitment && commitment != entry.DetailsCommitment)
        {
            Differs("commitment to the details", entry.DetailsCommitment, commitment);
        }

        void Differs(string what, string expected, string found) => findings.Differs("LedgerDetails", $"{entry.Sequence}", what, expected, found);
    }

    /// <summary>FNV-1a. Two cases with the same are not told apart; the chain covers the number itself.</summary>
    private static ulong Fingerprint(ReadOnlySpan<byte> text)
    {
        var hash = 14_695_981_039_346_656_037;
        foreach (var letter in text)
            hash = (hash ^ letter) * 1_099_511_628_211;
        return hash;
    }

    private readonly record struct Brief(ulong Case, int DriverId, int Points, EntryKind Kind);
}
