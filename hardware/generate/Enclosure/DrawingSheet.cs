using System.Globalization;
using System.Text;

namespace TaxiCredit.Hardware.Generate.Enclosure;

/// <summary>An SVG page with what a dimensioned drawing needs; coordinates in the page's own units, y down.</summary>
internal sealed class DrawingSheet
{
    private readonly StringBuilder _svg = new();

    public DrawingSheet(int width, int height)
    {
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"11\">");
        FormattableString size = $"markerWidth=\"7\" markerHeight=\"7\" orient=\"auto-start-reverse\"";
        Add($"<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" {size}><path d=\"M0 1L8 4L0 7z\"/></marker></defs>");
        Add($"<rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>");
    }

    public override string ToString() => $"{_svg}</svg>\n";

    public void Add(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

    public void Title(double x, double y, string text) =>
        Add($"<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\" font-size=\"13\" font-weight=\"bold\">{text}</text>");

    public void Text(double x, double y, string text) => Add($"<text x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"middle\">{text}</text>");

    public void Note(double x, double y, params string[] lines)
    {
        for (int i = 0; i < lines.Length; i++)
            Add($"<text x=\"{x:0.##}\" y=\"{y + (15 * i):0.##}\">{lines[i]}</text>");
    }

    /// <param name="style">The remaining attributes, fill first.</param>
    public void Rectangle(double left, double top, double width, double height, string style) =>
        Add($"<rect x=\"{left:0.##}\" y=\"{top:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\" {style}/>");

    /// <summary>A horizontal dimension line with its figure above.</summary>
    public void Across(double x1, double x2, double y, string text)
    {
        Arrow($"M{x1:0.##} {y}H{x2:0.##}");
        Text((x1 + x2) / 2, y - 4, text);
    }

    /// <summary>A vertical dimension line with its figure to the right.</summary>
    public void Down(double x, double y1, double y2, string text)
    {
        Arrow($"M{x:0.##} {y1:0.##}V{y2:0.##}");
        Text(x + 16, ((y1 + y2) / 2) + 4, text);
    }

    private void Arrow(FormattableString path) =>
        Add($"<path d=\"{path}\" stroke=\"black\" stroke-width=\"0.7\" marker-start=\"url(#a)\" marker-end=\"url(#a)\"/>");
}
