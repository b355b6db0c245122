using System.Globalization;
using System.Text;

namespace TaxiCredit.Hardware.Generate.Simulation;

/// <summary>Draws the curves of a deck over time in milliseconds, on one vertical axis.</summary>
internal static class SvgPlot
{
    public const string Folder = "hardware/sim/plots";
    private const double Width = 760;
    private const double Height = 340;
    private const double Left = 56;
    private const double Top = 58;
    private const double Bottom = Height - 40;
    private const double Right = Width - 16;
    private const int MaxPoints = 400;

    // Distinguishable for colour-blind readers; from the fourth curve on also by dashes.
    private static readonly string[] Colours = ["#0b62a8", "#d1650b", "#22863a", "#8a2da5", "#444444"];

    public static string Draw(Deck deck, IReadOnlyList<double[]> rows)
    {
        // The axes come from all rows, so that they do not depend on which ones are drawn.
        int every = Math.Max(1, rows.Count / MaxPoints);
        var thinned = rows.Where((_, i) => i % every == 0 || i == rows.Count - 1).ToList();
        double t0 = rows[0][0];
        double t1 = rows[^1][0];
        double low = Math.Min(0, rows.Min(row => row.Skip(1).Min()));
        double high = rows.Max(row => row.Skip(1).Max());
        double step = NiceStep((high - low) / 6);
        low = Math.Floor(low / step) * step;
        high = Math.Ceiling(high / step) * step;
        double X(double t) => Left + ((t - t0) / (t1 - t0) * (Right - Left));
        double Y(double v) => Bottom - ((v - low) / (high - low) * (Bottom - Top));

        var svg = new StringBuilder();
        void Add(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">");
        Add($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>");
        Add($"<text x=\"{Left}\" y=\"20\" font-size=\"13\" font-weight=\"bold\">{Escape(deck.Title)}</text>");
        for (double v = low; v <= high + (step / 2); v += step)
        {
            Add($"<path d=\"M{Left} {Y(v):0.#}H{Right}\" stroke=\"#ddd\"/>");
            Add($"<text x=\"{Left - 6}\" y=\"{Y(v) + 4:0.#}\" text-anchor=\"end\">{Math.Round(v, 6):G4}</text>");
        }

        double timeStep = NiceStep((t1 - t0) / 8);
        for (double t = Math.Ceiling(t0 / timeStep) * timeStep; t <= t1 + (timeStep / 100); t += timeStep)
        {
            Add($"<path d=\"M{X(t):0.#} {Top}V{Bottom}\" stroke=\"#eee\"/>");
            Add($"<text x=\"{X(t):0.#}\" y=\"{Bottom + 16}\" text-anchor=\"middle\">{Math.Round(t * 1000, 4):G5}</text>");
        }

        Add($"<text x=\"{Right}\" y=\"{Bottom + 32}\" text-anchor=\"end\">time, ms</text>");
        double legend = Left;
        for (int i = 0; i < deck.Curves.Count; i++)
        {
            int column = i + 1;
            string points = string.Join(' ', thinned.Select(row => string.Create(CultureInfo.InvariantCulture, $"{X(row[0]):0.#},{Y(row[column]):0.#}")));
            string dash = i >= 3 ? " stroke-dasharray=\"6 3\"" : "";
            // The title names the curve in a tooltip, and in the message of the comparison when it has changed.
            FormattableString name = $"<title>{Escape(deck.Curves[i].Name)}</title>";
            Add($"<polyline points=\"{points}\" fill=\"none\" stroke=\"{Colours[i]}\" stroke-width=\"1.6\"{dash}>{name}</polyline>");
            Add($"<path d=\"M{legend} 40h18\" stroke=\"{Colours[i]}\" stroke-width=\"2.4\"{dash}/>");
            Add($"<text x=\"{legend + 23}\" y=\"44\">{Escape(deck.Curves[i].Name)}</text>");
            legend += 40 + (deck.Curves[i].Name.Length * 6.7);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static double NiceStep(double raw)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
    }

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
