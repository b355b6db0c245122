using System.Text;
using System.Text.Json;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Scoring.Ledger;

namespace TaxiCredit.Dispatch.Data.Log;

/// <summary>
/// Canonical bytes of what a leaf stands for: a line that names the form and its version, then a line for each field, in UTF-8. Texts that people wrote
/// stand as JSON strings, so that none of them can hold a line feed. <c>docs/verify.md</c> lists them.
/// </summary>
internal static class LogForms
{
    /// <summary>The canonical form of the entry in the chain, ADR 0014.</summary>
    public static byte[] OfEntry(LedgerRow row) => LedgerChain.Form(row.PreviousHash, row.ToEntry());

    /// <summary>Bytes that an entry's form has at most.</summary>
    public const int LongestEntry = LedgerChain.LongestForm;

    /// <summary>As <see cref="OfEntry(LedgerRow)"/>, of a row that was read raw.</summary>
    /// <param name="first">Where in the row <see cref="LedgerCells.Columns"/> begin.</param>
    /// <param name="room"><see cref="LongestEntry"/> bytes.</param>
    /// <returns>Nothing of a row that has no canonical form: no leaf can have committed to it.</returns>
    public static ReadOnlySpan<byte> OfEntry(RawRow row, int first, Span<byte> room)
    {
        try
        {
            return row.EntryAt(first) is { } entry && row.Text(first + LedgerCells.PreviousHash) is { } previous
                ? room[..LedgerChain.Form(previous, entry, room)]
                : default;
        }
        catch (ArgumentException)
        {
            return default;
        }
    }

    public static byte[] OfAudit(AuditEntry line) => Lines(
        "taxicredit-audit-1", line.Id, line.At.ToUnixTimeMilliseconds(), Text(line.Actor), Text(line.Operation), Text(line.Subject), Text(line.Detail));

    public static byte[] Lines(params ReadOnlySpan<object> fields)
    {
        var form = new StringBuilder();
        foreach (var field in fields)
            form.Append(System.Globalization.CultureInfo.InvariantCulture, $"{field}\n");
        return Encoding.UTF8.GetBytes(form.ToString());
    }

    public static string Text(string text) => JsonSerializer.Serialize(text);
}
