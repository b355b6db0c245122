using System.Globalization;
using System.Text.RegularExpressions;

namespace TaxiCredit.Hardware.Generate.Copper;

/// <summary>The copper of one Gerber file, painted in twentieths of a millimetre. Knows nothing of nets: what a maker etches.</summary>
internal sealed partial class GerberLayer
{
    public const double Cell = 0.05;
    private readonly double _left;
    private readonly double _top;
    private readonly Dictionary<int, (char Shape, double Width, double Height)> _apertures = [];
    private bool _dark = true;

    /// <param name="text">RS-274X in millimetres, without macros.</param>
    /// <param name="left">The board's upper left corner, in the file's millimetres; y grows upwards there.</param>
    public GerberLayer(string text, double left, double top, double width, double height)
    {
        (_left, _top) = (left, top);
        Columns = (int)(width / Cell) + 1;
        Rows = (int)(height / Cell) + 1;
        Copper = new bool[Columns * Rows];
        foreach (Match aperture in Aperture().Matches(text))
        {
            double[] sizes = [.. aperture.Groups[3].Value.Split('X').Select(size => double.Parse(size, CultureInfo.InvariantCulture))];
            _apertures[int.Parse(aperture.Groups[1].Value, null)] = (aperture.Groups[2].Value[0], sizes[0], sizes.Length > 1 ? sizes[1] : sizes[0]);
        }

        Paint(text);
    }

    public int Columns { get; }

    public int Rows { get; }

    public bool[] Copper { get; }

    public int CellAt(double x, double y) => ((int)Math.Round(y / Cell) * Columns) + (int)Math.Round(x / Cell);

    /// <summary>Takes away the copper of a pad, and what lies under it.</summary>
    public void Erase(CopperPad pad)
    {
        int reach = (int)((pad.Reach + Cell) / Cell);
        int middle = CellAt(pad.X, pad.Y);
        for (int row = Math.Max(0, (middle / Columns) - reach); row <= Math.Min(Rows - 1, (middle / Columns) + reach); row++)
            for (int column = Math.Max(0, (middle % Columns) - reach); column <= Math.Min(Columns - 1, (middle % Columns) + reach); column++)
                if (pad.Distance(column * Cell, row * Cell) < Cell)
                    Copper[(row * Columns) + column] = false;
    }

