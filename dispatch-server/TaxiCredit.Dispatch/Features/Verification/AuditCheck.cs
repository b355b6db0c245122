using System.Data.Common;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>Recomputes the chain of the audit log.</summary>
/// <param name="adopted">Last line, and hash there, of what was logged before there was a chain.</param>
internal sealed class AuditCheck(DispatchContext db, (long Id, string Hash) adopted, Findings findings)
{
    private const string Lines = """
        SELECT "Id", "At", "Actor", "Operation", "Subject", "Detail", "Hash" FROM "Audit" ORDER BY "Id"
        """;

    private long _last;
    private string _hash = ChronicleChain.AuditGenesis;

    public async Task RunAsync(CancellationToken stop)
    {
        await db.RowsAsync(Lines, Take, stop);
        if (_last < adopted.Id || _last == adopted.Id && _hash != adopted.Hash)
            findings.Differs("Audit", $"{adopted.Id}", "hash at the adoption", adopted.Hash, _last < adopted.Id ? "no such line" : _hash);
        await CheckEnd.RunAsync(db, ChainHead.Audit, _last, _hash, findings, stop);
        findings.Holds($"audit   {_last} lines, head {_hash}");
    }

    private void Take(DbDataReader row)
    {
        if (row.Number(0) is not { } id || row.Number(1) is not { } at || at is < -62_135_596_800_000 or > 253_402_300_799_999
            || row.Text(2) is not { } actor || row.Text(3) is not { } operation || row.Text(4) is not { } subject || row.Text(5) is not { } detail
            || row.Text(6) is not { } hash)
        {
            findings.Differs("Audit", $"{row.GetValue(0)}", "its values", "of their types", "another");
            return;
        }

        var recomputed = ChronicleChain.HashOf(
            _hash,
            new AuditEntry
            {
                Id = id, At = DateTimeOffset.FromUnixTimeMilliseconds(at), Actor = actor, Operation = operation, Subject = subject, Detail = detail,
            });
        if (id > adopted.Id)
        {
            if (_last <= adopted.Id && _hash != adopted.Hash)
                findings.Differs("Audit", $"{adopted.Id}", "hash at the adoption", adopted.Hash, _hash);
            if (id != Math.Max(_last, adopted.Id) + 1)
                findings.Differs("Audit", $"{Math.Max(_last, adopted.Id) + 1}", "line", "there", $"{id} follows {_last}");
            if (_last <= adopted.Id && _hash != adopted.Hash)
                recomputed = hash;
            if (hash != recomputed)
                findings.Differs("Audit", $"{id}", "hash", recomputed, hash);
            recomputed = hash;
        }
        else if (hash.Length > 0)
        {
            findings.Differs("Audit", $"{id}", "hash of a line from before the chain", "none", hash);
        }

        (_last, _hash) = (id, recomputed);
    }
}
