using System.Globalization;
using System.Text;
using TaxiCredit.Hardware.Generate.BoardOutline;
using TaxiCredit.Hardware.Generate.Drawing;
using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Generate.Production;

/// <summary>
/// Four boards, two by two, as one board file: milled apart, held by tabs with rows of small holes, in a frame with four tooling holes and three fiducials a
/// side. Each board's nets are its own.
/// </summary>
internal static class Panel
{
    public const string FileName = "panel.kicad_pcb";

    /// <summary>Width of the milled gaps.</summary>
    public const double Gap = 2;
    public const double Rail = 7;
    public const double Tab = 5;
    public const double Bite = 0.6;
    public const double Tooling = 3;
    public const int BitesOfATab = 5;

    /// <summary>Upper left corner on KiCad's page; the first board lies where it lies in its own file.</summary>
    public const double Left = BoardFile.X0 - Gap - Rail;
    public const double Top = BoardFile.Y0 - Gap - Rail;
    public const double Width = (2 * Outline.Width) + (3 * Gap) + (2 * Rail);
    public const double Height = (2 * Outline.Height) + (3 * Gap) + (2 * Rail);
    private const int NetsOfABoard = 1000;
    private static readonly string[] Head = ["version", "generator", "generator_version", "general", "paper", "layers", "setup"];
    private static readonly string[] Once = [.. Head, "title_block", "net", "embedded_fonts"];
    private static readonly string[] Coordinates = ["at", "start", "end", "mid", "center", "xy"];
    private static readonly string[] OfTheSchematic = ["path", "sheetname", "sheetfile"];

    /// <summary>Middles of the tabs along a board's length: none at the antenna, none at a ceramic capacitor.</summary>
    public static IReadOnlyList<double> Tabs { get; } = [8, 29.5, 100, 129];

    /// <summary>Of each board, from the first.</summary>
    public static IReadOnlyList<(double X, double Y)> Offsets { get; } =
        [(0, 0), (Outline.Width + Gap, 0), (0, Outline.Height + Gap), (Outline.Width + Gap, Outline.Height + Gap)];

    public static IReadOnlyList<(double X, double Y)> ToolingHoles { get; } =
        [(Rail / 2, Rail / 2), (Width - (Rail / 2), Rail / 2), (Rail / 2, Height - (Rail / 2)), (Width - (Rail / 2), Height - (Rail / 2))];

    /// <summary>In three corners, so that a panel that lies the wrong way round is seen.</summary>
    public static IReadOnlyList<(double X, double Y)> Fiducials { get; } = [(12, Rail / 2), (Width - 12, Rail / 2), (12, Height - (Rail / 2))];

    public static string Write(string board)
    {
        var root = SExpression.Parse(board);
        var text = new StringBuilder("(kicad_pcb\n");
        void Add(FormattableString line) => text.Append('\t').Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var item in root.Lists.Where(item => Head.Contains(item.Name)))
            text.Append('\t').Append(item.Name == "paper" ? "(paper \"A3\")" : Copied(item, -1, false)).Append('\n');
        Add($"(net 0 \"\")");
        for (int n = 0; n < Offsets.Count; n++)
            foreach (var net in root.All("net").Where(net => net.Value != "0"))
                Add($"(net {Code(net.Value, n)} \"{n + 1}:{net.Values.ElementAt(1)}\")");
        for (int n = 0; n < Offsets.Count; n++)
            foreach (var item in root.Lists.Where(item => !Once.Contains(item.Name) && !IsOutline(item) && item.TextOf("layer") != "Cmts.User"))
                text.Append('\t').Append(Copied(item, n, true)).Append('\n');
        PanelFrame.Write(Add);
        return text.Append("\t(embedded_fonts no)\n)\n").ToString();
    }

    private static bool IsOutline(SExpression item) => item.Name == "gr_rect" && item.TextOf("layer") == "Edge.Cuts";

    private static int Code(string code, int n) => code == "0" ? 0 : int.Parse(code, CultureInfo.InvariantCulture) + (n * NetsOfABoard);

    /// <param name="absolute">Whether places are on the page, not in a footprint.</param>
    private static string Copied(SExpression node, int n, bool absolute)
    {
        string[] values = [.. node.WrittenValues];
        if (n >= 0 && node.Name == "uuid")
            return $"(uuid \"{Identity.Of("panel", n, node.Value)}\")";
        if (n >= 0 && node.Name == "net_name" && node.Value != "")
            return $"(net_name \"{n + 1}:{node.Value}\")";
        if (n >= 0 && node.Name == "net")
            return $"(net {Code(node.Value, n)}{(values.Length < 2 || node.Value == "0" ? "" : $" \"{n + 1}:{node.Values.ElementAt(1)}\"")})";
        if (n >= 0 && absolute && Coordinates.Contains(node.Name))
            (values[0], values[1]) = (Moved(values[0], Offsets[n].X), Moved(values[1], Offsets[n].Y));
        bool isPart = node.Name == "footprint";
        var children = node.Lists.Where(child => !isPart || !OfTheSchematic.Contains(child.Name))
            .Select(child => Copied(child, n, isPart ? child.Name is "at" or "zone" : absolute));
        return $"({string.Join(' ', [node.Name, .. values, .. children])})";
    }

    private static string Moved(string text, double by) =>
        Math.Round(double.Parse(text, CultureInfo.InvariantCulture) + by, 6).ToString("0.######", CultureInfo.InvariantCulture);
}
