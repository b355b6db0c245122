namespace TaxiCredit.Hardware.Generate.Enclosure;

/// <summary>A cut through a solid: the outlines of its material. Across x: y and z; across y: x and z; across z: x and y.</summary>
internal sealed class Slice(IReadOnlyList<((double X, double Y) From, (double X, double Y) To)> segments)
{
    /// <summary>A hole, as measured by walking through it.</summary>
    /// <param name="Area">Square millimetres.</param>
    internal sealed record Opening(double X, double Y, double Width, double Height, double Area);

    public bool HasMaterial(double x, double y)
    {
        bool inside = false;
        foreach (var (a, b) in segments)
            if ((a.Y > y) != (b.Y > y) && x < a.X + ((y - a.Y) / (b.Y - a.Y) * (b.X - a.X)))
                inside = !inside;
        return inside;
    }

    /// <summary>The hole around a point.</summary>
    /// <param name="reach">Half of the square in which it must end, in millimetres.</param>
    /// <param name="step">Between two looks, in millimetres.</param>
    /// <returns>Null where there is material, or where the hole leaves the square.</returns>
    public Opening? OpeningAt(double x, double y, double reach = 14, double step = 0.1)
    {
        int limit = (int)(reach / step);
        if (HasMaterial(x, y))
            return null;
        var free = new List<(int X, int Y)>();
        var seen = new HashSet<(int, int)> { (0, 0) };
        var next = new Stack<(int X, int Y)>([(0, 0)]);
        while (next.TryPop(out var at))
        {
            if (Math.Abs(at.X) >= limit || Math.Abs(at.Y) >= limit)
                return null;
            free.Add(at);
            foreach (var to in new[] { (at.X + 1, at.Y), (at.X - 1, at.Y), (at.X, at.Y + 1), (at.X, at.Y - 1) })
                if (seen.Add(to) && !HasMaterial(x + (to.Item1 * step), y + (to.Item2 * step)))
                    next.Push(to);
        }

        double Size(Func<(int X, int Y), int> of) => (free.Max(of) - free.Min(of) + 1) * step;
        return new Opening(x + (free.Average(cell => cell.X) * step), y + (free.Average(cell => cell.Y) * step),
            Size(cell => cell.X), Size(cell => cell.Y), free.Count * step * step);
    }

    /// <summary>The outlines, each closed.</summary>
    public IEnumerable<IReadOnlyList<(double X, double Y)>> Loops()
    {
        static (long, long) Key((double X, double Y) point) => ((long)Math.Round(point.X * 1e4), (long)Math.Round(point.Y * 1e4));
        var open = segments.Where(segment => Key(segment.From) != Key(segment.To)).ToHashSet();
        var byEnd = open.SelectMany(segment => new[] { (Key(segment.From), segment), (Key(segment.To), segment) })
            .ToLookup(pair => pair.Item1, pair => pair.segment);
        foreach (var first in segments.Where(open.Contains))
        {
            open.Remove(first);
            var loop = new List<(double X, double Y)> { first.From, first.To };
            while (byEnd[Key(loop[^1])].Where(open.Contains).Take(1).ToList() is [var following])
            {
                open.Remove(following);
                loop.Add(Key(following.From) == Key(loop[^1]) ? following.To : following.From);
            }

            yield return loop;
        }
    }
}
