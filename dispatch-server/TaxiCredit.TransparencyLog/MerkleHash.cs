using System.Security.Cryptography;

namespace TaxiCredit.TransparencyLog;

/// <summary>Hashes of RFC 6962, section 2.1: SHA-256 with a prefix that keeps leaves and nodes apart. Every hash has <see cref="Length"/> bytes.</summary>
public static class MerkleHash
{
    public const int Length = SHA256.HashSizeInBytes;

    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>Root of a tree without leaves: SHA-256 of nothing.</summary>
    public static byte[] Empty => SHA256.HashData([]);

    /// <summary>SHA-256 of 0x00 and the entry.</summary>
    /// <param name="entry">Up to 65,535 bytes, as much as a bundle holds.</param>
    public static byte[] OfLeaf(ReadOnlySpan<byte> entry)
    {
        if (entry.Length > EntryBundle.MaxEntry)
            throw new ArgumentException($"An entry has up to {EntryBundle.MaxEntry} bytes, not {entry.Length}.", nameof(entry));
        Span<byte> prefixed = stackalloc byte[entry.Length <= 256 ? 1 + entry.Length : 0];
        if (prefixed.IsEmpty)
            prefixed = new byte[1 + entry.Length];
        prefixed[0] = LeafPrefix;
        entry.CopyTo(prefixed[1..]);
        return SHA256.HashData(prefixed);
    }

    /// <summary>SHA-256 of 0x01, left and right.</summary>
    public static byte[] OfNode(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> prefixed = stackalloc byte[1 + (2 * Length)];
        prefixed[0] = NodePrefix;
        left.CopyTo(prefixed[1..]);
        right.CopyTo(prefixed[(1 + Length)..]);
        return SHA256.HashData(prefixed);
    }
}