    private void Paint(string text)
    {
        var (x, y, mode) = (0.0, 0.0, 1);
        var aperture = ('C', 0.0, 0.0);
        List<(double X, double Y)>? region = null;
        foreach (string command in text.Split(['*', '%', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (command is "LPD" or "LPC")
                _dark = command == "LPD";
            else if (command == "G36")
                region = [];
            else if (command == "G37")
            {
                Fill(region!);
                region = null;
            }
            else if (command is "G01" or "G02" or "G03")
                mode = command[2] - '0';
            else if (Select().Match(command) is { Success: true } select)
                aperture = _apertures[int.Parse(select.Groups[1].Value, null)];
            else if (Move().Match(command) is { Success: true } move)
            {
                double Axis(string name, double old) =>
                    move.Groups[name].Success ? double.Parse(move.Groups[name].Value, CultureInfo.InvariantCulture) / 1e6 : old;
                // Without the last digits of the sum, which would paint the same copper differently in another place.
                double toX = move.Groups["x"].Success ? Math.Round(Axis("x", 0) - _left, 6) : x;
                double toY = move.Groups["y"].Success ? Math.Round(_top - Axis("y", 0), 6) : y;
                var way = mode == 1 ? [(toX, toY)] : Arc(x, y, toX, toY, x + Axis("i", 0), y - Axis("j", 0), mode == 2);
                if (move.Groups["d"].Value == "2" && region is { Count: > 0 })
                {
                    Fill(region);
                    region = [];
                }

                if (region is not null)
                    region.AddRange(way);
                else if (move.Groups["d"].Value == "1")
                    foreach (var (nextX, nextY) in way)
                    {
                        Draw(x, y, nextX, nextY, aperture.Item2 / 2);
                        (x, y) = (nextX, nextY);
                    }
                else if (move.Groups["d"].Value == "3")
                    Flash(toX, toY, aperture);
                (x, y) = (toX, toY);
            }
        }
    }

    private static List<(double X, double Y)> Arc(double x, double y, double toX, double toY, double middleX, double middleY, bool clockwise)
    {
        double radius = Math.Sqrt(((x - middleX) * (x - middleX)) + ((y - middleY) * (y - middleY)));
        double from = Math.Atan2(middleY - y, x - middleX);
        double sweep = Math.Atan2(middleY - toY, toX - middleX) - from;
        if (clockwise && sweep >= -1e-9)
            sweep -= 2 * Math.PI;
        else if (!clockwise && sweep <= 1e-9)
            sweep += 2 * Math.PI;
        return [.. Enumerable.Range(1, 24).Select(i => from + (sweep * i / 24))
            .Select(angle => (middleX + (radius * Math.Cos(angle)), middleY - (radius * Math.Sin(angle))))];
    }

    private void Flash(double x, double y, (char Shape, double Width, double Height) aperture)
    {
        double round = Math.Min(aperture.Width, aperture.Height) / 2;
        if (aperture.Shape == 'R')
            Each(x - (aperture.Width / 2), y - (aperture.Height / 2), x + (aperture.Width / 2), y + (aperture.Height / 2), (_, _) => true);
        else
        {
            double across = (aperture.Width / 2) - round;
            double up = (aperture.Height / 2) - round;
            Draw(x - across, y - up, x + across, y + up, round);
        }
    }

    private void Draw(double x1, double y1, double x2, double y2, double half)
    {
        double length = ((x2 - x1) * (x2 - x1)) + ((y2 - y1) * (y2 - y1));
        Each(Math.Min(x1, x2) - half, Math.Min(y1, y2) - half, Math.Max(x1, x2) + half, Math.Max(y1, y2) + half, (x, y) =>
        {
            double along = length == 0 ? 0 : Math.Clamp((((x - x1) * (x2 - x1)) + ((y - y1) * (y2 - y1))) / length, 0, 1);
            double dx = x - x1 - (along * (x2 - x1));
            double dy = y - y1 - (along * (y2 - y1));
            return (dx * dx) + (dy * dy) <= half * half;
        });
    }

    private void Each(double left, double top, double right, double bottom, Func<double, double, bool> covers)
    {
        for (int row = Math.Max(0, (int)Math.Ceiling(top / Cell)); row <= Math.Min(Rows - 1, (int)Math.Floor(bottom / Cell)); row++)
            for (int column = Math.Max(0, (int)Math.Ceiling(left / Cell)); column <= Math.Min(Columns - 1, (int)Math.Floor(right / Cell)); column++)
                if (covers(column * Cell, row * Cell))
                    Copper[(row * Columns) + column] = _dark;
    }

    // Line by line, even and odd: the slits that lead to a region's holes have no width.
    private void Fill(List<(double X, double Y)> region)
    {
        if (region.Count < 3)
            return;
        var crossings = new List<double>[Rows];
        for (int i = 0; i < region.Count; i++)
        {
            var (a, b) = (region[i], region[(i + 1) % region.Count]);
            var (low, high) = a.Y < b.Y ? (a, b) : (b, a);
            for (int row = Math.Max(0, (int)Math.Ceiling(low.Y / Cell)); row < Math.Min(Rows, high.Y / Cell); row++)
                (crossings[row] ??= []).Add(low.X + (((row * Cell) - low.Y) / (high.Y - low.Y) * (high.X - low.X)));
        }

        for (int row = 0; row < Rows; row++)
        {
            if (crossings[row] is not { } line)
                continue;
            line.Sort();
            for (int i = 0; i + 1 < line.Count; i += 2)
                for (int column = Math.Max(0, (int)Math.Ceiling(line[i] / Cell)); column <= Math.Min(Columns - 1, line[i + 1] / Cell); column++)
                    Copper[(row * Columns) + column] = _dark;
        }
    }

    [GeneratedRegex(@"%ADD(\d+)([CRO]),([\d.X]+)\*%")]
    private static partial Regex Aperture();

    [GeneratedRegex(@"^(?:G54)?D(\d{2,})$")]
    private static partial Regex Select();

    [GeneratedRegex(@"^(?:X(?<x>-?\d+))?(?:Y(?<y>-?\d+))?(?:I(?<i>-?\d+))?(?:J(?<j>-?\d+))?D0(?<d>[123])$")]
    private static partial Regex Move();
}
