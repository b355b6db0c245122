using System.Data.Common;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>
/// Recomputes the chain of the ledger and the commitments to details, and compares keys with ids: an entry's driver, its case, what it reverses.
/// </summary>
internal sealed class LedgerCheck(DispatchContext db, Bits erasedDetails, Findings findings)
{
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
        // Days as text on either database, so that one that no calendar has is told and not thrown.
        await db.RowsAsync(
            $"""
            SELECT l."Sequence", l."DriverId", l."Driver", l."Kind", l."Code", l."Points", l."MaxStars", {Day("ConductOn")},
                {Day("DecidedOn")}, l."Case", l."Reverses", l."DetailsCommitment", l."Hash", l."PreviousHash", d."Salt", d."Json"
            FROM "Ledger" l LEFT JOIN "LedgerDetails" d ON d."Sequence" = l."Sequence" ORDER BY l."Sequence"
            """,
            Take, stop);
        await CheckEnd.RunAsync(db, ChainHead.Ledger, Last, _hash, findings, stop);
        await db.RowsAsync(
            """SELECT d."Sequence" FROM "LedgerDetails" d LEFT JOIN "Ledger" l ON l."Sequence" = d."Sequence" WHERE l."Sequence" IS NULL""",
            row => findings.Differs("LedgerDetails", $"{row.GetValue(0)}", "entry of these details", "one", "none"), stop);
        findings.Holds($"ledger  {Last} entries, head {_hash}");

        string Day(string column) => db is PostgresDispatchContext ? $"to_char(l.\"{column}\", 'YYYY-MM-DD')" : $"l.\"{column}\"";
    }

    /// <summary>A case says which entry its decision booked.</summary>
    public void Claim(string number, string driverId, string sequence)
    {
        if (!long.TryParse(sequence, out var booked) || booked < 1 || booked >= _briefs.Length || _briefs[booked].Case != Fingerprint(number))
            findings.Differs("Cases", number, "entry of the ledger", "one of this case", sequence);
        else if ($"{_briefs[booked].DriverId}" != driverId)
            findings.Differs("Ledger", $"{booked}", "driver", $"driver id {driverId} of case {number}", _briefs[booked].DriverId);
        else
            _claimed.Add(booked);
    }

    /// <summary>After every case was seen: decisions that none of them made.</summary>
    public void CheckUnclaimed()
    {
        for (var sequence = 1; sequence < _briefs.Length; sequence++)
        {
            if (_briefs[sequence].Kind == EntryKind.Decision && _briefs[sequence].Case != Fingerprint("") && !_claimed.Contains(sequence))
                findings.Differs("Ledger", $"{sequence}", "case that booked it", "one", "none");
        }
    }

    private void Take(DbDataReader row)
    {
        var sequence = row.Number(0) ?? 0;
        if (sequence != Last + 1)
            findings.Differs("Ledger", $"{Last + 1}", "entry", "there", $"{sequence} follows {Last}");
        var hash = row.Text(12) ?? "";
        if (row.Text(13) is var previous && previous != _hash)
            findings.Differs("Ledger", $"{sequence}", "previous hash", _hash, previous);
        if (Read(row, sequence) is not { } entry)
        {
            findings.Differs("Ledger", $"{sequence}", "its values", "of their types", "another");
        }
        else
        {
            CheckHash(entry, hash);
            CheckIds(entry, row.Number(1) ?? 0);
            CheckDetails(row, entry);
        }

        // From the stored hash on, so that one changed entry is one difference.
        (Last, _hash) = (sequence, hash);
    }

    private static LedgerEntry? Read(DbDataReader row, long sequence) =>
        row.Number(1) is not null && row.Text(2) is { } driver && Enum.TryParse<EntryKind>(row.Text(3), out var kind) && row.Text(3) == $"{kind}"
        && row.Text(4) is { } code && row.Number(5) is >= int.MinValue and <= int.MaxValue and var points
        && (row.IsDBNull(6) || row.Number(6) is >= 0 and <= 4) && row.Day(7) is { } conductOn && row.Day(8) is { } decidedOn
        && row.Text(9) is { } of && (row.IsDBNull(10) || row.Number(10) is not null) && row.Text(11) is { } commitment
            ? new(sequence, driver, kind, code, new Points((int)points), (int?)row.Number(6), conductOn, decidedOn, of, row.Number(10), commitment)
            : null;

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

    private void CheckIds(LedgerEntry entry, long driverId)
    {
        var key = $"{entry.Sequence}";
        if (_drivers.GetValueOrDefault(driverId) is var driver && driver != entry.Driver)
            findings.Differs("Ledger", key, "driver", $"{entry.Driver}, as its hash covers", $"driver id {driverId}, {driver ?? "nobody"}");
        if (entry.Sequence < 1 || entry.Sequence >= _briefs.Length)
            return;
        var brief = _briefs[entry.Sequence] = new(Fingerprint(entry.Case), (int)driverId, entry.Points.Hundredths, entry.Kind);
        if (entry.Reverses is not { } reversed)
            return;
        if (reversed < 1 || reversed >= entry.Sequence)
            findings.Differs("Ledger", key, "entry that it reverses", "an earlier one", reversed);
        else if (_briefs[reversed] is var taken && (taken.DriverId, taken.Case, -taken.Points) != (brief.DriverId, brief.Case, brief.Points))
            findings.Differs("Ledger", key, $"entry {reversed} that it reverses", "of the same driver and case, and the same points", "others");
    }

    private void CheckDetails(DbDataReader row, LedgerEntry entry)
    {
        var key = $"{entry.Sequence}";
        if (row.IsDBNull(14) && row.IsDBNull(15))
        {
            if (!erasedDetails.Contains(entry.Sequence))
                findings.Differs("LedgerDetails", key, "details", "there, for no entry of the chronicle says that they were erased", "none");
        }
        else if (row.GetValue(14) is not byte[] { Length: 16 } salt || row.Text(15) is not { } json)
        {
            findings.Differs("LedgerDetails", key, "salt and details", "16 bytes and a text", "others");
        }
        else if (LedgerChain.Commit(salt, json) is var commitment && commitment != entry.DetailsCommitment)
        {
            findings.Differs("LedgerDetails", key, "commitment to the details", entry.DetailsCommitment, commitment);
        }
    }

    /// <summary>FNV-1a. Two cases with the same are not told apart; the chain covers the number itself.</summary>
    private static ulong Fingerprint(string text)
    {
        var hash = 14_695_981_039_346_656_037;
        foreach (var letter in text)
            hash = (hash ^ letter) * 1_099_511_628_211;
        return hash;
    }

    private readonly record struct Brief(ulong Case, int DriverId, long Points, EntryKind Kind);
}
