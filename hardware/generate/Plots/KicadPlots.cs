using System.Text;
using System.Text.RegularExpressions;
using TaxiCredit.Hardware.Generate.Comparison;
using TaxiCredit.Hardware.Generate.Drawing;
using TaxiCredit.Hardware.Generate.Drawing.Sheets;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Tools;

namespace TaxiCredit.Hardware.Generate.Plots;

/// <summary>The plots under hardware/plots, made by KiCad and without the time at which they were made.</summary>
internal static partial class KicadPlots
{
    public const string Folder = "hardware/plots";

    /// <param name="sheetFiles">File names of all sheets.</param>
    /// <param name="kicadFolder">Gives a folder with the KiCad project to plot.</param>
    public static IEnumerable<GeneratedFile> Of(IEnumerable<string> sheetFiles, Func<string> kicadFolder)
    {
        var sheets = new Lazy<IReadOnlyDictionary<string, string>>(() => PlotSheets(kicadFolder()));
        foreach (string name in sheetFiles.Select(PlotName))
            yield return GeneratedFile.Text($"{Folder}/{name}", () => WithoutTime(sheets.Value[name]), Pictures.DifferenceOfSvg);
        foreach (var (name, back) in new[] { ("board-street.svg", false), ("board-cabin.svg", true) })
            yield return GeneratedFile.Text($"{Folder}/{name}", () => WithoutTime(PlotBoard(kicadFolder(), back)), Pictures.DifferenceOfSvg);
        yield return new GeneratedFile($"{Folder}/{Schematic.Name}.pdf", () => WithoutTime(PlotPdf(kicadFolder())), Pictures.DifferenceOfPdf);
    }

    private static string PlotName(string sheetFile) => sheetFile == Schematic.Root
        ? $"{Schematic.Name}.svg"
        : $"{Schematic.Name}-{Path.GetFileNameWithoutExtension(sheetFile)}.svg";

    private static Dictionary<string, string> PlotSheets(string kicadFolder)
    {
        using var target = new TempFolder();
        KicadCli.PlotSheets(kicadFolder, target.Path);
        // Five channels share one sheet; one plot of it is enough.
        File.Move(target["taxicredit-light-bar.svg"], target[PlotName(ChannelSheet.FileName)]);
        return Directory.EnumerateFiles(target.Path).ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
    }

    private static string PlotBoard(string kicadFolder, bool back)
    {
        using var target = new TempFolder();
        KicadCli.PlotBoard(kicadFolder, back, target["board.svg"]);
        return File.ReadAllText(target["board.svg"]);
    }

    private static byte[] PlotPdf(string kicadFolder)
    {
        using var target = new TempFolder();
        KicadCli.PlotPdf(kicadFolder, target["plot.pdf"]);
        return File.ReadAllBytes(target["plot.pdf"]);
    }

    private static string WithoutTime(string svg) => PlotTime().Replace(svg, "");

    // The digits are replaced by as many others, since a PDF's table of contents counts bytes. Latin-1 keeps every byte as it is.
    private static byte[] WithoutTime(byte[] pdf) =>
        Encoding.Latin1.GetBytes(CreationDate().Replace(Encoding.Latin1.GetString(pdf), "/CreationDate (D:20000101000000"));

    [GeneratedRegex(@" date \d{4}/\d\d/\d\d \d\d:\d\d:\d\d(?= *</title>)")]
    private static partial Regex PlotTime();

    [GeneratedRegex(@"/CreationDate \(D:\d{14}")]
    private static partial Regex CreationDate();
}
