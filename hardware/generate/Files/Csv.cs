using System.Globalization;
using CsvHelper;

namespace TaxiCredit.Hardware.Generate.Files;

/// <summary>Comma-separated tables with a header line (RFC 4180), as spreadsheets read and write them.</summary>
internal static class Csv
{
    private static readonly CsvReaderOptions Strict = new()
    {
        Separator = ',',
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
    };

    /// <exception cref="FormatException">A row has more or fewer fields than the header, or a misplaced quote; names the line.</exception>
    public static IReadOnlyList<TableRow> Read(string path)
    {
        string file = Path.GetFileName(path);
        using var stream = File.OpenRead(path);
        using var reader = CsvReader.Create(stream, Strict);
        var rows = new List<TableRow>();
        try
        {
            reader.ReadHeader();
            string[] columns = [.. reader.Headers];
            while (reader.Read())
                rows.Add(new TableRow(file, reader.LineNumber, columns, reader.Current.ToArray()));
        }
        catch (CsvFormatException e)
        {
            throw new FormatException($"{file} line {e.LineNumber}: {e.Message}", e);
        }

        return rows;
    }
}

/// <summary>One row of a table; fields are read by the name of their column.</summary>
/// <param name="Line">Line of the file on which the row begins, from 1.</param>
internal sealed record TableRow(string File, long Line, string[] Columns, string[] Fields)
{
    /// <exception cref="FormatException">The table has no such column.</exception>
    public string this[string column] => Fields[Index(column)];

    /// <exception cref="FormatException">The field is not a number, or the table has no such column.</exception>
    public double Number(string column) =>
        double.TryParse(this[column], CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new FormatException($"{File} line {Line}: {column} is '{this[column]}', not a number");

    private int Index(string column)
    {
        int i = Array.IndexOf(Columns, column);
        return i >= 0 ? i : throw new FormatException($"{File} has no column {column}");
    }
}
