using System.Security.Cryptography;
using TaxiCredit.Hardware.Tests.Drawing;
using TaxiCredit.Hardware.Tests.Files;
using TaxiCredit.Hardware.Tests.Tools;

namespace TaxiCredit.Hardware.Tests.Plots;

/// <summary>
/// The plots under hardware/plots are KiCad's. KiCad's output differs between its versions, so that what is compared is the
/// schematic from which they were made: its hash stands in plots/source.sha256.
/// </summary>
[TestClass]
public class PlotTests
{
    private static string Folder { get; } = Path.Combine(Repository.Hardware, "plots");

    [TestMethod]
    public void Plots_OfEverySheet_AreOfTheCommittedSchematic()
    {
        string hash = HashOfSources();
        string record = Path.Combine(Folder, "source.sha256");
        if (Repository.Regenerating)
        {
            PlotAll();
            File.WriteAllText(record, hash + "\n");
        }

        Assert.AreEqual(hash, File.ReadAllText(record).Trim(), "the plots are older than the schematic; run with REGENERATE=1 and look at them");
        foreach (string name in new[] { "taxicredit.pdf", "taxicredit.svg", "taxicredit-supply.svg", "taxicredit-module.svg", "taxicredit-light.svg",
            "taxicredit-channel.svg", "taxicredit-sensing.svg", "taxicredit-memory.svg", "taxicredit-connectors.svg", "board.svg" })
            Assert.IsGreaterThan(2_000, new FileInfo(Path.Combine(Folder, name)).Length, name);
    }

    private static string HashOfSources()
    {
        string all = string.Concat(new Project(Repository.Hardware).Files().Select(file => file.Content)) + BoardOutline.BoardFile.Write();
        return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(all)));
    }

    private static void PlotAll()
    {
        Must(Run.Tool(Repository.Kicad, "kicad-cli", "sch", "export", "pdf", "-o", Path.Combine(Folder, "taxicredit.pdf"), "taxicredit.kicad_sch"));
        Must(Run.Tool(Repository.Kicad, "kicad-cli", "sch", "export", "svg", "-o", Folder, "taxicredit.kicad_sch"));
        Must(Run.Tool(Repository.Kicad, "kicad-cli", "pcb", "export", "svg", "--mode-single", "--page-size-mode", "2",
            "--layers", "Edge.Cuts,Dwgs.User,Cmts.User", "-o", Path.Combine(Folder, "board.svg"), "taxicredit.kicad_pcb"));
        // Five channels share one sheet; one plot of it is enough.
        File.Move(Path.Combine(Folder, "taxicredit-light-bar.svg"), Path.Combine(Folder, "taxicredit-channel.svg"), overwrite: true);
        foreach (string same in Directory.EnumerateFiles(Folder, "taxicredit-light-*.svg"))
            File.Delete(same);
    }

    private static void Must(Finished done) => Assert.AreEqual(0, done.Status, done.Output);
}
