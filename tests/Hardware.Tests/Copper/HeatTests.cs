using System.Text.RegularExpressions;
using TaxiCredit.Hardware.Generate.BoardOutline;
using TaxiCredit.Hardware.Generate.Budget;
using TaxiCredit.Hardware.Generate.Copper;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Tests.Files;

namespace TaxiCredit.Hardware.Tests.Copper;

/// <summary>Heat leaves the parts through plated holes into the ground plane: counted in the drill file, and only where the plane has copper around.</summary>
[TestClass]
public class HeatTests
{
    // As StackUp orders them: street, 3.3 V, ground, cabin.
    private const int Ground = 2;

    /// <summary>From the street's copper to the ground plane, mm.</summary>
    private const double Depth = 1.3;

    // Pad, how far from its edge a hole still counts, how many there must be.
    private static readonly (string Part, string Number, double Within, int Least)[] Hot =
    [
        .. Enumerable.Range(1, Outline.Channels).Select(channel => ($"U{channel}1", "9", 0.0, 4)),
        ("U1", "39", 0, 9), ("U2", "9", 2, 3), ("U3", "9", 2, 3), ("D1", "2", 1.5, 4), ("R60", "2", 1.5, 2),
    ];

    [TestMethod]
    public void HotParts_PlatedHolesToTheGroundPlane_AreEnough()
    {
        foreach (var (part, number, within, _) in Hot)
            Console.WriteLine($"{part}.{number}: {Holes(Etched.Committed, part, number, within)}");
        Assert.AreEqual("", Missing(Etched.Committed));
    }

    [TestMethod]
    public void Driver_WithoutHolesUnderIt_IsNamed()
    {
        using var copy = TempCopy.Of(Repository.Kicad);
        copy.Edit(BoardFile.FileName, text =>
        {
            int name = text.IndexOf("\"Reference\" \"U31\"", StringComparison.Ordinal);
            int start = text.LastIndexOf("\t(footprint ", name, StringComparison.Ordinal);
            int end = text.IndexOf("\n\t)\n", start, StringComparison.Ordinal);
            return text[..start] + Regex.Replace(text[start..end], "\n\t\t\\(pad \"\\d*\" thru_hole [^\n]*", "") + text[end..];
        });
        Assert.AreEqual("U31.9: 0 holes instead of 4", Missing(Etched.Of(copy.Folder)));
    }

    [TestMethod]
    public void Driver_HolesUnderIt_WarmItByLessThanTenKelvin()
    {
        var facts = Csv.Read(Path.Combine(Repository.Hardware, "facts.csv")).ToDictionary(fact => fact["id"]);
        double plating = facts["board.plating"].Number("min") * 1e-3;
        double wall = Math.PI * (Track.ViaDrill - plating) * plating;
        double hole = Depth / (wall * facts["board.copper"].Number("typ") * 1e-3);
        double rise = ThermalBudget.DriverWatts(LightBudget.Read(Repository.Hardware)) * hole / Holes(Etched.Committed, "U11", "9", 0);
        Console.WriteLine(FormattableString.Invariant($"{hole:0} K/W a hole, {rise:0.0} K"));
        Assert.IsLessThan(10, rise);
    }

    private static string Missing(Etched board) => string.Join('\n', Hot.Select(hot => (hot, Found: Holes(board, hot.Part, hot.Number, hot.Within)))
        .Where(item => item.Found < item.hot.Least)
        .Select(item => $"{item.hot.Part}.{item.hot.Number}: {item.Found} holes instead of {item.hot.Least}"));

    private static int Holes(Etched board, string part, string number, double within)
    {
        var pads = Etched.Pads.Value.Where(pad => pad.Part == part && pad.Number == number && pad.Net == "GND").ToList();
        return board.Holes.Distinct().Count(hole => pads.Any(pad => pad.Distance(hole.X, hole.Y) <= within) && IsGround(board.Layers[Ground], hole));
    }

    // Around a hole of another net the plane has a gap.
    private static bool IsGround(GerberLayer plane, (double X, double Y) hole) =>
        new[] { (0.4, 0.0), (-0.4, 0.0), (0.0, 0.4), (0.0, -0.4) }.Count(by => plane.Copper[plane.CellAt(hole.X + by.Item1, hole.Y + by.Item2)]) >= 3;
}
