using System.Numerics;

namespace TaxiCredit.TransparencyLog;

/// <summary>
/// The leaves of a tree from the first on, kept as the roots of its complete subtrees: at most 63 hashes, whatever the size. Appending a leaf costs one
/// hash on average. Not thread-safe.
/// </summary>
public sealed class CompactRange
{
    // From the largest subtree to the smallest: one for each bit of the size.
    private readonly List<byte[]> _subtrees = [];

    /// <summary>Leaves appended, 0 and up.</summary>
    public long Size { get; private set; }

    /// <summary>Appends a leaf by its hash, <see cref="MerkleHash.OfLeaf"/>.</summary>
    public void Append(byte[] leafHash)
    {
        var hash = leafHash;
        for (var complete = BitOperations.TrailingZeroCount(~Size); complete > 0; complete--)
        {
            hash = MerkleHash.OfNode(_subtrees[^1], hash);
            _subtrees.RemoveAt(_subtrees.Count - 1);
        }

        _subtrees.Add(hash);
        Size++;
    }

    /// <summary>Root of the tree over all leaves so far.</summary>
    public byte[] Root()
    {
        if (_subtrees.Count == 0)
            return MerkleHash.Empty;
        var root = _subtrees[^1];
        for (var n = _subtrees.Count - 2; n >= 0; n--)
            root = MerkleHash.OfNode(_subtrees[n], root);
        return root;
    }
}
