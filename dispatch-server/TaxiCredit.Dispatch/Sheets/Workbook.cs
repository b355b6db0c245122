namespace TaxiCredit.Dispatch.Sheets;

/// <summary>A row that has something in it.</summary>
/// <param name="Line">Its line in a text, its row in a spreadsheet; from 1.</param>
/// <param name="Cells">What stands in them, without spaces around it; empty where nothing does. Rows may differ in how many they have.</param>
internal sealed record SheetRow(int Line, IReadOnlyList<string> Cells)
{
    public string this[int column] => column < Cells.Count ? Cells[column] : "";
}

/// <summary>A sheet with the rows that have something in them; a text is one sheet.</summary>
/// <param name="Name">As the spreadsheet calls it; empty for a text.</param>
internal sealed record Sheet(string Name, IReadOnlyList<SheetRow> Rows);

/// <summary>What an office sent.</summary>
/// <param name="Form">How it was read: <c>xlsx</c>, <c>xls</c>, or the encoding of a text, <c>utf-8</c>, <c>utf-16</c> or <c>gb18030</c>.</param>
/// <param name="Sheets">Those that are not hidden and have a row.</param>
internal sealed record Workbook(string Form, IReadOnlyList<Sheet> Sheets)
{
    /// <summary>Bytes of a file, 20 MB: a register of 200,000 drivers has 15.</summary>
    public const int MaxBytes = 20 * 1024 * 1024;

    public const int MaxRows = 250_000;

    public const int MaxColumns = 100;

    /// <summary>Characters of one cell; what is longer is no part of a register.</summary>
    public const int MaxCell = 4_000;
}
