using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Sheets;

namespace TaxiCredit.Dispatch.Features.Registers;

/// <summary>How a person wants a file to be read.</summary>
/// <param name="IsWhole">It names every driver of the city: who is not in it has left.</param>
/// <param name="Sheet">Name of the sheet; null for the one that has the names of columns.</param>
/// <param name="Places">Columns that a person has chosen, by index; -1 for none.</param>
internal sealed record RegisterChoice(bool IsWhole, string? Sheet, IReadOnlyDictionary<RegisterColumn, int> Places)
{
    public static RegisterChoice Usual(bool isWhole = false) => new(isWhole, null, new Dictionary<RegisterColumn, int>());
}

/// <summary>A sheet as a register: its lines, what is wrong with it, and what was passed over.</summary>
/// <param name="Skipped">Lines that are no driver's: totals, repeated names of columns, remarks.</param>
internal sealed record RegisterTable(
    Sheet Sheet, RegisterColumns Columns, IReadOnlyList<RegisterLine> Lines, IReadOnlyList<RegisterFault> Faults, IReadOnlyList<int> Skipped)
{
    /// <summary>Faults that are told; whoever mends these sends the file again anyway.</summary>
    public const int MaxFaults = 1_000;

    private static readonly string[] Totals = ["合计", "总计", "小计", "共计", "TOTAL", "SUBTOTAL", "SUM"];

    private static readonly RegisterColumn[] Needed = [RegisterColumn.Driver, RegisterColumn.Name];

    /// <summary>The names of its columns.</summary>
    public SheetRow? Header => Columns.Header < 0 ? null : Sheet.Rows[Columns.Header];

    public static Outcome<RegisterTable> Read(Workbook book, RegisterChoice choice)
    {
        var found = book.Sheets.Select(sheet => (Sheet: sheet, Columns: RegisterColumns.Find(sheet))).ToList();
        if (choice.Sheet is { } name)
            found = found.FindAll(one => one.Sheet.Name == name);
        var likely = found.FindAll(one => one.Columns.Header >= 0);
        if (likely.Count == 0 && found.Count == 0)
            return Refusal.Missing("sheet-unknown", "The file has no sheet of this name; choose one of those that it has.");
        if (likely.Count > 1)
        {
            return Refusal.Conflict("sheet-several", "Several sheets hold a table of drivers; choose one.") with
            {
                Facts = new Dictionary<string, object?> { ["sheets"] = likely.ConvertAll(one => one.Sheet.Name) },
            };
        }

        var (sheet, columns) = likely.Count == 1 ? likely[0] : found[0];
        if (columns.Header < 0)
        {
            return Refusal.Malformed(
                "columns-unknown",
                $"None of the first {RegisterColumns.MaxHeader} rows names the columns; name at least those of code and name of the driver.");
        }

        return Read(sheet, columns.With(choice.Places));
    }

    private static RegisterTable Read(Sheet sheet, RegisterColumns columns)
    {
        var (lines, faults, skipped) = (new Dictionary<string, RegisterLine>(), new List<RegisterFault>(), new List<int>());
        var header = sheet.Rows[columns.Header];
        foreach (var column in Needed.Where(column => !columns.Places.ContainsKey(column)))
            faults.Add(new(header.Line, column, "column-missing"));
        if (!columns.Places.ContainsKey(RegisterColumn.Plate) && !columns.Places.ContainsKey(RegisterColumn.Cab))
            faults.Add(new(header.Line, RegisterColumn.Plate, "column-missing"));
        if (faults.Count > 0)
            return new(sheet, columns, [], faults, []);

        foreach (var row in sheet.Rows.Skip(columns.Header + 1))
        {
            if (IsNoDriver(row, header, columns))
                skipped.Add(row.Line);
            else if (RegisterLine.Read(row, columns, faults) is { } line && !lines.TryAdd(line.Driver, line) && lines[line.Driver].Said != line.Said)
                faults.Add(new(row.Line, RegisterColumn.Driver, "driver-twice", line.Driver, $"{lines[line.Driver].Line}"));
            if (faults.Count >= MaxFaults)
                break;
        }

        if (lines.Count == 0 && faults.Count == 0)
            faults.Add(new(header.Line, null, "no-driver"));
        return new(sheet, columns, [.. lines.Values], faults, skipped);
    }

    /// <summary>The names of columns on a second page, a line of totals, or a remark: what it has is neither a code nor a cab.</summary>
    private static bool IsNoDriver(SheetRow row, SheetRow header, RegisterColumns columns)
    {
        var told = columns.Places.Values.Select(place => row[place]).ToList();
        // A remark across joined cells stands in all of them.
        if (told.Distinct().Count() == 1 || columns.Places.Values.All(place => row[place] == header[place]))
            return true;
        var driver = row[columns.Places[RegisterColumn.Driver]];
        var hasCab = Has(RegisterColumn.Plate) || Has(RegisterColumn.Cab);
        return !hasCab && RosterRules.CheckCode(Spelling.Code(driver)) is not null
            || IsTotal(driver) || (driver.Length == 0 || !Has(RegisterColumn.Name)) && row.Cells.Any(IsTotal);

        bool Has(RegisterColumn column) => columns.Places.TryGetValue(column, out var place) && row[place].Length > 0;
    }

    private static bool IsTotal(string cell)
    {
        var key = Spelling.NameKey(cell).TrimEnd(':');
        return Array.Exists(Totals, total => char.IsAscii(total[0]) ? key == total : key.StartsWith(total, StringComparison.Ordinal));
    }
}
