using System.Text;
using TaxiCredit.Hardware.Generate.Comparison;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Tools;
using TaxiCredit.Hardware.Tests.Files;
using TaxiCredit.Hardware.Tests.Generated;

namespace TaxiCredit.Hardware.Tests.Comparison;

[TestClass]
public class PicturesTests
{
    private static string Channel => Encoding.UTF8.GetString(Current.File("hardware/plots/taxicredit-channel.svg").Content);

    // The plot of a schematic in which one value reads 1.86 instead of 1.96: a single digit.
    [TestMethod]
    public void Pictures_OneDigitChanged_Differ()
    {
        using var copy = TempCopy.Of(Repository.Kicad);
        copy.Replace("channel.kicad_sch", "(property \"Value\" \"1.96\"", "(property \"Value\" \"1.86\"");
        using var plots = new TempFolder();
        KicadCli.PlotSheets(copy.Folder, plots.Path);
        StringAssert.Matches(Difference(File.ReadAllText(plots["taxicredit-light-bar.svg"]), Channel),
            new(@"^\d+ pixels differ, first at 11\d mm from the left and 5\d mm from the top$"));
    }

    [TestMethod]
    public void Pictures_OtherFormattingOfTheSamePlot_AreEqual()
    {
        // Another release of KiCad may round differently: everything is shifted by 0.02 mm, and the title differs.
        string other = Channel.Replace("viewBox=\"0.0000 0.0000 ", "viewBox=\"0.0200 0.0200 ", StringComparison.Ordinal)
            .Replace("SVG Image created as", "Plot of", StringComparison.Ordinal);
        Assert.AreNotEqual(Channel, other);
        Assert.IsNull(Difference(other, Channel));
    }

    [TestMethod]
    public void Pictures_DamagedFile_CannotBeRendered()
    {
        Assert.StartsWith("cannot be rendered", Difference(Channel[..^100], Channel)!);
        Assert.StartsWith("cannot be rendered", Pictures.DifferenceOfPdf("%PDF-1.5"u8.ToArray(), Current.File("hardware/plots/taxicredit.pdf").Content)!);
    }

    [TestMethod]
    public void Plots_OfTheSchematic_SayNotWhenTheyWereMade()
    {
        Assert.DoesNotContain(" date 20", Channel);
        Assert.Contains("/CreationDate (D:20000101000000)", Encoding.Latin1.GetString(Current.File("hardware/plots/taxicredit.pdf").Content));
    }

    private static string? Difference(string committed, string generated) =>
        Pictures.DifferenceOfSvg(Encoding.UTF8.GetBytes(committed), Encoding.UTF8.GetBytes(generated));
}
