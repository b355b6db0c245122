using System.Globalization;
using System.Text;
using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Generate.Copper;

/// <summary>A piece of track, or a via when it has no layer. Millimetres from the board's upper left corner.</summary>
internal sealed record Track(string Net, string Layer, double X1, double Y1, double X2, double Y2, double Width)
{
    public const string FileName = "copper.csv";
    public const double ViaDrill = 0.3;
    public const double ViaSize = 0.6;

    public bool IsVia => Layer == "";

    public static Track Via(string net, double x, double y) => new(net, "", x, y, x, y, ViaSize);

    public static IReadOnlyList<Track> Read(string projectFolder)
    {
        string path = Path.Combine(projectFolder, FileName);
        return !File.Exists(path) ? [] : [.. Csv.Read(path).Select(row => new Track(row["net"], row["layer"], row.Number("x1"), row.Number("y1"),
            row.Number("x2"), row.Number("y2"), row.Number("width")))];
    }

    public static string Write(IEnumerable<Track> tracks)
    {
        var text = new StringBuilder("net,layer,x1,y1,x2,y2,width\n");
        foreach (var t in tracks)
            text.Append(CultureInfo.InvariantCulture, $"{t.Net},{t.Layer},{t.X1:0.###},{t.Y1:0.###},{t.X2:0.###},{t.Y2:0.###},{t.Width:0.###}\n");
        return text.ToString();
    }
}
