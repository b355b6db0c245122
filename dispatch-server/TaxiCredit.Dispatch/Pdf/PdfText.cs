using System.Text;
using SkiaSharp;

namespace TaxiCredit.Dispatch.Pdf;

/// <summary>How text is set.</summary>
/// <param name="Size">Height of the type in points.</param>
/// <param name="Ink">Black unless given.</param>
internal readonly record struct PdfStyle(float Size, bool Bold = false, SKColor? Ink = null)
{
    /// <summary>From one line to the next, in points.</summary>
    public float Leading => Size * 1.4f;
}

/// <summary>Measures, wraps and draws text of one style.</summary>
internal sealed class PdfText : IDisposable
{
    /// <summary>Never the first of a line.</summary>
    private const string Closing = "，。、；：！？）》」』】〉”’…,.;:!?)]}%";

    /// <summary>Never the last of a line.</summary>
    private const string Opening = "（《「『【〈“‘([{";

    private readonly SKFont _font;
    private readonly SKPaint _paint;

    public PdfText(PdfFonts fonts, PdfStyle style)
    {
        _font = new SKFont(fonts.Face(style.Bold), style.Size) { Subpixel = true, Hinting = SKFontHinting.None };
        _paint = new SKPaint { Color = style.Ink ?? SKColors.Black, IsAntialias = true };
    }

    /// <summary>Width of a line in points.</summary>
    public float Measure(string line) => _font.MeasureText(line);

    /// <summary>Lines of at most <paramref name="width"/> points, broken at spaces and between Chinese characters; a word that is longer is cut.</summary>
    public IReadOnlyList<string> Wrap(string text, float width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = "";
            foreach (var piece in Pieces(paragraph).SelectMany(piece => Fit(piece, width)))
            {
                if (line.Length > 0 && Measure((line + piece).TrimEnd()) > width)
                {
                    lines.Add(line.TrimEnd());
                    line = "";
                }

                line = line.Length == 0 ? piece.TrimStart() : line + piece;
            }

            lines.Add(line.TrimEnd());
        }

        return lines;
    }

    /// <summary>Draws a line on a baseline.</summary>
    /// <param name="at">Where the line begins, ends or has its middle, as <paramref name="align"/> says.</param>
    public void Draw(SKCanvas canvas, string line, SKPoint at, SKTextAlign align = SKTextAlign.Left)
    {
        if (line.Length == 0)
            return;
        var shift = align switch { SKTextAlign.Right => Measure(line), SKTextAlign.Center => Measure(line) / 2, _ => 0 };
        using var blob = BlobOf(line);
        canvas.DrawText(blob, at.X - shift, at.Y, _paint);
    }

    public void Dispose()
    {
        _font.Dispose();
        _paint.Dispose();
    }

    /// <summary>
    /// Glyphs together with the characters that they stand for. Without those a reader of the file would copy and find a look-alike where the
    /// font has one glyph for two characters, such as U+2F64 for U+7528.
    /// </summary>
    private SKTextBlob? BlobOf(string line)
    {
        var utf8 = Encoding.UTF8.GetBytes(line);
        var glyphs = _font.GetGlyphs(utf8, SKTextEncoding.Utf8);
        var places = _font.GetGlyphPositions(glyphs);
        using var builder = new SKTextBlobBuilder();
        var run = builder.AllocateHorizontalTextRun(_font, glyphs.Length, 0, utf8.Length);
        glyphs.CopyTo(run.Glyphs);
        utf8.CopyTo(run.Text);
        var (index, offset) = (0, 0u);
        foreach (var rune in line.EnumerateRunes())
        {
            run.Positions[index] = places[index].X;
            run.Clusters[index++] = offset;
            offset += (uint)rune.Utf8SequenceLength;
        }

        return builder.Build();
    }

    /// <summary>What is not broken: a word with the spaces behind it, a Chinese character with the marks that cling to it.</summary>
    private static IEnumerable<string> Pieces(string paragraph)
    {
        var piece = new StringBuilder();
        var last = default(Rune);
        foreach (var rune in paragraph.EnumerateRunes())
        {
            if (piece.Length > 0 && MayBreak(last, rune))
            {
                yield return piece.ToString();
                piece.Clear();
            }

            piece.Append(rune);
            last = rune;
        }

        if (piece.Length > 0)
            yield return piece.ToString();
    }

    private static bool MayBreak(Rune before, Rune after)
    {
        if (Rune.IsWhiteSpace(after) || Has(Closing, after) || Has(Opening, before))
            return false;
        return Rune.IsWhiteSpace(before) || IsWide(before) || IsWide(after);
    }

    private static bool Has(string marks, Rune rune) => rune.IsBmp && marks.Contains((char)rune.Value, StringComparison.Ordinal);

    private static bool IsWide(Rune rune) => rune.Value >= 0x2E80;

    private IEnumerable<string> Fit(string piece, float width)
    {
        while (piece.Length > 1 && Measure(piece.TrimEnd()) > width)
        {
            var fits = Math.Max(1, _font.BreakText(piece, width));
            if (char.IsHighSurrogate(piece[fits - 1]))
                fits = fits == 1 ? 2 : fits - 1;
            yield return piece[..fits];
            piece = piece[fits..];
        }

        yield return piece;
    }
}
