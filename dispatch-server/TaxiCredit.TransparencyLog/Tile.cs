using System.Globalization;
using System.Text;

namespace TaxiCredit.TransparencyLog;

/// <summary>A piece of a log as C2SP tlog-tiles cuts it: up to 256 hashes of one level, or the bundle of as many entries.</summary>
/// <param name="Level">0 is the leaves, 1 the roots of full tiles of level 0; 0 to 7.</param>
/// <param name="Index">From the left, 0 and up.</param>
/// <param name="Hashes">1 to <see cref="Width"/>; fewer only at the right edge. An empty tile does not exist.</param>
public readonly record struct Tile(int Level, long Index, int Hashes)
{
    /// <summary>Hashes of a full tile.</summary>
    public const int Width = 256;

    /// <summary>Levels of the tree that a tile spans.</summary>
    public const int Height = 8;

    /// <summary><c>tile/0/x001/x234/067</c>, with <c>.p/5</c> for a tile of five hashes.</summary>
    public string Path => PathOf(Level.ToString(CultureInfo.InvariantCulture));

    /// <summary>Path of the bundle that belongs to a tile of level 0: <c>tile/entries/…</c>.</summary>
    public string BundlePath => PathOf("entries");

    /// <summary>The tiles of a log of that size, level by level. Of a size of 0 there are none.</summary>
    public static IEnumerable<Tile> Of(long size)
    {
        for (var (level, hashes) = (0, size); hashes > 0; level++, hashes /= Width)
        {
            for (var index = 0L; index * Width < hashes; index++)
                yield return new(level, index, (int)Math.Min(Width, hashes - (index * Width)));
        }
    }

    private string PathOf(string level)
    {
        var path = new StringBuilder();
        var rest = Index;
        path.Insert(0, (rest % 1_000).ToString("000", CultureInfo.InvariantCulture));
        while ((rest /= 1_000) > 0)
            path.Insert(0, string.Create(CultureInfo.InvariantCulture, $"x{rest % 1_000:000}/"));
        path.Insert(0, $"tile/{level}/");
        if (Hashes < Width)
            path.Append(CultureInfo.InvariantCulture, $".p/{Hashes}");
        return path.ToString();
    }
}
