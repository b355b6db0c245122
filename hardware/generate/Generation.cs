using System.Runtime.ExceptionServices;
using TaxiCredit.Hardware.Generate.BoardOutline;
using TaxiCredit.Hardware.Generate.Budget;
using TaxiCredit.Hardware.Generate.Comparison;
using TaxiCredit.Hardware.Generate.Drawing;
using TaxiCredit.Hardware.Generate.Enclosure;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Netlist;
using TaxiCredit.Hardware.Generate.PinMap;
using TaxiCredit.Hardware.Generate.Plots;
using TaxiCredit.Hardware.Generate.Production;
using TaxiCredit.Hardware.Generate.Simulation;
using TaxiCredit.Hardware.Generate.Tools;

namespace TaxiCredit.Hardware.Generate;

/// <summary>
/// Everything that is generated from the hand-written sources below a root: pin map, parts list, housing, decks, KiCad's project
/// settings and footprints. KiCad and ngspice run on copies with the newly generated files, never on what is committed.
/// Each file, and each run of a tool, is made once and when it is first needed; safe for several threads.
/// </summary>
internal sealed class Generation : IDisposable
{
    private const string Kicad = "hardware/kicad";
    private const string Simulations = "hardware/sim";
    private const string Values = $"{Simulations}/{ComponentValues.FileName}";
    private readonly string _root;
    private readonly Lazy<TempFolder> _schematicProject;
    private readonly Lazy<string> _netlist;
    private readonly Lazy<TempFolder> _kicadProject;
    private readonly Lazy<TempFolder> _simulationFolder;
    private readonly Dictionary<string, Lazy<SimulationRun>> _runs;

    public Generation(string root)
    {
        _root = root;
        string hardware = Path.Combine(root, "hardware");
        var schematic = new Schematic(hardware);
        Housing = new RenderedHousing(Path.Combine(hardware, "enclosure"));
        Decks = Deck.ReadAll(Path.Combine(root, Simulations));
        IReadOnlyList<GeneratedFile> drawn =
        [
            .. schematic.Files().Select(file => GeneratedFile.Text($"{Kicad}/{file.File}", () => file.Content, ExactText.Difference)),
        ];
        _schematicProject = new(() => CopyOf(Kicad, SearchOption.AllDirectories, drawn));
        _netlist = new(() => KicadCli.Netlist(_schematicProject.Value.Path));
        var board = GeneratedFile.Text($"{Kicad}/{BoardFile.FileName}", () => BoardFile.Write(_netlist.Value, Path.Combine(root, Kicad)), ExactText.Difference);
        _kicadProject = new(() => CopyOf(Kicad, SearchOption.AllDirectories, [.. drawn, board]));
        var values = GeneratedFile.Text(Values,
            () => ComponentValues.FromNetlist(new Board(_netlist.Value)), ExactText.Difference);
        _simulationFolder = new(() => CopyOf(Simulations, SearchOption.TopDirectoryOnly, [values]));
        _runs = Decks.ToDictionary(deck => deck.Name, deck => new Lazy<SimulationRun>(() => Ngspice.Simulate(_simulationFolder.Value.Path, deck)));
        Files =
        [
            .. drawn,
            board,
            GeneratedFile.Text(PinsSource.Path, () => PinsSource.Write(Pin.ReadAll(hardware)), ExactText.Difference),
            GeneratedFile.Text(HousingDrawing.Path, () => new HousingDrawing(Housing).Draw(), ExactText.Difference),
            values,
            .. Decks.Where(deck => deck.Curves.Count > 0).Select(deck => GeneratedFile.Text($"{SvgPlot.Folder}/{deck.Name}.svg",
                () => SvgPlot.Draw(deck, AsBuilt(deck).Trace), Curves.Difference)),
            GeneratedFile.Text(ResultsPage.Path, () => ResultsPage.Write(Decks, AsBuilt), ResultsPage.Difference),
            GeneratedFile.Text(BudgetPage.Path, () => BudgetPage.Write(LightBudget.Read(hardware)), ExactText.Difference),
            GeneratedFile.Text(JigPlan.Path, () => JigPlan.Write(BoardFile.Pads(_netlist.Value, Path.Combine(root, Kicad))), ExactText.Difference),
            GeneratedFile.Text(BomPage.Path, () => BomPage.Write(Csv.Read(Path.Combine(hardware, "bom.csv")),
                BoardFile.Courtyards(_netlist.Value, Path.Combine(root, Kicad))), ExactText.Difference),
            GeneratedFile.Text(Copper.Outputs.DigestPath, () => Copper.Outputs.Digests(_kicadProject.Value.Path), ExactText.Difference),
            .. KicadPlots.Of(schematic.Sheets.Select(sheet => sheet.File), () => _kicadProject.Value.Path),
        ];
    }

    /// <summary>Copper from scratch; takes minutes.</summary>
    public Copper.Router NewRouter() => new(BoardFile.Pads(_netlist.Value, Path.Combine(_root, Kicad)));

    /// <summary>Everything that a maker gets.</summary>
    public void WriteOutputs(string folder) => Copper.Outputs.WriteAll(_kicadProject.Value.Path, folder);

    public IReadOnlyList<Deck> Decks { get; }

    public IReadOnlyList<GeneratedFile> Files { get; }

    /// <summary>The solids of the housing.</summary>
    public RenderedHousing Housing { get; }

    /// <summary>The deck with the values of the schematic and no fault.</summary>
    public SimulationRun AsBuilt(Deck deck) => _runs[deck.Name].Value;

    /// <summary>Compares every file, and looks for files that are no longer generated.</summary>
    /// <returns>A line for each difference, in the order of <see cref="Files"/>; each begins with the path.</returns>
    public IReadOnlyList<string> DifferencesFrom(string root)
    {
        var differences = new string?[Files.Count];
        try
        {
            Parallel.For(0, Files.Count, i => differences[i] = Files[i].DifferenceFrom(root));
        }
        catch (AggregateException e)
        {
            // A tool that fails does so for each of its files; the first message is enough.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return [.. differences.OfType<string>(), .. Leftovers(root).Select(path => $"{path}: nothing generates this file")];
    }

    public void Dispose()
    {
        foreach (var folder in new[] { _schematicProject, _kicadProject, _simulationFolder })
            if (folder.IsValueCreated)
                folder.Value.Dispose();
    }

    // Only folders in which everything is generated.
    private IEnumerable<string> Leftovers(string root) =>
        new[] { KicadPlots.Folder, SvgPlot.Folder }
            .Where(folder => Directory.Exists(Path.Combine(root, folder)))
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder)).Select(path => $"{folder}/{Path.GetFileName(path)}"))
            .Except(Files.Select(file => file.Path))
            .Order(StringComparer.Ordinal);

    private TempFolder CopyOf(string folder, SearchOption depth, IEnumerable<GeneratedFile> generated)
    {
        var copy = new TempFolder().CopyFrom(Path.Combine(_root, folder), depth: depth);
        foreach (var file in generated)
            File.WriteAllBytes(copy[Path.GetRelativePath(folder, file.Path)], file.Content);
        return copy;
    }
}
