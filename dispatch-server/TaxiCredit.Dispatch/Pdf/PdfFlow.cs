using SkiaSharp;

namespace TaxiCredit.Dispatch.Pdf;

/// <summary>A column of a table.</summary>
/// <param name="Share">Of the width between the margins, 0 to 1; those of a table add up to 1.</param>
internal readonly record struct PdfColumn(float Share, SKTextAlign Align = SKTextAlign.Left);

/// <summary>Text that runs down a book's pages, one below the other; what does not fit begins the next page.</summary>
/// <param name="footer">What stands at the foot of a page, from its number.</param>
internal sealed class PdfFlow(PdfBook book, Func<int, string> footer)
{
    private const float Margin = 20 * PdfBook.Millimetre;
    private const float Gap = 6;

    private static readonly PdfStyle Footer = new(8, Ink: new SKColor(0x47, 0x54, 0x5f));

    private float _y = PdfBook.Height;

    /// <summary>Between the margins, in points.</summary>
    public static float Width => PdfBook.Width - (2 * Margin);

    public void Paragraph(string text, PdfStyle style) => Row([new(1)], [text], style);

    /// <summary>Leaves so many points free.</summary>
    public void Space(float height) => _y += height;

    /// <summary>A thin line across the page.</summary>
    public void Rule()
    {
        Require(Gap);
        using var paint = new SKPaint { Color = new SKColor(0xc9, 0xd1, 0xd6), StrokeWidth = 0.5f, IsStroke = true };
        book.Page.DrawLine(Margin, _y, Margin + Width, _y, paint);
        _y += Gap;
    }

    /// <summary>Cells side by side, each wrapped to its column. A row higher than a page goes on over the next.</summary>
    public void Row(PdfColumn[] columns, string[] cells, PdfStyle style)
    {
        var text = book.Text(style);
        var wrapped = columns.Select((column, i) => text.Wrap(cells[i], (column.Share * Width) - Gap)).ToList();
        var lines = wrapped.Max(cell => cell.Count);
        // A row is kept together where a page can hold it.
        Require(Math.Min(lines, 20) * style.Leading);
        for (var line = 0; line < lines; line++)
        {
            Require(style.Leading);
            var x = Margin;
            for (var i = 0; i < columns.Length; i++)
            {
                if (line < wrapped[i].Count)
                    book.Draw(wrapped[i][line], x + Shift(columns[i]), _y + style.Size, style, columns[i].Align);
                x += columns[i].Share * Width;
            }

            _y += style.Leading;
        }
    }

    private static float Shift(PdfColumn column) => column.Align switch
    {
        SKTextAlign.Right => (column.Share * Width) - Gap,
        SKTextAlign.Center => ((column.Share * Width) - Gap) / 2,
        _ => 0,
    };

    private void Require(float height)
    {
        if (_y + height <= PdfBook.Height - Margin)
            return;
        book.BeginPage();
        book.Draw(footer(book.Pages), PdfBook.Width / 2, PdfBook.Height - (Margin / 2), Footer, SKTextAlign.Center);
        _y = Margin;
    }
}
