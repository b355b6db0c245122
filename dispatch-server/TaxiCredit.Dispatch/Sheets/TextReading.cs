using CsvHelper;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Sheets;

/// <summary>Texts with separators, as programs write them and as they are copied out of spreadsheets.</summary>
internal static class TextReading
{
    private static readonly char[] Separators = ['\t', ',', ';', '|'];

    public static Outcome<Workbook> Read(byte[] content)
    {
        var decoded = TextEncoding.Decode(content);
        if (decoded.Refusal is { } refusal)
            return refusal;

        var (form, text) = decoded.Value;
        text = text.ReplaceLineEndings("\n");
        long unclosed = 0;
        using var reader = CsvReader.Create(new StringReader(text), new CsvReaderOptions
        {
            HasHeader = false,
            Separator = SeparatorOf(text),
            TrackLineNumbers = true,
            TrimWhitespace = true,
            OnMalformedRecord = record => unclosed = record.Reason == CsvMalformedReason.UnterminatedQuote ? record.LineNumber : unclosed,
        });
        var rows = new List<SheetRow>();
        while (reader.Read())
        {
            if (rows.Count == Workbook.MaxRows || reader.FieldCount > Workbook.MaxColumns)
                return WorkbookReader.TooMany();
            var cells = new string[reader.FieldCount];
            for (var column = 0; column < cells.Length; column++)
            {
                cells[column] = TextOf(reader.GetString(column));
                if (cells[column].Length > Workbook.MaxCell)
                    return WorkbookReader.TooLong((int)reader.LineNumber);
            }

            if (cells.Any(cell => cell.Length > 0))
                rows.Add(new((int)reader.LineNumber, cells));
        }

        if (unclosed > 0)
            return Refusal.Malformed("sheet-quote", $"A quotation mark that opens in line {unclosed} is never closed; close it, or take it away.");
        return new Workbook(form, rows.Count == 0 ? [] : [new Sheet("", rows)]);
    }

    /// <summary>Without the apostrophe by which a spreadsheet is told that it is text, as our own files have it.</summary>
    private static string TextOf(string cell)
    {
        var text = cell.Trim();
        return text.Length > 1 && text[0] == '\'' && "=+-@".Contains(text[1], StringComparison.Ordinal) ? text[1..] : text;
    }

    /// <summary>
    /// The separator that most of the first lines have in one and the same number: a title above the table has none, a remark below may have any. A text of
    /// one column has a comma.
    /// </summary>
    private static char SeparatorOf(string text)
    {
        var lines = text.Split('\n', 51).Take(50).Where(line => line.Trim().Length > 0).ToList();
        return Separators.MaxBy(separator => lines.Select(line => line.Count(c => c == separator)).Where(count => count > 0)
            .GroupBy(count => count).Select(group => group.Count() * 10 + (separator == ',' ? 1 : 0)).DefaultIfEmpty(separator == ',' ? 1 : 0).Max());
    }
}
