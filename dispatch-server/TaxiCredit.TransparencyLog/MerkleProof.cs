using System.Security.Cryptography;

namespace TaxiCredit.TransparencyLog;

/// <summary>
/// Checks proofs against signed roots, as RFC 9162, sections 2.1.3.2 and 2.1.4.2, has it. Proofs come from outside: nothing of them is trusted.
/// </summary>
public static class MerkleProof
{
    /// <summary>A tree of 2^63 leaves needs no longer one.</summary>
    public const int MaxHashes = 63;

    /// <summary>Whether a leaf stands at that place of the tree with that root.</summary>
    public static bool IsIncluded(
        ReadOnlySpan<byte> leafHash, long index, long size, ReadOnlySpan<byte> root, IReadOnlyList<byte[]> proof)
    {
        if (index < 0 || index >= size || !IsForm(proof))
            return false;
        var (at, last, hash) = (index, size - 1, leafHash.ToArray());
        foreach (var beside in proof)
        {
            if (last == 0)
                return false;
            if ((at & 1) == 1 || at == last)
            {
                hash = MerkleHash.OfNode(beside, hash);
                for (; (at & 1) == 0 && at != 0; at >>= 1)
                    last >>= 1;
            }
            else
            {
                hash = MerkleHash.OfNode(hash, beside);
            }

            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 && CryptographicOperations.FixedTimeEquals(hash, root);
    }

    /// <summary>Whether the older tree is the beginning of the newer one. A tree without leaves is the beginning of every one, with no proof.</summary>
    public static bool IsConsistent(
        long older, ReadOnlySpan<byte> olderRoot, long size, ReadOnlySpan<byte> root, IReadOnlyList<byte[]> proof)
    {
        if (older < 0 || older > size || !IsForm(proof))
            return false;
        if (older == size)
            return proof.Count == 0 && olderRoot.SequenceEqual(root);
        if (older == 0)
            return proof.Count == 0 && olderRoot.SequenceEqual(MerkleHash.Empty);

        var hashes = new Queue<byte[]>(proof);
        var (at, last) = (older - 1, size - 1);
        for (; (at & 1) == 1; at >>= 1)
            last >>= 1;
        // A complete subtree is the older root itself, and proofs leave it out.
        var first = at == 0 ? olderRoot.ToArray() : hashes.Count == 0 ? null : hashes.Dequeue();
        if (first is null)
            return false;
        var (old, now) = (first, first);
        while (hashes.TryDequeue(out var beside))
        {
            if (last == 0)
                return false;
            if ((at & 1) == 1 || at == last)
            {
                (old, now) = (MerkleHash.OfNode(beside, old), MerkleHash.OfNode(beside, now));
                for (; (at & 1) == 0 && at != 0; at >>= 1)
                    last >>= 1;
            }
            else
            {
                now = MerkleHash.OfNode(now, beside);
            }

            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 && olderRoot.SequenceEqual(old) && root.SequenceEqual(now);
    }

    private static bool IsForm(IReadOnlyList<byte[]> proof) => proof.Count <= MaxHashes && proof.All(hash => hash.Length == MerkleHash.Length);
}
