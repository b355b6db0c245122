using System.Globalization;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Tools;

namespace TaxiCredit.Hardware.Tests.Enclosure;

/// <summary>A part in the housing's directions, in millimetres: x to the right as the street sees it, z up, both from the board's middle.</summary>
/// <param name="Body">Of the drawing on KiCad's fabrication layer; without extent where the part has none.</param>
internal sealed record PartInHousing(string Reference, bool ToTheCabin, double X, double Z, Box Body, Box Courtyard, double Height);

internal sealed record Box(double Left, double Low, double Right, double High)
{
    public double MiddleX => (Left + Right) / 2;

    public double MiddleZ => (Low + High) / 2;
}

/// <summary>
/// The board as KiCad has it: positions and sides from kicad-cli's position file, bodies, outline and holes from the board file.
/// It goes into the housing with its LEDs to the street and is never reflected: KiCad's x stays x, its y, which grows downwards, becomes -z.
/// </summary>
internal sealed class BoardInHousing
{
    private BoardInHousing(IReadOnlyList<PartInHousing> parts, IReadOnlyList<(double X, double Z, double Diameter)> holes) =>
        (Parts, Holes) = (parts.ToDictionary(part => part.Reference), holes);

    public IReadOnlyDictionary<string, PartInHousing> Parts { get; }

    public IReadOnlyList<(double X, double Z, double Diameter)> Holes { get; }

    public static BoardInHousing Read(string projectFolder, string enclosureFolder)
    {
        var root = SExpression.Parse(File.ReadAllText(Path.Combine(projectFolder, "taxicredit.kicad_pcb")));
        var edge = root.All("gr_rect").Single(item => item.TextOf("layer") == "Edge.Cuts");
        var (left, top) = Pair(edge.One("start"));
        var (right, bottom) = Pair(edge.One("end"));
        (double X, double Z) Housed(double x, double y) => (x - ((left + right) / 2), ((top + bottom) / 2) - y);
        var holes = root.All("gr_circle").Where(item => item.TextOf("layer") == "Edge.Cuts").Select(item =>
        {
            var (x, y) = Pair(item.One("center"));
            var at = Housed(x, y);
            return (at.X, at.Z, 2 * Math.Abs(Pair(item.One("end")).X - x));
        });
        var heights = Csv.Read(Path.Combine(enclosureFolder, "heights.csv")).ToDictionary(row => row["footprint"], row => Parse(row["height_mm"]));
        var drawn = root.All("footprint").ToDictionary(footprint =>
            footprint.All("property").Single(property => property.Value == "Reference").Values.ElementAt(1));
        var parts = Positions(projectFolder).Select(row =>
        {
            string reference = row["Ref"];
            var footprint = drawn[reference];
            double height = heights.TryGetValue(footprint.Value, out double known)
                ? known
                : throw new InvalidOperationException($"heights.csv has no row for {footprint.Value} ({reference})");
            var (x, z) = Housed(Parse(row["PosX"]), -Parse(row["PosY"]));
            double angle = Parse(footprint.One("at").Values.ElementAtOrDefault(2) ?? "0");
            return new PartInHousing(reference, row["Side"] == "bottom", x, z,
                Extent(footprint, "Fab", x, z, angle), Extent(footprint, "CrtYd", x, z, angle), height);
        });
        return new BoardInHousing([.. parts], [.. holes]);
    }

    private static IReadOnlyList<TableRow> Positions(string projectFolder)
    {
        using var output = new TempFolder();
        string target = output["positions.csv"];
        Run.Tool(projectFolder, "kicad-cli", "pcb", "export", "pos", "--format", "csv", "--units", "mm", "--side", "both", "-o", target, "taxicredit.kicad_pcb")
            .Succeeded();
        return Csv.Read(target);
    }

    private static Box Extent(SExpression footprint, string layer, double x, double z, double angle)
    {
        var corners = footprint.Lists.Where(item => item.TextOf("layer").EndsWith($".{layer}", StringComparison.Ordinal))
            .SelectMany(Corners).Select(local => Turned(local, angle)).ToList();
        return corners.Count == 0
            ? new Box(x, z, x, z)
            : new Box(x + corners.Min(c => c.X), z + corners.Min(c => c.Z), x + corners.Max(c => c.X), z + corners.Max(c => c.Z));
    }

    private static IEnumerable<(double X, double Y)> Corners(SExpression item) => item.Name switch
    {
        "fp_line" or "fp_rect" => [Pair(item.One("start")), Pair(item.One("end"))],
        "fp_arc" => [Pair(item.One("start")), Pair(item.One("mid")), Pair(item.One("end"))],
        "fp_poly" => item.One("pts").All("xy").Select(Pair),
        "fp_circle" => Round(Pair(item.One("center")), Pair(item.One("end"))),
        _ => [],
    };

    private static IEnumerable<(double X, double Y)> Round((double X, double Y) middle, (double X, double Y) rim)
    {
        double radius = Math.Sqrt(Math.Pow(rim.X - middle.X, 2) + Math.Pow(rim.Y - middle.Y, 2));
        return [(middle.X - radius, middle.Y - radius), (middle.X + radius, middle.Y + radius)];
    }

    // KiCad turns counter-clockwise on a page whose y grows downwards.
    private static (double X, double Z) Turned((double X, double Y) local, double angle)
    {
        double radians = angle * Math.PI / 180;
        return ((local.X * Math.Cos(radians)) + (local.Y * Math.Sin(radians)), (local.X * Math.Sin(radians)) - (local.Y * Math.Cos(radians)));
    }

    private static (double X, double Y) Pair(SExpression node) => (Parse(node.Value), Parse(node.Values.ElementAt(1)));

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
