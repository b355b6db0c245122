using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.PinMap;

namespace TaxiCredit.Hardware.Tests.Generated;

[TestClass]
public class CommittedFilesTests
{
    public static IEnumerable<object[]> Paths => Current.Generation.Files.Select(file => new object[] { file.Path });

    [TestMethod]
    [DynamicData(nameof(Paths))]
    public void CommittedFile_GeneratedAgain_IsEqual(string path) => Assert.IsNull(Current.File(path).DifferenceFrom(Repository.Root));

    [TestMethod]
    public void Generation_OfTheRepository_CoversEveryKind()
    {
        string[] paths = [.. Current.Generation.Files.Select(file => file.Path)];
        Assert.HasCount(paths.Length, paths.Distinct());
        foreach (string expected in new[]
        {
            "hardware/kicad/taxicredit.kicad_sch", "hardware/kicad/TaxiCredit.kicad_sym", "hardware/kicad/taxicredit.kicad_pcb",
            "firmware/TaxiCredit.Firmware/Pins.g.cs", "hardware/enclosure/drawing.svg", "hardware/sim/values.inc",
            "hardware/sim/plots/cold_crank.svg", "hardware/plots/taxicredit-channel.svg", "hardware/plots/board-street.svg", "hardware/plots/taxicredit.pdf",
        })
            Assert.Contains(expected, paths);
    }

    // One change in a copy of the sources, and the message for a contributor who forgot to generate.
    [TestMethod]
    [DataRow("pinmap.csv", "STAR_2,19,", "STAR_2,33,",
        $"{PinsSource.Path}: line 14 is 'public const int Star2 = 19;', generated 'public const int Star2 = 33;'")]
    [DataRow("pinmap.csv", "star 2 driver PWM", "star 2",
        $"{PinsSource.Path}: line 13 is '/// <summary>star 2 driver PWM</summary>', generated '/// <summary>star 2</summary>'")]
    [DataRow("pinmap.csv", "WDI,25,", "WDI,22,", "hardware/kicad/module.kicad_sch: line ")]
    [DataRow("bom.csv", ",1.96,", ",1.97,", "hardware/kicad/channel.kicad_sch: line ")]
    [DataRow("enclosure/housing.scad", "star_r = 7.5;", "star_r = 8;", "hardware/enclosure/drawing.svg: line ")]
    public void ChangedSource_WithoutGenerating_NamesTheFile(string source, string from, string to, string expected)
    {
        using var root = new TempFolder();
        foreach (string folder in new[] { ".", "enclosure", "sim" })
            root.CopyFrom(Path.Combine(Repository.Root, "hardware", folder), into: Path.Combine("hardware", folder));
        string path = root[Path.Combine("hardware", source)];
        string text = File.ReadAllText(path);
        Assert.IsTrue(text.Contains(from, StringComparison.Ordinal), $"{source} does not contain: {from}");
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
        using var changed = new Generate.Generation(root.Path);
        string file = expected.Split(": ")[0];
        Assert.StartsWith(expected, changed.Files.Single(item => item.Path == file).DifferenceFrom(Repository.Root)!);
    }
}
