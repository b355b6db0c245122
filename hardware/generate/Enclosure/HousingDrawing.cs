using System.Globalization;
using TaxiCredit.Hardware.Generate.BoardOutline;

namespace TaxiCredit.Hardware.Generate.Enclosure;

/// <summary>The dimensioned drawing, at twice its size: cuts through the solids, measured on the solids.</summary>
internal sealed class HousingDrawing(RenderedHousing housing)
{
    private const double Scale = 2;
    private const string Black = "#444";
    private readonly DrawingSheet _sheet = new(1000, 640);

    /// <summary>From the repository's root.</summary>
    public const string Path = "hardware/enclosure/drawing.svg";

    public string Draw()
    {
        StreetSide(190, 130);
        CabinSide(190, 390);
        Section(600, 190);
        _sheet.Note(24, 560, "Cuts through the solids of housing.scad. Millimetres, general tolerance 0.2. Front, lid, hood: black PC/ABS or ASA, opaque.",
            "Filter: grey PMMA 2 mm, one sheet, bonded into its pocket. Diffusers: light-shaping film on 2 mm, behind the web. Rods: clear PMMA.",
            "Four brass inserts M3 x 5.7 in the posts; four screws M3 x 10, pan head, Torx with pin. Two tabs with M5 nuts take a ball bracket.",
            "Mount outside the area that the wipers sweep; print the hood for the rake of the windscreen.");
        return _sheet.ToString();
    }

    private void StreetSide(double cx, double cy)
    {
        var front = housing["front"];
        _sheet.Title(cx, cy - 96, "Street side, cut through the windows");
        Fill(front.Cut(Axis.Y, 3), x => cx + (x * Scale), z => cy - (z * Scale));
        var (left, right) = front.Extent(Axis.X);
        _sheet.Across(cx + (left * Scale), cx + (right * Scale), cy + 84, Figure(right - left));
        _sheet.Across(cx, cx + (Outline.Pitch * Scale), cy - 62, Figure(Outline.Pitch));
        _sheet.Text(cx, cy + 104, "bar and four stars;");
        _sheet.Text(cx, cy + 119, "below, between stars 1 and 2: the light sensor");
    }

    private void CabinSide(double cx, double cy)
    {
        var lid = housing["lid"];
        double face = lid.Extent(Axis.Y).High - 1;
        _sheet.Title(cx, cy - 76, "Cabin side, cut through the lid's face");
        Fill(lid.Cut(Axis.Y, face), x => cx - (x * Scale), z => cy - (z * Scale));
        var (low, high) = lid.Extent(Axis.Z);
        _sheet.Down(cx + (lid.Extent(Axis.X).High * Scale) + 12, cy - (high * Scale), cy - (low * Scale), Figure(high - low));
        _sheet.Text(cx, cy + 76, "light pipes in a row, wells of the four screws,");
        _sheet.Text(cx, cy + 91, "button, status light, plug, breather slots");
    }

    private void Section(double x0, double cy)
    {
        const double star3 = Outline.Pitch;
        double board = housing["lid"].FirstAlong(Outline.Screws[0].X - (Outline.Width / 2) + 2.4, (Outline.Height / 2) - Outline.Screws[0].Y).From;
        _sheet.Title(x0, cy - 150, "Section through star 3");
        double Across(double y) => x0 + (y * Scale);
        double Up(double z) => cy - (z * Scale);
        (string Part, string Colour)[] cuts =
        [
            ("front", Black), ("lid", "#777"), ("hood", "#999"), ("filter", "#ba8"), ("diffusers", "#f5d9a0"), ("masks", "#111"), ("pipes", "#f5b942"),
        ];
        foreach (var (part, colour) in cuts)
            Fill(housing[part].Cut(Axis.X, star3), Across, Up, colour);
        double top = Up(Outline.Height / 2);
        _sheet.Rectangle(Across(board - Outline.Thickness), top, Outline.Thickness * Scale, Outline.Height * Scale, "fill=\"#063\"");
        double depth = housing["lid"].Extent(Axis.Y).High;
        var (hoodLow, _) = housing["hood"].Extent(Axis.Y);
        _sheet.Across(Across(0), Across(depth), cy + 80, Figure(depth));
        _sheet.Across(Across(hoodLow), Across(0), cy + 80, Figure(-hoodLow));
        double diffuser = housing["diffusers"].Extent(Axis.Y).High;
        _sheet.Across(Across(diffuser), Across(board - Outline.Thickness), cy - 66, Figure(board - Outline.Thickness - diffuser));
        _sheet.Note(x0 - 150, cy + 120, "left: street, right: cabin. Green: board, 1.6 mm, clamped between posts and columns.");
    }

    private void Fill(Slice cut, Func<double, double> across, Func<double, double> up, string colour = Black)
    {
        var loops = cut.Loops().Select(loop =>
            string.Create(CultureInfo.InvariantCulture, $"M{string.Join('L', loop.Select(point => Pair(across(point.X), up(point.Y))))}Z"));
        string path = string.Concat(loops);
        _sheet.Add($"<path d=\"{path}\" fill=\"{colour}\" fill-rule=\"evenodd\"/>");
    }

    private static string Pair(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"{x:0.#} {y:0.#}");

    private static string Figure(double millimetres) => millimetres.ToString("0.0", CultureInfo.InvariantCulture);
}
