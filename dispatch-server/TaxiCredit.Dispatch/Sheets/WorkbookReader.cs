using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Sheets;

/// <summary>
/// Reads a table as an office has it: a spreadsheet, or a text whose encoding, line ends and separators are told by what is in it. The name of the file is
/// not asked: it is wrong as often as not.
/// </summary>
internal static class WorkbookReader
{
    private static readonly byte[] Zip = [0x50, 0x4B, 0x03, 0x04];
    private static readonly byte[] Compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>Beginnings of what people send by mistake.</summary>
    private static readonly (byte[] Head, string What)[] Others =
    [
        ("%PDF-"u8.ToArray(), "a PDF"), ([0xFF, 0xD8, 0xFF], "a picture"), ([0x89, 0x50, 0x4E, 0x47], "a picture"), ("GIF8"u8.ToArray(), "a picture"),
        ("Rar!"u8.ToArray(), "an archive"), ([0x37, 0x7A, 0xBC, 0xAF], "an archive"), ([0x1F, 0x8B], "an archive"), ("{\\rtf"u8.ToArray(), "a text document"),
        ("<!DOCTYPE"u8.ToArray(), "a web page"), ("<html"u8.ToArray(), "a web page"),
    ];

    public static Outcome<Workbook> Read(byte[] content)
    {
        if (content.Length == 0)
            return Refusal.Malformed("file-empty", "The file is empty; choose the one that holds the table.");
        if (content.Length > Workbook.MaxBytes)
            return Refusal.Malformed("file-oversize", $"A file takes at most {Workbook.MaxBytes / 1024 / 1024} MB; this has {content.Length:N0} bytes.");
        var read = content.AsSpan().StartsWith(Zip) || content.AsSpan().StartsWith(Compound) ? SpreadsheetReader.Read(content)
            : Others.FirstOrDefault(other => content.AsSpan().StartsWith(other.Head)).What is { } other ? IsNone(other)
            : TextReading.Read(content);
        return read.Refusal is null && read.Value.Sheets.Count == 0
            ? Refusal.Malformed("file-empty", "The file has no row with anything in it; choose the one that holds the table.")
            : read;
    }

    public static Refusal IsNone(string other) =>
        Refusal.Malformed("file-kind", $"The file is {other}; save the table as .xlsx, or as CSV.");

    public static Refusal TooMany() =>
        Refusal.Malformed("sheet-oversize", $"A table takes at most {Workbook.MaxRows:N0} rows of {Workbook.MaxColumns} columns; divide the file.");

    public static Refusal TooLong(int line) => Refusal.Malformed(
        "sheet-cell",
        $"A cell in line {line} has more than {Workbook.MaxCell:N0} characters; a quotation mark that is never closed makes one cell of many lines.");
}
