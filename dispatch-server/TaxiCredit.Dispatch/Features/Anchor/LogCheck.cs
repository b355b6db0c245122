using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Data.Log;
using TaxiCredit.Dispatch.Features.MonthClose;

namespace TaxiCredit.Dispatch.Features.Anchor;

/// <summary>A size and root that somebody has signed, to be compared with the tree of today.</summary>
/// <param name="Name">What it is, for a fault: <c>checkpoint of 2017-12-02</c>.</param>
internal sealed record Anchored(string Name, long Size, byte[] Root);

/// <summary>
/// Recomputes a log from the rows that its leaves stand for, never from stored hashes, and compares it with what was signed: proves that nothing before
/// a checkpoint was changed, left out or put in. One pass, whatever the number of checkpoints; memory does not grow with the log.
/// </summary>
internal static class LogCheck
{
    // In a row: the leaf, then what it stands for.
    private static readonly RawColumn[] LeafColumns =
    [
        RawColumn.Number("f.\"Index\""), RawColumn.Bytes("f.\"Salt\""), RawColumn.Bytes("f.\"Commitment\""), RawColumn.Text("f.\"Kind\""),
        RawColumn.Number("f.\"Key\""),
    ];

    private static readonly RawColumn[] AuditColumns =
    [
        .. LeafColumns[..3], RawColumn.Number("f.\"AuditId\""), RawColumn.Number("a.\"At\""), RawColumn.Text("a.\"Actor\""),
        RawColumn.Text("a.\"Operation\""), RawColumn.Text("a.\"Subject\""), RawColumn.Text("a.\"Detail\""),
    ];

    /// <returns>The first difference in words; null if there is none.</returns>
    public static async Task<string?> OfCityAsync(DispatchContext db, IEnumerable<Anchored> signed, CancellationToken stop)
    {
        var (roots, forms, entry) = (new RootsToMeet(signed), await FormsAsync(db, stop), 0L);
        await db.ReadRawAsync(
            [.. LeafColumns, .. LedgerCells.Columns],
            """FROM "CityLeaves" f LEFT JOIN "Ledger" l ON f."Kind" = 'Entry' AND l."Sequence" = f."Key" ORDER BY f."Index" """,
            row =>
            {
                var (index, key) = (row.Number(0) ?? -1, row.Number(4) ?? -1);
                if (row.Utf8(3).SequenceEqual("Entry"u8))
                {
                    if (key != ++entry)
                        roots.Fault($"leaf {index} is of entry {key}; entry {entry} comes before it");
                    Span<byte> room = stackalloc byte[LogForms.LongestEntry];
                    roots.Append(row, LogForms.OfEntry(row, LeafColumns.Length, room), LeafKind.Entry, key);
                }
                else
                {
                    var kind = row.Utf8(3).SequenceEqual("Close"u8) ? LeafKind.Close : LeafKind.Day;
                    roots.Append(row, forms.GetValueOrDefault((kind, key)), kind, key);
                }
            },
            stop);
        if (roots.FirstFault is { } fault)
            return fault;

        var (last, closes) = (
            await db.Ledger.MaxAsync(e => (long?)e.Sequence, stop) ?? 0, await db.Closes.CountAsync(c => c.Status == CloseStatus.Published, stop));
        if (last != entry)
            return $"the ledger ends at entry {last}, the log at entry {entry}";
        var logged = await db.CityLeaves.CountAsync(l => l.Kind == LeafKind.Close, stop);
        return logged != closes ? $"{closes} closes are published, {logged} are in the log" : roots.FindUnmet();
    }

    /// <inheritdoc cref="OfCityAsync"/>
    public static async Task<string?> OfAuditAsync(DispatchContext db, IEnumerable<Anchored> signed, CancellationToken stop)
    {
        var roots = new RootsToMeet(signed);
        await db.ReadRawAsync(
            AuditColumns, """FROM "AuditLeaves" f LEFT JOIN "Audit" a ON a."Id" = f."AuditId" ORDER BY f."Index" """,
            row => roots.Append(row, AuditForm(row), null, row.Number(3) ?? -1), stop);
        return roots.FindUnmet();
    }

    private static ReadOnlySpan<byte> AuditForm(RawRow row) =>
        row.Number(3) is { } id && row.Number(4) is { } at and > -62_135_596_800_000 and < 253_402_300_800_000 && row.Text(5) is { } actor
        && row.Text(6) is { } operation && row.Text(7) is { } subject && row.Text(8) is { } detail
            ? LogForms.OfAudit(new()
            {
                Id = id, At = DateTimeOffset.FromUnixTimeMilliseconds(at), Actor = actor, Operation = operation, Subject = subject, Detail = detail,
            })
            : default;

    /// <summary>Of all closes and days: some hundreds.</summary>
    private static async Task<Dictionary<(LeafKind, long), byte[]>> FormsAsync(DispatchContext db, CancellationToken stop)
    {
        var forms = new Dictionary<(LeafKind, long), byte[]>();
        foreach (var close in await db.Closes.AsNoTracking().Include(c => c.Signatures).Where(c => c.Status == CloseStatus.Published).ToListAsync(stop))
            forms[(LeafKind.Close, close.Id)] = CloseForm.Of(close);
        foreach (var (day, isTrue) in await LogDays.LookAsync(db, stop))
        {
            // A day whose shifts, or whose end of the chronicle, are not what they were has no form that its leaf could have committed to.
            if (isTrue)
                forms[(LeafKind.Day, day.Through)] = LogDays.FormOf(day);
        }

        return forms;
    }
}
