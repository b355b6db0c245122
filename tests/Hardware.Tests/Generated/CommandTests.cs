using TaxiCredit.Hardware.Generate;
using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Tests.Generated;

[TestClass]
public class CommandTests
{
    private const string Sheet = "hardware/kicad/light.kicad_sch";
    private const string Pins = "firmware/TaxiCredit.Firmware/Pins.g.cs";
    private const string Curve = "hardware/sim/plots/led_current.svg";
    private const string Plot = "hardware/plots/taxicredit-light.svg";
    private const string Board = "hardware/plots/board-street.svg";
    private const string Stray = "hardware/plots/taxicredit-old.svg";

    [TestMethod]
    public void Command_IntoEmptyFolder_WritesAllFilesAndTheyAreUpToDate()
    {
        using var root = new TempFolder();
        var (status, output, _) = Run(root.Path);
        Assert.AreEqual(0, status);
        foreach (var file in Current.Generation.Files)
            Assert.Contains($"wrote {file.Path}\n", output);
        Assert.AreEqual((0, $"{Current.Generation.Files.Count} files are up to date\n", ""), Run(root.Path, "--check"));
    }

    [TestMethod]
    public void Command_FilesChangedByHand_NamesEachAndWritesThemAgain()
    {
        using var root = new TempFolder();
        Run(root.Path);
        Change(root, Sheet, "\"VALID_BAR\"", "\"INVALID_BAR\"");
        Change(root, Pins, "Star1 = 18", "Star1 = 19");
        Change(root, Curve, "<title>LED rail</title>", "<title>other rail</title>");
        Change(root, Plot, "</svg>", "");
        File.Delete(root[Board]);
        File.WriteAllText(root[Stray], "");

        var (status, output, _) = Run(root.Path, "--check");
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.AreEqual(1, status);
        string[] expected =
        [
            $"{Sheet}: line ", $"{Pins}: line 12 is 'public const int Star1 = 19;', generated 'public const int Star1 = 18;'",
            $"{Curve}: plots ", $"{Plot}: cannot be rendered", $"{Board}: is missing", $"{Stray}: nothing generates this file",
            "6 files differ; run: dotnet run --project hardware/generate",
        ];
        Assert.HasCount(expected.Length, lines, output);
        foreach (var (begin, line) in expected.Zip(lines))
            Assert.StartsWith(begin, line);

        Assert.AreEqual($"wrote {Sheet}\nwrote {Pins}\nwrote {Curve}\nwrote {Plot}\nwrote {Board}\ndeleted {Stray}\n",
            Run(root.Path).Output[..^$"{Current.Generation.Files.Count} files are up to date\n".Length]);
        Assert.AreEqual(0, Run(root.Path, "--check").Status);
    }

    [TestMethod]
    public void Command_UnknownOption_ExitsWith2() =>
        Assert.AreEqual((2, "", "Unrecognized command or argument '--chek'.\n"), Run("/nowhere", "--chek"));

    [TestMethod]
    public void Command_Help_NamesTheOption() => Assert.Contains("--check", Run("/nowhere", "--help").Output);

    [TestMethod]
    public void Command_UnreadableTable_NamesFileAndLineAndExitsWith2()
    {
        using var root = new TempFolder();
        root.CopyFrom(Repository.Hardware, "*.csv", into: "hardware");
        File.AppendAllText(root["hardware/bom.csv"], "C99,1\n");
        var errors = new StringWriter();
        int status = Command.Run([], new(() => new Generation(root.Path)), root.Path, TextWriter.Null, errors);
        Assert.AreEqual(2, status);
        Assert.StartsWith($"bom.csv line {File.ReadLines(root["hardware/bom.csv"]).Count()}: ", errors.ToString());
    }

    private static (int Status, string Output, string Errors) Run(string root, params string[] args)
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        int status = Command.Run(args, Current.Lazy, root, output, errors);
        return (status, output.ToString(), errors.ToString());
    }

    private static void Change(TempFolder root, string file, string from, string to)
    {
        string text = File.ReadAllText(root[file]);
        Assert.IsTrue(text.Contains(from, StringComparison.Ordinal), $"{file} does not contain: {from}");
        File.WriteAllText(root[file], text.Replace(from, to, StringComparison.Ordinal));
    }
}
