using System.Text;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>Compares each row of each chronicled table with the newest entry about it.</summary>
/// <param name="inForce">Entries of rows that ought to be there; what is left of them afterwards was deleted.</param>
internal sealed class RowsCheck(DispatchContext db, Bits inForce, Findings findings)
{
    private const int LongestNumber = 32;

    private static readonly RawColumn[] MarkColumns =
    [
        RawColumn.Number("m.\"Sequence\""), RawColumn.Bytes("m.\"Salt\""), RawColumn.Text("e.\"Table\""), RawColumn.Text("e.\"Key\""),
        RawColumn.Text("e.\"Commitment\""), RawColumn.Text("e.\"Content\""),
    ];

    private readonly byte[] _commitment = new byte[FormWriter.HexLength];
    private long _marks;

    /// <param name="seen">Is handed each row of each table, with the columns of its form first.</param>
    public async Task RunAsync(Action<RowForm, RawRow> seen, CancellationToken stop)
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

    /// <summary>The row's mark is found inside the database.</summary>
    private Task CheckLargeAsync(RowForm form, Action<RowForm, RawRow> seen, CancellationToken stop)
    {
        var from = $"""
            FROM "{form.Table}" t
            LEFT JOIN "ChronicleMarks" m ON m."Table" = '{form.Table}' AND m."Key" = CAST(t."{form.KeyNames[0]}" AS TEXT)
            LEFT JOIN "Chronicle" e ON e."Sequence" = m."Sequence"
            """;
        var (stored, mark, key) = (new StoredForm(form), form.Columns.Count, new byte[LongestNumber]);
        return db.ReadRawAsync([.. form.RawColumns, .. MarkColumns], from, row =>
        {
            var number = stored.ValueOf(row, form.Keys[0], ColumnKind.Integer);
            if (row.IsNull(mark))
            {
                Without(form, Encoding.UTF8.GetString(number));
            }
            else
            {
                // Copied: the form uses its buffer again for the values.
                number.CopyTo(key);
                Check(form, stored, key.AsSpan(0, number.Length), row, Mark.At(row, mark));
            }

            seen(form, row);
        }, stop);
    }

    /// <summary>Of keys of several columns or other types the program finds the mark.</summary>
    private async Task CheckSmallAsync(RowForm form, Action<RowForm, RawRow> seen, CancellationToken stop)
    {
        var marks = new Dictionary<string, KeptMark>();
        await db.ReadRawAsync(
            [.. MarkColumns, RawColumn.Text("m.\"Key\"")],
            $"""FROM "ChronicleMarks" m LEFT JOIN "Chronicle" e ON e."Sequence" = m."Sequence" WHERE m."Table" = '{form.Table}'""",
            row => marks[row.Shown(MarkColumns.Length)] = KeptMark.Of(Mark.At(row, 0)), stop);
        var (stored, values) = (new StoredForm(form), new string?[form.Columns.Count]);
        await db.ReadRawAsync(form.RawColumns, $"FROM \"{form.Table}\" t", row =>
        {
            stored.Read(row, values);
            var key = form.KeyOf(values);
            if (marks.GetValueOrDefault(key) is { } mark)
                Check(form, stored, Encoding.UTF8.GetBytes(key), row, mark.Here);
            else
                Without(form, key);
            seen(form, row);
        }, stop);
    }

    private void Without(RowForm form, string key) => findings.Differs(form.Table, key, "entry in the chronicle", "one", "none");

    private void Check(RowForm form, StoredForm stored, ReadOnlySpan<byte> key, RawRow row, Mark mark)
    {
        _marks++;
        if (!mark.Table.SequenceEqual(stored.Table) || !mark.Key.SequenceEqual(key))
        {
            Differs($"entry {mark.Sequence} of the chronicle", key, "about this row", $"about {Words(mark.Table)} {Words(mark.Key)}");
            return;
        }

        if (!inForce.Remove(mark.Sequence))
        {
            Differs("row", key, "as its newest entry in the chronicle has it", $"as entry {mark.Sequence} had it");
            return;
        }

        stored.Commit(mark.Salt, key, row, _commitment);
        if (!mark.Commitment.SequenceEqual(_commitment))
            Differs($"commitment to the row by entry {mark.Sequence} of the chronicle", key, Words(mark.Commitment), Words(_commitment));
        else if (form.IsOpen && ContentOf(form, stored, row) is var content && content != Words(mark.Content))
            Differs($"content of entry {mark.Sequence} of the chronicle", key, content, Words(mark.Content));

        void Differs(string what, ReadOnlySpan<byte> of, string expected, string found) => findings.Differs(form.Table, Words(of), what, expected, found);
    }

    private static string ContentOf(RowForm form, StoredForm stored, RawRow row)
    {
        var values = new string?[form.Columns.Count];
        stored.Read(row, values);
        return form.ContentOf(values);
    }

    private static string Words(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    /// <summary>A row's mark and the entry that it names, as they stand in their rows.</summary>
    private readonly ref struct Mark
    {
        public required long Sequence { get; init; }

        public required ReadOnlySpan<byte> Salt { get; init; }

        public required ReadOnlySpan<byte> Table { get; init; }

        public required ReadOnlySpan<byte> Key { get; init; }

        public required ReadOnlySpan<byte> Commitment { get; init; }

        public required ReadOnlySpan<byte> Content { get; init; }

        public static Mark At(RawRow row, int first) => new()
        {
            Sequence = row.Number(first) ?? 0, Salt = row.KindOf(first + 1) == CellKind.Bytes ? row.Span(first + 1) : default,
            Table = row.Utf8(first + 2), Key = row.Utf8(first + 3), Commitment = row.Utf8(first + 4), Content = row.Utf8(first + 5),
        };
    }

    private sealed record KeptMark(long Sequence, byte[] Salt, byte[] Table, byte[] Key, byte[] Commitment, byte[] Content)
    {
        public Mark Here => new() { Sequence = Sequence, Salt = Salt, Table = Table, Key = Key, Commitment = Commitment, Content = Content };

        public static KeptMark Of(Mark mark) =>
            new(mark.Sequence, [.. mark.Salt], [.. mark.Table], [.. mark.Key], [.. mark.Commitment], [.. mark.Content]);
    }
}
