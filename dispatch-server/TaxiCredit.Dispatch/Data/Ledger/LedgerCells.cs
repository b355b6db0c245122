using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;

namespace TaxiCredit.Dispatch.Data.Ledger;

/// <summary>Entries as they stand in their rows, for those who pass over the whole ledger and trust no type.</summary>
internal static class LedgerCells
{
    /// <summary>Of the table under the name <c>l</c>.</summary>
    public static readonly RawColumn[] Columns =
    [
        RawColumn.Number("l.\"Sequence\""), RawColumn.Text("l.\"Driver\""), RawColumn.Text("l.\"Kind\""), RawColumn.Text("l.\"Code\""),
        RawColumn.Number("l.\"Points\""), RawColumn.Number("l.\"MaxStars\""), RawColumn.Day("l.\"ConductOn\""), RawColumn.Day("l.\"DecidedOn\""),
        RawColumn.Text("l.\"Case\""), RawColumn.Number("l.\"Reverses\""), RawColumn.Text("l.\"DetailsCommitment\""), RawColumn.Text("l.\"PreviousHash\""),
    ];

    /// <summary>Places of columns among these.</summary>
    public const int Case = 8, PreviousHash = 11;

    /// <param name="first">Where in the row the <see cref="Columns"/> begin.</param>
    /// <returns>Null if a value is not of its type.</returns>
    public static LedgerEntry? EntryAt(this RawRow row, int first) =>
        row.Number(first) is { } sequence && row.Text(first + 1) is { } driver && KindOf(row.Utf8(first + 2)) is { } kind
        && row.Text(first + 3) is { } code && row.Number(first + 4) is >= int.MinValue and <= int.MaxValue and var points
        && (row.IsNull(first + 5) || row.Number(first + 5) is >= 0 and <= 4) && row.Day(first + 6) is { } conductOn && row.Day(first + 7) is { } decidedOn
        && row.Text(first + 8) is { } of && (row.IsNull(first + 9) || row.Number(first + 9) is not null) && row.Text(first + 10) is { } commitment
            ? new(
                sequence, driver, kind, code, new Points((int)points), (int?)row.Number(first + 5), conductOn, decidedOn, of, row.Number(first + 9),
                commitment)
            : null;

    private static EntryKind? KindOf(ReadOnlySpan<byte> stored) =>
        stored.SequenceEqual("Decision"u8) ? EntryKind.Decision
        : stored.SequenceEqual("Reversal"u8) ? EntryKind.Reversal
        : stored.SequenceEqual("Repair"u8) ? EntryKind.Repair
        : null;
}
