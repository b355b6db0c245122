using System.Globalization;
using System.IO.Compression;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Sheets;

/// <summary>
/// Spreadsheets of Excel and WPS, .xlsx and .xls. A formula is the value that was last worked out, and cells that were joined all have what stands in the
/// first: a team is written once beside its drivers. Hidden sheets are left out, hidden columns are not.
/// </summary>
internal static class SpreadsheetReader
{
    /// <summary>What a workbook may unpack to; a bomb unpacks to thousands of times its size.</summary>
    public const long MaxUnpacked = 256L * 1024 * 1024;

    public static Outcome<Workbook> Read(byte[] content)
    {
        // Old spreadsheets name their code page by number.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var isZip = content[0] == 'P';
        try
        {
            if (isZip && FindFault(content) is { } fault)
                return fault;
            using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(content, writable: false));
            return Read(reader, isZip ? "xlsx" : "xls");
        }
        catch (InvalidPasswordException)
        {
            return Refusal.Malformed("workbook-locked", "The spreadsheet is locked with a password; save it without one.");
        }
        // A broken file shows itself anywhere in the library.
        catch (Exception broken) when (broken is ExcelReaderException or InvalidDataException or IOException or System.Xml.XmlException or ArgumentException
            or InvalidOperationException or FormatException or IndexOutOfRangeException or NullReferenceException or OverflowException or KeyNotFoundException)
        {
            return Refusal.Malformed("workbook-broken", "The spreadsheet is broken or cut off; open it, save it, and send it again.");
        }
    }

    /// <summary>Unpacks everything and keeps nothing: what a package says of its sizes may be a lie.</summary>
    private static Refusal? FindFault(byte[] content)
    {
        using var package = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
        if (!package.Entries.Any(entry => entry.FullName.StartsWith("xl/", StringComparison.OrdinalIgnoreCase)))
            return WorkbookReader.IsNone("an archive or another kind of document");
        var (buffer, left) = (new byte[64 * 1024], MaxUnpacked);
        foreach (var entry in package.Entries)
        {
            using var stream = entry.Open();
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                if ((left -= read) < 0)
                    return Refusal.Malformed("workbook-bomb", $"The spreadsheet unpacks to more than {MaxUnpacked / 1024 / 1024} MB; save the table alone.");
            }
        }

        return null;
    }

    private static Outcome<Workbook> Read(IExcelDataReader reader, string form)
    {
        var sheets = new List<Sheet>();
        do
        {
            if (reader.VisibleState != "visible")
                continue;
            var read = ReadSheet(reader);
            if (read.Refusal is { } refusal)
                return refusal;
            if (read.Value.Rows.Count > 0)
                sheets.Add(read.Value);
        }
        while (reader.NextResult());
        return new Workbook(form, sheets);
    }

    private static Outcome<Sheet> ReadSheet(IExcelDataReader reader)
    {
        var (rows, joined) = (new List<SheetRow>(), reader.MergeCells ?? []);
        var firsts = new Dictionary<CellRange, string>();
        for (var row = 0; reader.Read(); row++)
        {
            if (rows.Count == Workbook.MaxRows)
                return WorkbookReader.TooMany();
            var cells = new List<string>(Math.Min(reader.FieldCount, Workbook.MaxColumns));
            for (var column = 0; column < reader.FieldCount; column++)
            {
                var text = TextOf(reader, column);
                if (Array.Find(joined, range => IsIn(range, row, column)) is { } range && !firsts.TryAdd(range, text))
                    text = firsts[range];
                if (text.Length > Workbook.MaxCell)
                    return WorkbookReader.TooLong(row + 1);
                if (column < Workbook.MaxColumns)
                    cells.Add(text);
                else if (text.Length > 0)
                    return WorkbookReader.TooMany();
            }

            if (cells.Exists(cell => cell.Length > 0))
                rows.Add(new(row + 1, cells));
        }

        return new Sheet(reader.Name, rows);
    }

    private static bool IsIn(CellRange range, int row, int column) =>
        row >= range.FromRow && row <= range.ToRow && column >= range.FromColumn && column <= range.ToColumn;

    private static string TextOf(IExcelDataReader reader, int column)
    {
        return reader.GetValue(column) switch
        {
            null => "",
            string text => text.Trim(),
            DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime instant => instant.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            double number => TextOf(number, reader.GetNumberFormatString(column) ?? ""),
            var other => Convert.ToString(other, CultureInfo.InvariantCulture)!.Trim(),
        };
    }

    /// <summary>Numbers that stand for codes are shown with zeros in front: <c>000000</c> makes 123 a 000123.</summary>
    private static string TextOf(double number, string format) => format.Length > 0 && format.All(c => c == '0') && number is >= 0 and < 1e15
        ? ((long)number).ToString(CultureInfo.InvariantCulture).PadLeft(format.Length, '0')
        : number is > -1e15 and < 1e15 ? ((decimal)number).ToString("0.##########", CultureInfo.InvariantCulture)
        : number.ToString("R", CultureInfo.InvariantCulture);
}
