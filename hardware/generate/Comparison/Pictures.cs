using System.Globalization;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Tools;

namespace TaxiCredit.Hardware.Generate.Comparison;

/// <summary>
/// For KiCad's plots. The same KiCad writes the same bytes; another release formats them differently, so that files which differ
/// are rendered and compared by pixel.
/// </summary>
internal static class Pictures
{
    /// <summary>12 pixels a millimetre: KiCad's thinnest stroke is two pixels wide, its smallest text fifteen high.</summary>
    public const int DotsPerInch = 300;

    /// <summary>
    /// Pixels of lost or new ink that may be on a page. Measured: none when all lines move by 0.04 mm, 12 when a 9 becomes an 8.
    /// </summary>
    public const int MaxDifferentPixels = 3;

    // Grey levels of 256; what lies between is the smoothed edge of a line.
    private const int DarkestPaper = 226;
    private const int LightestInk = 199;

    public static string? DifferenceOfSvg(byte[] committed, byte[] generated) => Difference(committed, generated, RenderSvg);

    public static string? DifferenceOfPdf(byte[] committed, byte[] generated) => Difference(committed, generated, RenderPdf);

    private static string? Difference(byte[] committed, byte[] generated, Func<byte[], IReadOnlyList<GreyPage>> render)
    {
        if (committed.AsSpan().SequenceEqual(generated))
            return null;
        IReadOnlyList<GreyPage> old;
        try
        {
            old = render(committed);
        }
        catch (InvalidOperationException e)
        {
            return $"cannot be rendered: {e.Message.Split('\n')[0]}";
        }

        var now = render(generated);
        if (old.Count != now.Count)
            return $"{old.Count} pages, generated {now.Count}";
        var pages = old.Zip(now).Select((pair, i) => (Page: i + 1, Text: Difference(pair.First, pair.Second))).Where(page => page.Text is not null);
        string text = string.Join("; ", pages.Select(page => old.Count == 1 ? page.Text : $"page {page.Page}: {page.Text}"));
        return text == "" ? null : text;
    }

    private static string? Difference(GreyPage committed, GreyPage generated)
    {
        if ((committed.Width, committed.Height) != (generated.Width, generated.Height))
            return $"{committed.Width} x {committed.Height} pixels, generated {generated.Width} x {generated.Height}";
        var different = new List<(int X, int Y)>();
        for (int y = 0; y < committed.Height; y++)
        {
            var old = committed.Row(y);
            var now = generated.Row(y);
            for (int x = old.CommonPrefixLength(now); x < old.Length; x++)
                if (old[x] != now[x] && (IsInkOnlyIn(committed, generated, x, y) || IsInkOnlyIn(generated, committed, x, y)))
                    different.Add((x, y));
        }

        if (different.Count <= MaxDifferentPixels)
            return null;
        const double millimetres = 25.4 / DotsPerInch;
        var (left, top) = different[0];
        return string.Create(CultureInfo.InvariantCulture,
            $"{different.Count} pixels differ, first at {left * millimetres:0} mm from the left and {top * millimetres:0} mm from the top");
    }

    /// <summary>True when a pixel is ink, and the other page has paper there and on all eight sides.</summary>
    private static bool IsInkOnlyIn(GreyPage page, GreyPage other, int x, int y)
    {
        if (page[x, y] > LightestInk)
            return false;
        for (int v = Math.Max(0, y - 1); v <= Math.Min(other.Height - 1, y + 1); v++)
            for (int u = Math.Max(0, x - 1); u <= Math.Min(other.Width - 1, x + 1); u++)
                if (other[u, v] < DarkestPaper)
                    return false;
        return true;
    }

    private static IReadOnlyList<GreyPage> RenderSvg(byte[] svg)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["plot.svg"], svg);
        Run.Tool(folder.Path, "rsvg-convert", "--format", "pdf", "--output", "plot.pdf", "plot.svg").Succeeded();
        return RenderPdf(File.ReadAllBytes(folder["plot.pdf"]));
    }

    private static IReadOnlyList<GreyPage> RenderPdf(byte[] pdf)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["plot.pdf"], pdf);
        Run.Tool(folder.Path, "pdftoppm", "-gray", "-r", $"{DotsPerInch}", "plot.pdf", "page").Succeeded();
        return [.. Directory.EnumerateFiles(folder.Path, "page*.pgm").Order(StringComparer.Ordinal).Select(GreyPage.Read)];
    }
}
