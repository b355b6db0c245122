using SkiaSharp;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Pdf;

namespace TaxiCredit.Dispatch.Features.Passengers.Stickers;

/// <summary>What a sticker is made of.</summary>
internal sealed record Sticker(string Plate, string Team, string Code);

/// <summary>Stickers for the cabs, eight to a page of A4, with lines to cut along: the code to scan, the plate, the code to type, what it is for.</summary>
internal static class StickerSheet
{
    private const int Columns = 2;
    private const int Rows = 4;
    private const float Edge = 10 * PdfBook.Millimetre;
    private const float Width = (PdfBook.Width - (2 * Edge)) / Columns;
    private const float Height = (PdfBook.Height - (2 * Edge)) / Rows;
    private const float Inset = 4 * PdfBook.Millimetre;
    private const float MarkSide = 44 * PdfBook.Millimetre;

    private static readonly SKColor Cut = new(0x9a, 0xa5, 0xad);
    private static readonly SKColor PlateBlue = new(0x0f, 0x47, 0x9b);
    private static readonly PdfStyle Plate = new(17, Bold: true, Ink: SKColors.White);
    private static readonly PdfStyle Team = new(9, Ink: new SKColor(0x47, 0x54, 0x5f));
    private static readonly PdfStyle Code = new(14, Bold: true);
    private static readonly PdfStyle Small = new(8);
    private static readonly PdfStyle Lead = new(11, Bold: true);

    /// <param name="address">Where passengers reach the server, without a slash at its end: <c>https://taxi.example</c>.</param>
    public static byte[] Print(IEnumerable<Sticker> stickers, string address, PdfFonts fonts, DateTimeOffset madeAt)
    {
        using var book = new PdfBook(fonts, "Stickers", madeAt);
        var place = 0;
        foreach (var sticker in stickers)
        {
            if (place % (Columns * Rows) == 0)
                book.BeginPage();
            var (column, row) = (place % Columns, place / Columns % Rows);
            Print(book, sticker, address, SKRect.Create(Edge + (column * Width), Edge + (row * Height), Width, Height));
            place++;
        }

        return book.Finish();
    }

    private static void Print(PdfBook book, Sticker sticker, string address, SKRect area)
    {
        using (var cut = new SKPaint { Color = Cut, IsStroke = true, StrokeWidth = 0.4f, PathEffect = SKPathEffect.CreateDash([3, 3], 0) })
            book.Page.DrawRect(area, cut);
        QrMark.Draw(book.Page, $"{address}/cab/{sticker.Code}", SKRect.Create(area.Left + (Inset / 2), area.MidY - (MarkSide / 2), MarkSide, MarkSide));

        var left = area.Left + (Inset / 2) + MarkSide + Inset;
        var top = area.MidY - (MarkSide / 2) + 6;
        DrawPlate(book, sticker.Plate, left, top);
        book.Draw(sticker.Team, left, top + 38, Team);
        var y = top + 55;
        foreach (var (chinese, english) in Lines)
        {
            book.Draw(chinese, left, y, Lead);
            book.Draw(english, left, y + 11, Small);
            y += 24;
        }

        book.Draw(ShortCode.Grouped(sticker.Code), left, area.MidY + (MarkSide / 2) - 4, Code);
        book.Draw(new Uri(address).Authority + "/cab", area.Left + Inset, area.Bottom - 7, Small);
    }

    private static IEnumerable<(string Chinese, string English)> Lines =>
    [
        ("扫码核对星级", "Scan to check the stars"),
        ("投诉或表扬", "Complain or praise"),
    ];

    private static void DrawPlate(PdfBook book, string plate, float left, float top)
    {
        using var blue = new SKPaint { Color = PlateBlue, IsAntialias = true };
        book.Page.DrawRoundRect(SKRect.Create(left, top, book.Text(Plate).Measure(plate) + 14, 26), 3, 3, blue);
        book.Draw(plate, left + 7, top + 19, Plate);
    }
}
