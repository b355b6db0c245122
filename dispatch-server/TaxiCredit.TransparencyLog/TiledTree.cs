using System.Numerics;

namespace TaxiCredit.TransparencyLog;

/// <summary>
/// A tree whose hashes above the leaves of full tiles are in memory: some 64 bytes for each 256 leaves. Leaves of a full tile are asked for when a
/// proof needs them. Not thread-safe.
/// </summary>
public sealed class TiledTree
{
    // Complete subtrees of 2^(8+n) leaves, from left to right.
    private readonly List<List<byte[]>> _upper = [];

    // Leaf hashes of the last tile, which is not full.
    private readonly List<byte[]> _tail = new(Tile.Width);

    /// <summary>Leaves appended, 0 and up.</summary>
    public long Size { get; private set; }

    /// <summary>Appends a leaf by its hash, <see cref="MerkleHash.OfLeaf"/>.</summary>
    public void Append(byte[] leafHash)
    {
        _tail.Add(leafHash);
        Size++;
        if (_tail.Count < Tile.Width)
            return;
        Carry(0, Fold(_tail, 0, Tile.Width));
        _tail.Clear();
    }

    /// <summary>Root of the first leaves.</summary>
    /// <param name="size">0 to <see cref="Size"/>.</param>
    /// <param name="leavesOfTile">The 256 leaf hashes of a full tile; asked for where <paramref name="size"/> cuts one.</param>
    public byte[] Root(long size, Func<long, IReadOnlyList<byte[]>> leavesOfTile)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return size == 0 ? MerkleHash.Empty : Range(0, size, leavesOfTile);
    }

    /// <summary>Hashes that lead from a leaf to the root, RFC 6962, section 2.1.1.</summary>
    /// <param name="index">0 to below <paramref name="size"/>.</param>
    /// <param name="size">Of the tree that is proven for, 1 to <see cref="Size"/>.</param>
    /// <param name="leavesOfTile">As with <see cref="Root"/>.</param>
    public List<byte[]> InclusionProof(long index, long size, Func<long, IReadOnlyList<byte[]>> leavesOfTile)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var proof = new List<byte[]>();
        for (var (from, to) = (0L, size); to - from > 1;)
        {
            var middle = from + Split(to - from);
            if (index < middle)
            {
                proof.Add(Range(middle, to, leavesOfTile));
                to = middle;
            }
            else
            {
                proof.Add(Range(from, middle, leavesOfTile));
                from = middle;
            }
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>Hashes that prove that a smaller tree is the beginning of a larger one, RFC 6962, section 2.1.2.</summary>
    /// <param name="older">1 to <paramref name="size"/>; from a tree without leaves there is nothing to prove.</param>
    /// <param name="size">Up to <see cref="Size"/>.</param>
    /// <param name="leavesOfTile">As with <see cref="Root"/>.</param>
    public List<byte[]> ConsistencyProof(long older, long size, Func<long, IReadOnlyList<byte[]>> leavesOfTile)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        ArgumentOutOfRangeException.ThrowIfLessThan(older, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(older, size);
        var proof = new List<byte[]>();
        var (from, to, isWhole) = (0L, size, true);
        while (older < to)
        {
            var middle = from + Split(to - from);
            if (older <= middle)
            {
                proof.Add(Range(middle, to, leavesOfTile));
                to = middle;
            }
            else
            {
                proof.Add(Range(from, middle, leavesOfTile));
                (from, isWhole) = (middle, false);
            }
        }

        // The older tree itself is known to who checks, unless its last part hangs below another node.
        if (!isWhole)
            proof.Add(Range(from, to, leavesOfTile));
        proof.Reverse();
        return proof;
    }

    /// <summary>Hashes of one level of tiles: level 0 are leaves, level 1 the roots of full tiles of level 0, and so on.</summary>
    /// <param name="tile">Which; its width says how many.</param>
    /// <param name="leavesOfTile">As with <see cref="Root"/>.</param>
    public IReadOnlyList<byte[]> HashesOf(Tile tile, Func<long, IReadOnlyList<byte[]>> leavesOfTile)
    {
        if (tile.Level == 0)
            return [.. Leaves(tile.Index, leavesOfTile).Take(tile.Hashes)];
        return _upper[(tile.Level - 1) * Tile.Height].GetRange((int)(tile.Index * Tile.Width), tile.Hashes);
    }

    private void Carry(int level, byte[] hash)
    {
        if (_upper.Count == level)
            _upper.Add([]);
        _upper[level].Add(hash);
        if (_upper[level].Count % 2 == 0)
            Carry(level + 1, MerkleHash.OfNode(_upper[level][^2], hash));
    }

    /// <summary>Hash of the leaves from one to before another, of which the first begins a subtree.</summary>
    private byte[] Range(long from, long to, Func<long, IReadOnlyList<byte[]>> leavesOfTile)
    {
        var count = to - from;
        if (count >= Tile.Width && BitOperations.IsPow2(count))
        {
            var level = BitOperations.Log2((ulong)count);
            return _upper[level - Tile.Height][(int)(from >> level)];
        }

        if (count <= Tile.Width)
            return Fold(Leaves(from / Tile.Width, leavesOfTile), (int)(from % Tile.Width), (int)count);
        var middle = from + Split(count);
        return MerkleHash.OfNode(Range(from, middle, leavesOfTile), Range(middle, to, leavesOfTile));
    }

    private IReadOnlyList<byte[]> Leaves(long tile, Func<long, IReadOnlyList<byte[]>> leavesOfTile) =>
        tile == Size / Tile.Width ? _tail : leavesOfTile(tile);

    private static byte[] Fold(IReadOnlyList<byte[]> leaves, int from, int count)
    {
        if (count == 1)
            return leaves[from];
        var left = (int)Split(count);
        return MerkleHash.OfNode(Fold(leaves, from, left), Fold(leaves, from + left, count - left));
    }

    /// <summary>The largest power of two below a count of 2 or more.</summary>
    private static long Split(long count) => 1L << BitOperations.Log2((ulong)(count - 1));
}
