using SkiaSharp;
using TaxiCredit.Dispatch.Pdf;

namespace TaxiCredit.Dispatch.Features.Workshop;

/// <summary>Labels for units, 24 to a page of A4 (70 × 37 mm, three beside each other): the code to scan, unit, plate and cab.</summary>
internal static class LabelSheet
{
    public const int OnAPage = Columns * Rows;

    private const int Columns = 3;
    private const int Rows = 8;
    private const float Width = PdfBook.Width / Columns;
    private const float Height = PdfBook.Height / Rows;
    private const float Inset = 4 * PdfBook.Millimetre;
    private const float MarkSide = 27 * PdfBook.Millimetre;

    private static readonly SKColor Cut = new(0x9a, 0xa5, 0xad);
    private static readonly PdfStyle Unit = new(9, Bold: true);
    private static readonly PdfStyle Small = new(8);

    /// <param name="address">Where people reach the server, without a slash at its end.</param>
    public static byte[] Print(
        IEnumerable<(string Id, string Cab, string Plate)> units, string address, string city, PdfFonts fonts, DateTimeOffset madeAt)
    {
        using var book = new PdfBook(fonts, "Labels", madeAt);
        using var cut = new SKPaint { Color = Cut, IsStroke = true, StrokeWidth = 0.4f };
        var place = 0;
        foreach (var unit in units)
        {
            if (place % OnAPage == 0)
                book.BeginPage();
            var area = SKRect.Create(place % Columns * Width, place / Columns % Rows * Height, Width, Height);
            book.Page.DrawRect(area, cut);
            var top = area.MidY - (MarkSide / 2);
            QrMark.Draw(book.Page, UnitLabel.TextOf(address, city, unit.Id), SKRect.Create(area.Left + Inset, top, MarkSide, MarkSide));
            Write(book, unit, area.Left + Inset + MarkSide + Inset, top);
            place++;
        }

        return book.Finish();
    }

    private static void Write(PdfBook book, (string Id, string Cab, string Plate) unit, float left, float top)
    {
        var y = top + 12;
        // An id may be twice as long as the room beside the mark.
        foreach (var line in book.Text(Unit).Wrap(unit.Id, Width - MarkSide - (3 * Inset)))
        {
            book.Draw(line, left, y, Unit);
            y += 12;
        }

        book.Draw(unit.Plate, left, y + 4, Small);
        book.Draw(unit.Cab, left, y + 16, Small);
    }
}
