using System.Globalization;
using System.Text;
using TaxiCredit.TransparencyLog;

namespace Scoring.Tests.TransparencyLog;

/// <summary>A tree over the entries <c>entry 0</c>, <c>entry 1</c> and so on, which golang.org/x/mod/sumdb/tlog was given too.</summary>
internal static class SmallTree
{
    public static byte[] LeafHash(long index) =>
        MerkleHash.OfLeaf(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"entry {index}")));

    public static TiledTree Of(long size)
    {
        var tree = new TiledTree();
        for (var index = 0L; index < size; index++)
            tree.Append(LeafHash(index));
        return tree;
    }

    public static IReadOnlyList<byte[]> LeavesOfTile(long tile) => [.. Enumerable.Range(0, Tile.Width).Select(n => LeafHash((tile * Tile.Width) + n))];

    /// <summary>The first four bytes of each hash in base64, as the check with golang.org/x/mod printed them.</summary>
    public static string Brief(IEnumerable<byte[]> proof) => string.Concat(proof.Select(hash => Convert.ToBase64String(hash[..4])));
}
