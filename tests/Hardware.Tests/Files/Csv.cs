namespace TaxiCredit.Hardware.Tests.Files;

/// <summary>
/// Comma-separated tables with a header line. A field with a comma stands in double quotes; quotes inside fields and
/// line breaks inside fields are not used in this project and are refused.
/// </summary>
internal static class Csv
{
    public static IReadOnlyList<CsvRow> Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string[] header = Split(lines[0]);
        var rows = new List<CsvRow>();
        for (int i = 1; i < lines.Length; i++)
        {
            string[] fields = Split(lines[i]);
            if (fields.Length != header.Length)
                throw new FormatException($"{Path.GetFileName(path)} line {i + 1}: {fields.Length} fields, the header has {header.Length}");
            rows.Add(new CsvRow(Path.GetFileName(path), i + 1, header, fields));
        }

        return rows;
    }

    private static string[] Split(string line)
    {
        var fields = new List<string>();
        bool quoted = false;
        int start = 0;
        for (int i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] == '"')
                quoted = !quoted;
            else if (i == line.Length || (line[i] == ',' && !quoted))
            {
                fields.Add(line[start..i].Trim('"'));
                start = i + 1;
            }
        }

        return quoted ? throw new FormatException($"quote left open: {line}") : [.. fields];
    }
}

/// <summary>One line of a table; fields are read by the name of their column.</summary>
internal sealed record CsvRow(string File, int Line, string[] Header, string[] Fields)
{
    public string this[string column] => Fields[Index(column)];

    public double Number(string column) =>
        double.TryParse(this[column], System.Globalization.CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new FormatException($"{File} line {Line}: {column} is '{this[column]}', not a number");

    private int Index(string column)
    {
        int i = Array.IndexOf(Header, column);
        return i >= 0 ? i : throw new FormatException($"{File} has no column {column}");
    }
}
