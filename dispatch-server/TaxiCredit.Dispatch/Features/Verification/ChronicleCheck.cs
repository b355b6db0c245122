using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>Recomputes the chain of the chronicle and learns from it what other checks compare with.</summary>
internal sealed class ChronicleCheck(DispatchContext db, Findings findings)
{
    private const string Entries = """
        SELECT "Sequence", "At", "Change", "Table", "Key", "Replaces", "Commitment", "Content", "Hash" FROM "Chronicle" ORDER BY "Sequence"
        """;

    private readonly Dictionary<string, long> _adopted = [];
    private string _hash = ChronicleChain.Genesis;

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
        await db.RowsAsync(Entries, Take, stop);
        await CheckEnd.RunAsync(db, ChainHead.Chronicle, Last, _hash, findings, stop);
        var tables = ChronicledTables.Of(db);
        foreach (var table in tables.Entities.Select(entity => entity.GetTableName()!).Append(AuditChain.Table).Where(table => !_adopted.ContainsKey(table)))
            findings.Differs("Chronicle", table, "its adoption", "an entry", "none");
        findings.Holds($"facts   {Last} entries, head {_hash}");
    }

    private void Take(DbDataReader row)
    {
        if (row.Number(0) is not { } sequence || row.Text(8) is not { } hash)
        {
            findings.Differs("Chronicle", $"{row.GetValue(0)}", "number and hash", "a number and a text", $"{row.GetValue(0)} and {row.GetValue(8)}");
            return;
        }

        if (sequence != Last + 1)
            findings.Differs("Chronicle", $"{Last + 1}", "entry", "there", $"{sequence} follows {Last}");
        if (Read(row, sequence) is not { } entry)
            findings.Differs("Chronicle", $"{sequence}", "its values", "of their types", "another");
        else if (ChronicleChain.HashOf(_hash, entry) is var recomputed && recomputed != hash)
            findings.Differs("Chronicle", $"{sequence}", "hash", recomputed, hash);
        else
            Learn(entry);
        // From the stored hash on, so that one changed entry is one difference.
        (Last, _hash) = (sequence, hash);
    }

    private static ChronicleEntry? Read(DbDataReader row, long sequence) =>
        row.Number(1) is { } at && at is > -62_135_596_800_000 and < 253_402_300_800_000
        && Enum.TryParse<RowChange>(row.Text(2), out var change) && Enum.IsDefined(change)
        && row.Text(3) is { } table && row.Text(4) is { } key
        && (row.IsDBNull(5) || row.Number(5) is not null) && (row.IsDBNull(6) || row.Text(6) is not null) && (row.IsDBNull(7) || row.Text(7) is not null)
            ? new()
            {
                Sequence = sequence,
                At = DateTimeOffset.FromUnixTimeMilliseconds(at),
                Change = change,
                Table = table,
                Key = key,
                Replaces = row.Number(5),
                Commitment = row.Text(6),
                Content = row.Text(7),
            }
            : null;

    private void Learn(ChronicleEntry entry)
    {
        if (entry.Replaces is { } replaced && !InForce.Remove(replaced))
            findings.Differs("Chronicle", $"{entry.Sequence}", "the entry that it takes the place of", "one in force", replaced);
        var at = entry.At.ToUnixTimeMilliseconds();
        switch (entry.Change)
        {
            case RowChange.Adopted:
                Adopt(entry, at);
                break;
            case RowChange.Stored:
                InForce.Add(entry.Sequence);
                break;
            case RowChange.Erased when entry.Table == "LedgerDetails":
                ErasedDetails.Add(long.Parse(entry.Key, CultureInfo.InvariantCulture));
                break;
        }

        if (entry.Table == "Actors" && entry.Change != RowChange.Adopted)
            Roles.Take(entry.Key, entry.Content, at);
    }

    private void Adopt(ChronicleEntry entry, long at)
    {
        if (!_adopted.TryAdd(entry.Table, entry.Sequence))
            findings.Differs("Chronicle", $"{entry.Sequence}", $"adoption of {entry.Table}", $"once, by entry {_adopted[entry.Table]}", "again");
        else if (entry.Table == "Actors")
            Roles.Adopt(at);
        else if (entry.Table == AuditChain.Table && entry.Content?.Split(' ') is [var id, var hash])
            AdoptedAudit = (long.Parse(id, CultureInfo.InvariantCulture), hash);
    }
}

/// <summary>Compares where a chain ends with where it was recorded to end.</summary>
internal static class CheckEnd
{
    private static readonly string[] Chains = [ChainHead.Ledger, ChainHead.Chronicle, ChainHead.Audit];

    public static async Task CheckNamesAsync(DispatchContext db, Findings findings, CancellationToken stop)
    {
        foreach (var other in await db.Set<ChainHead>().Where(h => !Chains.Contains(h.Name)).Select(h => h.Name).ToListAsync(stop))
            findings.Differs("ChainHeads", other, "chain", "none of that name", "one");
    }

    public static async Task RunAsync(DispatchContext db, string chain, long last, string hash, Findings findings, CancellationToken stop)
    {
        var recorded = await db.EndAsync(chain, stop) ?? (0, "none");
        if (recorded.Sequence != last)
            findings.Differs("ChainHeads", chain, "number of the last link", last, recorded.Sequence);
        if (recorded.Hash != hash && (recorded.Sequence, last) != (0, 0))
            findings.Differs("ChainHeads", chain, "hash of the last link", hash, recorded.Hash);
    }
}
