using System.Globalization;

namespace TaxiCredit.Hardware.Generate.Enclosure;

/// <summary>
/// The dimensioned drawing: street side, cabin side, section and sticker, at twice its size, from the same parameters as the solid.
/// </summary>
internal sealed class HousingDrawing(Housing housing)
{
    private const double Scale = 2;
    private const string Lit = "#f5b942";
    private readonly DrawingSheet _sheet = new(980, 560);

    private double HalfWidth => housing.OuterWidth * Scale / 2;

    private double HalfHeight => housing.OuterHeight * Scale / 2;

    /// <summary>From the repository's root.</summary>
    public const string Path = "hardware/enclosure/drawing.svg";

    public string Draw()
    {
        StreetSide(200, 130);
        CabinSide(200, 370);
        Section(560, 130);
        Sticker(560, 330);
        _sheet.Note(24, 520, "Millimetres, general tolerance 0.3. Black PC/ABS or ASA, opaque; diffusers opal PMMA 2 mm, amber LEDs behind them.",
            "An M5 thread below takes a ball bracket; mount outside the area that the wipers sweep. Source: housing.scad.");
        return _sheet.ToString();
    }

    /// <summary>A parameter of the housing at the drawing's scale.</summary>
    private double Drawn(string parameter) => housing[parameter] * Scale;

    private double ChannelX(int channel) => housing.ChannelX(channel) * Scale;

    private void StreetSide(double cx, double cy)
    {
        _sheet.Title(cx, cy - 92, "Street side");
        Body(cx, cy);
        for (int i = 0; i < housing.Channels; i++)
        {
            double x = cx + ChannelX(i);
            if (i == 0)
                _sheet.Rectangle(x - (Drawn("bar_w") / 2), cy - (Drawn("bar_h") / 2), Drawn("bar_w"), Drawn("bar_h"), $"fill=\"{Lit}\" stroke=\"black\"");
            else
                Star(x, cy, Drawn("star_r"));
        }

        _sheet.Across(cx - HalfWidth, cx + HalfWidth, cy + 66, Figure(housing.OuterWidth));
        _sheet.Down(cx + HalfWidth + 16, cy - HalfHeight, cy + HalfHeight, Figure(housing.OuterHeight));
        _sheet.Across(cx + ChannelX(1), cx + ChannelX(2), cy - 30, Figure(housing["pitch"]));
        _sheet.Text(cx + ChannelX(0), cy + 24, "bar 12 x 5");
        _sheet.Text(cx + ChannelX(3), cy + 34, $"star: outer radius {Figure(housing["star_r"])}");
    }

    private void CabinSide(double cx, double cy)
    {
        _sheet.Title(cx, cy - 76, "Cabin side");
        Body(cx, cy);
        for (int i = 0; i < housing.Channels; i++)
            _sheet.Circle(cx - ChannelX(i), cy - Drawn("pipe_z"), Drawn("pipe_d") / 2, Lit);
        double left = cx - HalfWidth;
        _sheet.Circle(left + (14 * Scale), cy + 20, Drawn("button_d") / 2, "#bbb");
        _sheet.Circle(left + (26 * Scale), cy + 20, 2.2, "#3a3");
        _sheet.Rectangle(cx - 26, cy - 12, 52, 52, "fill=\"white\" stroke=\"black\"");
        _sheet.Text(left + 26, cy + 43, "button");
        _sheet.Text(left + 66, cy + 43, "status");
        _sheet.Text(cx, cy + 12, "sticker");
        _sheet.Text(cx, cy + 26, "26 x 26");
        double plug = cx + Drawn("plug_x");
        _sheet.Rectangle(plug - 16, cy - Drawn("plug_z") - 12, 32, 24, "fill=\"white\" stroke=\"black\"");
        _sheet.Text(plug, cy - Drawn("plug_z") + 4, "plug");
        _sheet.Text(cx, cy + 66, "light pipes, 3 mm: bar and four stars, as the street sees them");
    }

