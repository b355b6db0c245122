using System.Globalization;
using System.Text;

namespace TaxiCredit.Hardware.Tests.Enclosure;

/// <summary>The dimensioned drawing: street side, cabin side, section and sticker, at twice its size, from the same parameters as the solid.</summary>
internal sealed class HousingDrawing(Housing housing)
{
    private const double Scale = 2;
    private readonly StringBuilder svg = new();

    public string Draw()
    {
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 980 560\" font-family=\"sans-serif\" font-size=\"11\">");
        Add($"<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto-start-reverse\"><path d=\"M0 1L8 4L0 7z\"/></marker></defs>");
        Add($"<rect width=\"980\" height=\"560\" fill=\"white\"/>");
        StreetSide(200, 130);
        CabinSide(200, 370);
        Section(560, 130);
        Sticker(560, 330);
        Note(24, 520, "Millimetres, general tolerance 0.3. Black PC/ABS or ASA, opaque; diffusers opal PMMA 2 mm, amber LEDs behind them.",
            "An M5 thread below takes a ball bracket; mount outside the area that the wipers sweep. Source: housing.scad.");
        return svg.Append("</svg>\n").ToString();
    }

    private void StreetSide(double cx, double cy)
    {
        Title(cx, cy - 92, "Street side");
        Body(cx, cy);
        for (int i = 0; i < housing.Channels; i++)
        {
            double x = cx + (housing.ChannelX(i) * Scale);
            if (i == 0)
                Add($"<rect x=\"{x - (housing["bar_w"] * Scale / 2):0.##}\" y=\"{cy - (housing["bar_h"] * Scale / 2):0.##}\" width=\"{housing["bar_w"] * Scale}\" height=\"{housing["bar_h"] * Scale}\" fill=\"#f5b942\" stroke=\"black\"/>");
            else
                Star(x, cy, housing["star_r"] * Scale);
        }

        Across(cx - (housing.OuterWidth * Scale / 2), cx + (housing.OuterWidth * Scale / 2), cy + 66, $"{housing.OuterWidth:0.#}");
        Down(cx + (housing.OuterWidth * Scale / 2) + 16, cy - (housing.OuterHeight * Scale / 2), cy + (housing.OuterHeight * Scale / 2), $"{housing.OuterHeight:0.#}");
        Across(cx + (housing.ChannelX(1) * Scale), cx + (housing.ChannelX(2) * Scale), cy - 30, $"{housing["pitch"]:0.#}");
        Text(cx + (housing.ChannelX(0) * Scale), cy + 24, "bar 12 x 5");
        Text(cx + (housing.ChannelX(3) * Scale), cy + 34, $"star: outer radius {housing["star_r"]:0.#}");
    }

    private void CabinSide(double cx, double cy)
    {
        Title(cx, cy - 76, "Cabin side");
        Body(cx, cy);
        for (int i = 0; i < housing.Channels; i++)
            Add($"<circle cx=\"{cx - (housing.ChannelX(i) * Scale):0.##}\" cy=\"{cy - (housing["pipe_z"] * Scale):0.##}\" r=\"{housing["pipe_d"] * Scale / 2}\" fill=\"#f5b942\" stroke=\"black\"/>");
        double left = cx - (housing.OuterWidth * Scale / 2);
        Add($"<circle cx=\"{left + (14 * Scale)}\" cy=\"{cy + 20}\" r=\"{housing["button_d"] * Scale / 2}\" fill=\"#bbb\" stroke=\"black\"/>");
        Add($"<circle cx=\"{left + (26 * Scale)}\" cy=\"{cy + 20}\" r=\"2.2\" fill=\"#3a3\" stroke=\"black\"/>");
        Add($"<rect x=\"{cx - 26}\" y=\"{cy - 12}\" width=\"52\" height=\"52\" fill=\"white\" stroke=\"black\"/>");
        Text(left + 26, cy + 43, "button");
        Text(left + 66, cy + 43, "status");
        Text(cx, cy + 12, "sticker");
        Text(cx, cy + 26, "26 x 26");
        double plug = cx + (housing["plug_x"] * Scale);
        Add($"<rect x=\"{plug - 16}\" y=\"{cy - (housing["plug_z"] * Scale) - 12}\" width=\"32\" height=\"24\" fill=\"white\" stroke=\"black\"/>");
        Text(plug, cy - (housing["plug_z"] * Scale) + 4, "plug");
        Text(cx, cy + 66, "light pipes, 3 mm: bar and four stars, as the street sees them");
    }

    private void Section(double x0, double cy)
    {
        Title(x0 + 110, cy - 92, "Section through a star");
        double half = housing.OuterHeight * Scale / 2;
        double glassTop = x0 + 20;
        double front = glassTop + (housing["hood_top"] * Scale);
        double back = front + (housing.Depth * Scale);
        double board = front + (housing["front_depth"] * Scale);
        double lean = (housing["hood_low"] - housing["hood_top"]) * Scale / (2 * half);
        Add($"<path d=\"M{glassTop - 6 + (30 * lean):0.#} {cy - half - 30:0.#}L{glassTop - 6 - (lean * ((2 * half) + 30)):0.#} {cy + half + 30:0.#}\" stroke=\"#58a\" stroke-width=\"4\"/>");
        Text(glassTop - 60, cy + half + 44, "windscreen");
        Add($"<path d=\"M{glassTop} {cy - half}H{back}V{cy + half}H{front - (housing["hood_low"] * Scale)}\" fill=\"none\" stroke=\"black\" stroke-width=\"{housing["wall"] * Scale}\"/>");
        Add($"<path d=\"M{front} {cy - half}V{cy - 18}M{front} {cy + 18}V{cy + half}\" stroke=\"black\" stroke-width=\"{housing["wall"] * Scale}\"/>");
        Add($"<rect x=\"{front + 3}\" y=\"{cy - 20}\" width=\"4\" height=\"40\" fill=\"#f5b942\"/>");
        Add($"<rect x=\"{board}\" y=\"{cy - (housing["board_z"] * Scale / 2)}\" width=\"{housing["board_t"] * Scale}\" height=\"{housing["board_z"] * Scale}\" fill=\"#063\"/>");
        Add($"<rect x=\"{board - 4}\" y=\"{cy - 3}\" width=\"4\" height=\"6\" fill=\"#ca6\"/>");
        double pipe = cy - (housing["pipe_z"] * Scale);
        Add($"<path d=\"M{board - 3} {pipe}H{back + 3}\" stroke=\"#f5b942\" stroke-width=\"{housing["pipe_d"] * Scale}\"/>");
        Add($"<path d=\"M{board - 6} {cy}L{front - 46} {cy - 10}M{board - 6} {cy}L{front - 46} {cy + 10}\" stroke=\"#e80\" stroke-dasharray=\"4 3\"/>");
        Across(front, back, cy + half + 18, $"{housing.Depth:0.#}");
        Across(front - (housing["hood_low"] * Scale), front, cy + half + 18, $"{housing["hood_low"]:0.#}");
        Across(glassTop, front, cy - half - 30, $"{housing["hood_top"]:0.#}");
        Across(front, board, cy - half - 10, $"{housing["front_depth"]:0.#}");
        Note(back + 16, cy - 40, "soft strip closes the hood", "to the glass: no glare by way", "of the windscreen", "", "back wall opaque: no light", "to the driver but the pipes");
    }

    private void Sticker(double x, double y)
    {
        Title(x + 110, y - 22, "Sticker for the passenger (placeholder)");
        Add($"<rect x=\"{x + 30}\" y=\"{y - 6}\" width=\"160\" height=\"160\" rx=\"6\" fill=\"white\" stroke=\"black\"/>");
        foreach (var (dx, dy) in new[] { (60, 8), (128, 8), (60, 76) })
            Add($"<path d=\"M{x + dx} {y + dy}h32v32h-32z\" fill=\"none\" stroke=\"black\" stroke-width=\"5\"/><path d=\"M{x + dx + 10} {y + dy + 10}h12v12h-12z\"/>");
        Text(x + 144, y + 88, "code");
        Text(x + 110, y + 130, "Are these stars genuine?");
        Text(x + 110, y + 144, "example.org/d/DISPLAY-ID");
        Note(x + 210, y + 10, "Real stickers: QR version 3,", "error correction Q, 20 x 20 in the", "26 x 26 field, quiet zone 4 modules;", "the address carries the display's", "id and nothing secret. Polyester,", "-40 to 110 C, tamper-evident.");
    }

    private void Body(double cx, double cy) =>
        Add($"<rect x=\"{cx - (housing.OuterWidth * Scale / 2):0.##}\" y=\"{cy - (housing.OuterHeight * Scale / 2):0.##}\" width=\"{housing.OuterWidth * Scale:0.##}\" height=\"{housing.OuterHeight * Scale:0.##}\" rx=\"6\" fill=\"#f4f4f4\" stroke=\"black\"/>");

    private void Star(double x, double y, double r)
    {
        var points = Enumerable.Range(0, 10).Select(i =>
        {
            double angle = (-90 + (36 * i)) * Math.PI / 180;
            double q = i % 2 == 0 ? r : r * 0.45;
            return string.Create(CultureInfo.InvariantCulture, $"{x + (q * Math.Cos(angle)):0.##},{y + (q * Math.Sin(angle)):0.##}");
        });
        Add($"<polygon points=\"{string.Join(' ', points)}\" fill=\"#f5b942\" stroke=\"black\"/>");
    }

    private void Across(double x1, double x2, double y, string text)
    {
        Add($"<path d=\"M{x1:0.##} {y}H{x2:0.##}\" stroke=\"black\" stroke-width=\"0.7\" marker-start=\"url(#a)\" marker-end=\"url(#a)\"/>");
        Text((x1 + x2) / 2, y - 4, text);
    }

    private void Down(double x, double y1, double y2, string text)
    {
        Add($"<path d=\"M{x:0.##} {y1:0.##}V{y2:0.##}\" stroke=\"black\" stroke-width=\"0.7\" marker-start=\"url(#a)\" marker-end=\"url(#a)\"/>");
        Text(x + 16, ((y1 + y2) / 2) + 4, text);
    }

    private void Title(double x, double y, string text) => Add($"<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\" font-size=\"13\" font-weight=\"bold\">{text}</text>");

    private void Text(double x, double y, string text) => Add($"<text x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"middle\">{text}</text>");

    private void Note(double x, double y, params string[] lines)
    {
        for (int i = 0; i < lines.Length; i++)
            Add($"<text x=\"{x:0.##}\" y=\"{y + (15 * i):0.##}\">{lines[i]}</text>");
    }

    private void Add(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
