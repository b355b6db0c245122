using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>Compares each row of each chronicled table with the newest entry about it.</summary>
/// <param name="inForce">Entries of rows that ought to be there; what is left of them afterwards was deleted.</param>
internal sealed class RowsCheck(DispatchContext db, Bits inForce, Findings findings)
{
    private const string MarkColumns = "m.\"Sequence\", m.\"Salt\", e.\"Table\", e.\"Key\", e.\"Commitment\", e.\"Content\"";
    private const string Marks = """
        "ChronicleMarks" m LEFT JOIN "Chronicle" e ON e."Sequence" = m."Sequence"
        """;

    private long _marks;

    /// <param name="seen">Is handed each row of each table, its values as <see cref="RowForm.Read"/> gives them.</param>
    public async Task RunAsync(Action<RowForm, string?[]> seen, CancellationToken stop)
    {
        var tables = ChronicledTables.Of(db);
        foreach (var form in tables.Entities.Select(tables.FormOf).OrderBy(form => form.Table, StringComparer.Ordinal))
            await findings.RunAsync(form.Table, "-", () => form.HasNumberKey ? CheckLargeAsync(form, seen, stop) : CheckSmallAsync(form, seen, stop), stop);

        var marks = await db.Set<ChronicleMark>().LongCountAsync(stop);
        if (marks != _marks)
            findings.Differs("ChronicleMarks", "-", "number of marks", $"{_marks}, one for each row", marks);
        foreach (var sequence in inForce.Numbers().Take(Findings.Most).ToList())
        {
            var gone = await db.Set<ChronicleEntry>().AsNoTracking().SingleAsync(e => e.Sequence == sequence, stop);
            findings.Differs(gone.Table, gone.Key, "row", $"there, by entry {sequence} of the chronicle", "none");
        }
    }

    private Task CheckLargeAsync(RowForm form, Action<RowForm, string?[]> seen, CancellationToken stop)
    {
        var values = new string?[form.Columns.Count];
        var sql = $"""
            SELECT {form.Expressions}, {MarkColumns} FROM "{form.Table}" t
            LEFT JOIN "ChronicleMarks" m ON m."Table" = '{form.Table}' AND m."Key" = CAST(t."{form.KeyNames[0]}" AS TEXT)
            LEFT JOIN "Chronicle" e ON e."Sequence" = m."Sequence"
            """;
        return db.RowsAsync(sql, row =>
        {
            form.Read(row, values);
            Check(form, form.KeyOf(values), values, row.IsDBNull(values.Length) ? null : Mark.Of(row, values.Length));
            seen(form, values);
        }, stop);
    }

    private async Task CheckSmallAsync(RowForm form, Action<RowForm, string?[]> seen, CancellationToken stop)
    {
        var marks = new Dictionary<string, Mark>();
        await db.RowsAsync(
            $"SELECT {MarkColumns}, m.\"Key\" FROM {Marks} WHERE m.\"Table\" = '{form.Table}'", row => marks[$"{row.GetValue(6)}"] = Mark.Of(row, 0), stop);
        var values = new string?[form.Columns.Count];
        await db.RowsAsync($"SELECT {form.Expressions} FROM \"{form.Table}\" t", row =>
        {
            form.Read(row, values);
            var key = form.KeyOf(values);
            Check(form, key, values, marks.GetValueOrDefault(key));
            seen(form, values);
        }, stop);
    }

    private void Check(RowForm form, string key, string?[] values, Mark? mark)
    {
        if (mark is null)
        {
            findings.Differs(form.Table, key, "entry in the chronicle", "one", "none");
            return;
        }

        _marks++;
        if (mark.Table != form.Table || mark.Key != key)
            findings.Differs(form.Table, key, $"entry {mark.Sequence} of the chronicle", "about this row", $"about {mark.Table} {mark.Key}");
        else if (!inForce.Remove(mark.Sequence))
            findings.Differs(form.Table, key, "row", "as its newest entry in the chronicle has it", $"as entry {mark.Sequence} had it");
        else if (form.Commit(mark.Salt, key, values) is var commitment && commitment != mark.Commitment)
            findings.Differs(form.Table, key, $"commitment to the row by entry {mark.Sequence} of the chronicle", mark.Commitment, commitment);
        else if (form.IsOpen && form.ContentOf(values) is var content && content != mark.Content)
            findings.Differs(form.Table, key, $"content of entry {mark.Sequence} of the chronicle", content, mark.Content);
    }

    private sealed record Mark(long Sequence, byte[] Salt, string? Table, string? Key, string? Commitment, string? Content)
    {
        public static Mark Of(DbDataReader row, int first) => new(
            row.Number(first) ?? 0, row.GetValue(first + 1) as byte[] ?? [], row.Text(first + 2), row.Text(first + 3), row.Text(first + 4),
            row.Text(first + 5));
    }
}
