using System.Globalization;
using System.Text;
using TaxiCredit.Hardware.Generate.BoardOutline;
using TaxiCredit.Hardware.Generate.Copper;

namespace TaxiCredit.Hardware.Generate.Production;

/// <summary>Where the needles of the test jig stand: every test point, the plug and the service pads, as one sees the cabin's side.</summary>
internal static class JigPlan
{
    /// <summary>From the repository's root.</summary>
    public const string Path = "hardware/jig.csv";

    public static string Write(IEnumerable<CopperPad> pads)
    {
        var text = new StringBuilder("point,net,x_mm,y_mm,needle\n");
        var touched = pads.Where(pad => pad.Number != "" && !pad.KeepsViasOut)
            .Where(pad => pad.Part.StartsWith("TP", StringComparison.Ordinal) || pad.Part is "J1" or "J2");
        foreach (var pad in touched.OrderBy(pad => pad.Part, StringComparer.Ordinal).ThenBy(pad => pad.Number, StringComparer.Ordinal))
        {
            string needle = pad.Part[0] == 'T' ? "P75 crown" : pad.Part == "J1" ? "plug 43025-0400" : "Tag-Connect";
            // From the board's lower right corner as the street sees it, which is the lower left as the cabin does.
            text.Append(CultureInfo.InvariantCulture, $"{pad.Part}.{pad.Number},{pad.Net},");
            text.Append(CultureInfo.InvariantCulture, $"{Outline.Width - pad.X:0.00},{Outline.Height - pad.Y:0.00},{needle}\n");
        }

        return text.ToString();
    }
}
