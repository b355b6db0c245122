namespace TaxiCredit.Hardware.Generate.BoardOutline;

/// <summary>
/// Where each part's name stands on the silk screen: beside its courtyard, on no pad, hole, other part or other name. A name that finds no room stays on the
/// fabrication layer only.
/// </summary>
internal sealed class Labels
{
    public const double Size = 0.8;
    private const double Advance = 0.95;
    private readonly List<(bool Back, double Left, double Top, double Right, double Bottom)> _taken = [];

    private Labels()
    {
    }

    /// <returns>Middle of each name, in millimetres from the board's upper left corner.</returns>
    public static IReadOnlyDictionary<string, (double X, double Y)> Place(
        IReadOnlyList<BoardPart> parts, IReadOnlyDictionary<string, Place> places, Func<string, Files.SExpression> library)
    {
        var labels = new Labels();
        var boxes = parts.ToDictionary(part => part.Reference, part => Box(Courtyard.Of(library(part.Footprint)), places[part.Reference]));
        foreach (var part in parts)
        {
            var box = boxes[part.Reference];
            labels._taken.Add((places[part.Reference].Back, box.Left, box.Top, box.Right, box.Bottom));
            foreach (var hole in Courtyard.Of(library(part.Footprint)).Holes)
            {
                var (x, y) = places[part.Reference].OnBoard(hole.X, hole.Y);
                labels.Round(x, y, hole.Radius + 0.2);
            }
        }

        foreach (var (x, y) in Outline.Screws)
            labels.Round(x, y, 3.4);
        for (int i = 0; i < Outline.Channels; i++)
            labels.Round(Outline.ChannelX(i), Outline.PipeRow, 2.2);
        foreach (var (back, left, top, right, bottom) in Silk.Areas)
            labels._taken.Add((back, left, top, right, bottom));
        var found = new Dictionary<string, (double, double)>();
        foreach (var part in parts.OrderBy(part => part.Reference.StartsWith("TP", StringComparison.Ordinal) ? 1 : 0)
            .ThenBy(part => part.Reference, StringComparer.Ordinal).Where(part => !part.Reference.StartsWith("FID", StringComparison.Ordinal)))
            if (labels.Beside(part.Reference, boxes[part.Reference], places[part.Reference].Back) is { } at)
                found[part.Reference] = at;
        return found;
    }

    private static (double Left, double Top, double Right, double Bottom) Box(Courtyard courtyard, Place place)
    {
        var box = courtyard.Box;
        var corners = new[] { (box.Left, box.Top), (box.Right, box.Top), (box.Right, box.Bottom), (box.Left, box.Bottom) }
            .Select(corner => place.OnBoard(corner.Item1, corner.Item2)).ToList();
        return (corners.Min(c => c.X), corners.Min(c => c.Y), corners.Max(c => c.X), corners.Max(c => c.Y));
    }

    private (double X, double Y)? Beside(string name, (double Left, double Top, double Right, double Bottom) box, bool back)
    {
        double half = name.Length * Size * Advance / 2;
        double up = Size * 0.65;
        double middleX = (box.Left + box.Right) / 2;
        double middleY = (box.Top + box.Bottom) / 2;
        foreach (double gap in new[] { 0.15, 0.5, 1, 1.5 })
            foreach (double shift in new[] { 0, -0.6, 0.6, -1.2, 1.2, -2, 2 })
                foreach (var (x, y) in new[]
                {
                    (middleX + shift, box.Top - gap - up), (middleX + shift, box.Bottom + gap + up),
                    (box.Left - gap - half, middleY + shift), (box.Right + gap + half, middleY + shift),
                })
                    if (IsFree(back, x - half, y - up, x + half, y + up))
                    {
                        _taken.Add((back, x - half, y - up, x + half, y + up));
                        return (Math.Round(x, 3), Math.Round(y, 3));
                    }

        return null;
    }

    private bool IsFree(bool back, double left, double top, double right, double bottom) =>
        left > 0.5 && top > 0.5 && right < Housed.Antenna && bottom < Outline.Height - 0.5
        && !_taken.Any(other => other.Back == back && left < other.Right && right > other.Left && top < other.Bottom && bottom > other.Top);

    private void Round(double x, double y, double radius)
    {
        foreach (bool back in new[] { false, true })
            _taken.Add((back, x - radius, y - radius, x + radius, y + radius));
    }
}
