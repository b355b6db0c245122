using System.Globalization;

namespace TaxiCredit.Hardware.Generate.Enclosure;

/// <summary>A direction of the housing: x to the right as the street sees it, y from the street to the cabin, z up.</summary>
internal enum Axis
{
    X,
    Y,
    Z,
}

/// <summary>The surface of a solid as OpenSCAD exports it: triangles, in millimetres. It can be cut and probed.</summary>
internal sealed class Solid
{
    // Keeps a probe off the edges that lie on round figures.
    private const double Aside = 0.00137;
    private readonly double[][] _triangles;

    // Triangles by the millimetres of x that they reach.
    private readonly ILookup<int, double[]> _columns;

    private Solid(double[][] triangles)
    {
        _triangles = triangles;
        _columns = triangles.SelectMany(t =>
        {
            int first = Column(Math.Min(t[0], Math.Min(t[3], t[6])));
            int last = Column(Math.Max(t[0], Math.Max(t[3], t[6])));
            return Enumerable.Range(first, last - first + 1).Select(column => (column, t));
        }).ToLookup(pair => pair.column, pair => pair.t);
    }

    public (double Low, double High) Extent(Axis axis)
    {
        var values = _triangles.SelectMany(triangle => new[] { triangle[(int)axis], triangle[3 + (int)axis], triangle[6 + (int)axis] }).ToList();
        return (values.Min(), values.Max());
    }

    private static int Column(double x) => (int)Math.Floor(x);

    /// <param name="stl">The text form of STL.</param>
    public static Solid Read(string stl)
    {
        var corners = stl.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("vertex ", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(text => double.Parse(text, CultureInfo.InvariantCulture)));
        return new Solid([.. corners.Chunk(3).Select(triangle => triangle.SelectMany(corner => corner).ToArray())]);
    }

    /// <summary>What a mirror shows: left and right exchanged.</summary>
    public Solid Mirrored() => new([.. _triangles.Select(t => new[] { -t[0], t[1], t[2], -t[3], t[4], t[5], -t[6], t[7], t[8] })]);

    /// <summary>Cuts it at a right angle to an axis.</summary>
    public Slice Cut(Axis axis, double at)
    {
        int along = (int)axis;
        int across = axis == Axis.X ? 1 : 0;
        int up = axis == Axis.Z ? 1 : 2;
        at += Aside;
        var segments = new List<((double, double), (double, double))>();
        foreach (double[] t in _triangles)
        {
            var crossings = new List<(double, double)>(2);
            for (int i = 0; i < 3; i++)
            {
                int from = 3 * i;
                int to = 3 * ((i + 1) % 3);
                if ((t[from + along] < at) == (t[to + along] < at))
                    continue;
                // Always from the lower corner, so that the two triangles of an edge find the same point.
                if (t[from + along] > t[to + along])
                    (from, to) = (to, from);
                double part = (at - t[from + along]) / (t[to + along] - t[from + along]);
                crossings.Add((t[from + across] + (part * (t[to + across] - t[from + across])), t[from + up] + (part * (t[to + up] - t[from + up]))));
            }

            if (crossings.Count == 2)
                segments.Add((crossings[0], crossings[1]));
        }

        return new Slice(segments);
    }

    /// <summary>Where a line from the street to the cabin runs through material, from the street on.</summary>
    public IReadOnlyList<(double From, double To)> Along(double x, double z)
    {
        x += Aside;
        z += Aside * 0.7;
        var crossings = new List<double>();
        foreach (double[] t in _columns[Column(x)])
        {
            double area = ((t[3] - t[0]) * (t[8] - t[2])) - ((t[6] - t[0]) * (t[5] - t[2]));
            if (Math.Abs(area) < 1e-9)
                continue;
            double second = (((x - t[0]) * (t[8] - t[2])) - ((t[6] - t[0]) * (z - t[2]))) / area;
            double third = (((t[3] - t[0]) * (z - t[2])) - ((x - t[0]) * (t[5] - t[2]))) / area;
            if (second >= 0 && third >= 0 && second + third <= 1)
                crossings.Add(t[1] + (second * (t[4] - t[1])) + (third * (t[7] - t[1])));
        }

        crossings.Sort();
        return [.. crossings.Chunk(2).Where(pair => pair.Length == 2 && pair[1] - pair[0] > 1e-3).Select(pair => (pair[0], pair[1]))];
    }

    /// <summary>The material that is nearest to the street on such a line; not a number where there is none.</summary>
    public (double From, double To) FirstAlong(double x, double z) => Along(x, z) is [var first, ..] ? first : (double.NaN, double.NaN);

    /// <summary>The material that is nearest to the cabin on such a line; not a number where there is none.</summary>
    public (double From, double To) LastAlong(double x, double z) => Along(x, z) is [.., var last] ? last : (double.NaN, double.NaN);
}