    private void Section(double x0, double cy)
    {
        _sheet.Title(x0 + 110, cy - 92, "Section through a star");
        double half = HalfHeight;
        double glassTop = x0 + 20;
        double front = glassTop + Drawn("hood_top");
        double back = front + (housing.Depth * Scale);
        double board = front + Drawn("front_depth");
        double lowEdge = front - Drawn("hood_low");
        string wall = Number(Drawn("wall"));
        Windscreen(glassTop, cy);
        _sheet.Text(glassTop - 60, cy + half + 44, "windscreen");
        _sheet.Add($"<path d=\"M{glassTop} {cy - half}H{back}V{cy + half}H{lowEdge}\" fill=\"none\" stroke=\"black\" stroke-width=\"{wall}\"/>");
        _sheet.Add($"<path d=\"M{front} {cy - half}V{cy - 18}M{front} {cy + 18}V{cy + half}\" stroke=\"black\" stroke-width=\"{wall}\"/>");
        _sheet.Rectangle(front + 3, cy - 20, 4, 40, $"fill=\"{Lit}\"");
        _sheet.Rectangle(board, cy - (Drawn("board_z") / 2), Drawn("board_t"), Drawn("board_z"), "fill=\"#063\"");
        _sheet.Rectangle(board - 4, cy - 3, 4, 6, "fill=\"#ca6\"");
        _sheet.Add($"<path d=\"M{board - 3} {cy - Drawn("pipe_z")}H{back + 3}\" stroke=\"{Lit}\" stroke-width=\"{Drawn("pipe_d")}\"/>");
        double ray = front - 46;
        _sheet.Add($"<path d=\"M{board - 6} {cy}L{ray} {cy - 10}M{board - 6} {cy}L{ray} {cy + 10}\" stroke=\"#e80\" stroke-dasharray=\"4 3\"/>");
        _sheet.Across(front, back, cy + half + 18, Figure(housing.Depth));
        _sheet.Across(lowEdge, front, cy + half + 18, Figure(housing["hood_low"]));
        _sheet.Across(glassTop, front, cy - half - 30, Figure(housing["hood_top"]));
        _sheet.Across(front, board, cy - half - 10, Figure(housing["front_depth"]));
        _sheet.Note(back + 16, cy - 40, "soft strip closes the hood", "to the glass: no glare by way", "of the windscreen", "",
            "back wall opaque: no light", "to the driver but the pipes");
    }

    private void Windscreen(double glassTop, double cy)
    {
        double half = HalfHeight;
        double lean = (housing["hood_low"] - housing["hood_top"]) * Scale / (2 * half);
        double top = glassTop - 6 + (30 * lean);
        double bottom = glassTop - 6 - (lean * ((2 * half) + 30));
        _sheet.Add($"<path d=\"M{top:0.#} {cy - half - 30:0.#}L{bottom:0.#} {cy + half + 30:0.#}\" stroke=\"#58a\" stroke-width=\"4\"/>");
    }

    private void Sticker(double x, double y)
    {
        _sheet.Title(x + 110, y - 22, "Sticker for the passenger (placeholder)");
        _sheet.Rectangle(x + 30, y - 6, 160, 160, "rx=\"6\" fill=\"white\" stroke=\"black\"");
        foreach (var (dx, dy) in new[] { (60, 8), (128, 8), (60, 76) })
        {
            FormattableString inner = $"<path d=\"M{x + dx + 10} {y + dy + 10}h12v12h-12z\"/>";
            _sheet.Add($"<path d=\"M{x + dx} {y + dy}h32v32h-32z\" fill=\"none\" stroke=\"black\" stroke-width=\"5\"/>{inner}");
        }

        _sheet.Text(x + 144, y + 88, "code");
        _sheet.Text(x + 110, y + 130, "Are these stars genuine?");
        _sheet.Text(x + 110, y + 144, "example.org/d/DISPLAY-ID");
        _sheet.Note(x + 210, y + 10, "Real stickers: QR version 3,", "error correction Q, 20 x 20 in the", "26 x 26 field, quiet zone 4 modules;",
            "the address carries the display's", "id and nothing secret. Polyester,", "-40 to 110 C, tamper-evident.");
    }

    private void Body(double cx, double cy) => _sheet.Rectangle(cx - HalfWidth, cy - HalfHeight, 2 * HalfWidth, 2 * HalfHeight,
        "rx=\"6\" fill=\"#f4f4f4\" stroke=\"black\"");

    private void Star(double x, double y, double r)
    {
        var points = Enumerable.Range(0, 10).Select(i =>
        {
            double angle = (-90 + (36 * i)) * Math.PI / 180;
            double q = i % 2 == 0 ? r : r * 0.45;
            return string.Create(CultureInfo.InvariantCulture, $"{x + (q * Math.Cos(angle)):0.##},{y + (q * Math.Sin(angle)):0.##}");
        });
        _sheet.Add($"<polygon points=\"{string.Join(' ', points)}\" fill=\"{Lit}\" stroke=\"black\"/>");
    }

    private static string Figure(double millimetres) => millimetres.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
