using TaxiCredit.Hardware.Generate.BoardOutline;
using TaxiCredit.Hardware.Generate.Drawing;

namespace TaxiCredit.Hardware.Generate.Production;

/// <summary>What a panel has beside its boards: milled gaps, tabs that break, tooling holes, fiducials.</summary>
internal static class PanelFrame
{
    private const string Line = "(stroke (width 0.1) (type default)) (layer \"Edge.Cuts\")";

    public static void Write(Action<FormattableString> add)
    {
        Contour(add, Corners());
        foreach (var (x, y) in Panel.ToolingHoles)
            Hole(add, x, y, Panel.Tooling);
        foreach (var (x, y) in Bites())
            Hole(add, x, y, Panel.Bite);
        foreach (var (x, y) in Panel.Fiducials)
            foreach (string side in new[] { "F", "B" })
                Fiducial(add, x, y, side);
    }

    // From the edge into the tab, so that the holes keep 0.35 mm from the planes.
    private const double BiteOut = 0.15;

    /// <summary>Middles of the small holes along which the tabs break, in the panel's millimetres: at each board's own edge.</summary>
    public static IEnumerable<(double X, double Y)> Bites() =>
        from offset in Panel.Offsets
        from edge in new[] { 0, Outline.Height }
        from tab in Panel.Tabs
        from i in Enumerable.Range(0, Panel.BitesOfATab)
        select (Panel.Rail + Panel.Gap + offset.X + tab + ((i - ((Panel.BitesOfATab - 1) / 2.0)) * (Panel.Tab / Panel.BitesOfATab)),
            Panel.Rail + Panel.Gap + offset.Y + edge + (edge == 0 ? -BiteOut : BiteOut));

    // The frame's outside, and the edges of what is milled: the borders between milled and standing squares of a grid through all corners.
    private static IEnumerable<((double X, double Y) From, (double X, double Y) To)> Corners()
    {
        double[] xs = [.. Stations(Outline.Width, 2, Panel.Tabs).Prepend(0).Append(Panel.Width)];
        double[] ys = [.. Stations(Outline.Height, 2, []).Prepend(0).Append(Panel.Height)];
        bool Milled(int i, int k) => i >= 0 && k >= 0 && i < xs.Length - 1 && k < ys.Length - 1
            && IsMilled((xs[i] + xs[i + 1]) / 2, (ys[k] + ys[k + 1]) / 2);
        for (int i = 0; i < xs.Length - 1; i++)
            for (int k = 0; k < ys.Length; k++)
                if (k == 0 || k == ys.Length - 1 || Milled(i, k - 1) != Milled(i, k))
                    yield return ((xs[i], ys[k]), (xs[i + 1], ys[k]));
        for (int i = 0; i < xs.Length; i++)
            for (int k = 0; k < ys.Length - 1; k++)
                if (i == 0 || i == xs.Length - 1 || Milled(i - 1, k) != Milled(i, k))
                    yield return ((xs[i], ys[k]), (xs[i], ys[k + 1]));
    }

    /// <summary>Whether a point of the panel is milled away.</summary>
    public static bool IsMilled(double x, double y)
    {
        static bool InGap(double at, double size) => (at - Panel.Rail) % (size + Panel.Gap) < Panel.Gap;
        bool inside = x > Panel.Rail && x < Panel.Width - Panel.Rail && y > Panel.Rail && y < Panel.Height - Panel.Rail;
        double along = ((x - Panel.Rail) % (Outline.Width + Panel.Gap)) - Panel.Gap;
        return inside && (InGap(x, Outline.Width) || (InGap(y, Outline.Height) && !Panel.Tabs.Any(tab => Math.Abs(along - tab) < Panel.Tab / 2)));
    }

    private static IEnumerable<double> Stations(double size, int count, IReadOnlyList<double> tabs)
    {
        for (int n = 0; n <= count; n++)
        {
            double gap = Panel.Rail + (n * (size + Panel.Gap));
            yield return gap;
            yield return gap + Panel.Gap;
            foreach (double tab in n < count ? tabs : [])
            {
                yield return gap + Panel.Gap + tab - (Panel.Tab / 2);
                yield return gap + Panel.Gap + tab + (Panel.Tab / 2);
            }
        }
    }

    private static void Contour(Action<FormattableString> add, IEnumerable<((double X, double Y) From, (double X, double Y) To)> edges)
    {
        foreach (var (from, to) in edges)
        {
            FormattableString ends = $"(start {Panel.Left + from.X} {Panel.Top + from.Y}) (end {Panel.Left + to.X} {Panel.Top + to.Y})";
            add($"(gr_line {ends} {Line} (uuid \"{Identity.Of("panel edge", from, to)}\"))");
        }
    }

    private static void Hole(Action<FormattableString> add, double x, double y, double size)
    {
        x = Math.Round(x, 3);
        string pad = FormattableString.Invariant($"(pad \"\" np_thru_hole circle (at 0 0) (size {size} {size}) (drill {size}) (layers \"*.Cu\" \"*.Mask\")");
        Part(add, "hole", x, y, "F", $"{pad} (uuid \"{Identity.Of("panel hole pad", x, y)}\"))");
    }

    private static void Fiducial(Action<FormattableString> add, double x, double y, string side)
    {
        string pad = $"(pad \"\" smd circle (at 0 0) (size 1 1) (layers \"{side}.Cu\" \"{side}.Mask\") (solder_mask_margin 0.5)";
        Part(add, "fiducial", x, y, side, $"{pad} (uuid \"{Identity.Of("panel fiducial pad", x, y, side)}\"))");
    }

    private static void Part(Action<FormattableString> add, string kind, double x, double y, string side, string pad)
    {
        FormattableString place = $"(layer \"{side}.Cu\") (uuid \"{Identity.Of("panel", kind, x, y, side)}\") (at {Panel.Left + x} {Panel.Top + y})";
        add($"(footprint \"{kind}\" {place} (attr board_only exclude_from_pos_files exclude_from_bom) {pad})");
    }
}
