using QRCoder;
using SkiaSharp;

namespace TaxiCredit.Dispatch.Pdf;

/// <summary>A QR code drawn as lines of squares, so that it is sharp at any size. A quarter of it may be worn off (level Q).</summary>
internal static class QrMark
{
    /// <param name="area">A square; the quiet margin of four modules that the standard asks for lies within it.</param>
    public static void Draw(SKCanvas canvas, string content, SKRect area)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(content, QRCodeGenerator.ECCLevel.Q);
        var rows = code.ModuleMatrix;
        var side = area.Width / rows.Count;
        using var squares = new SKPathBuilder();
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = 0; column < rows.Count; column++)
            {
                if (rows[row][column])
                    squares.AddRect(SKRect.Create(area.Left + (column * side), area.Top + (row * side), side, side));
            }
        }

        using var ink = new SKPaint { Color = SKColors.Black };
        using var path = squares.Detach();
        canvas.DrawPath(path, ink);
    }
}
