using System.Globalization;
using System.Text;

namespace TaxiCredit.TransparencyLog;

/// <summary>That a leaf is in a log, to be checked offline by whoever has the leaf and the log's key: <c>c2sp.org/tlog-proof@v1</c>.</summary>
/// <param name="Index">Place of the leaf, 0 and up.</param>
/// <param name="Hashes">At most <see cref="MerkleProof.MaxHashes"/>.</param>
/// <param name="Note">The signed checkpoint.</param>
public sealed record InclusionProof(long Index, IReadOnlyList<byte[]> Hashes, string Note)
{
    private const string Header = "c2sp.org/tlog-proof@v1";

    public string Text
    {
        get
        {
            var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Header}\nindex {Index}\n");
            foreach (var hash in Hashes)
                text.Append(Convert.ToBase64String(hash)).Append('\n');
            return text.Append('\n').Append(Note).ToString();
        }
    }

    /// <exception cref="FormatException">The text is not a proof; the message says where.</exception>
    public static InclusionProof Parse(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = end < 0 ? [] : text[..end].Split('\n');
        if (lines.Length < 2 || lines[0] != Header || !lines[1].StartsWith("index ", StringComparison.Ordinal))
            throw new FormatException($"A proof begins with the lines '{Header}' and 'index N' and has a blank line before its checkpoint.");
        if (!long.TryParse(lines[1]["index ".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            throw new FormatException($"'{lines[1]}' gives no index.");
        if (lines.Length - 2 > MerkleProof.MaxHashes)
            throw new FormatException($"A proof has up to {MerkleProof.MaxHashes} hashes, not {lines.Length - 2}.");
        return new(index, [.. lines[2..].Select(HashLine.Read)], text[(end + 2)..]);
    }

    /// <summary>Whether the leaf is in a log that one of the keys has signed.</summary>
    /// <param name="entry">The leaf's entry.</param>
    /// <param name="origin">The log that is expected.</param>
    /// <returns>What is wrong, in a sentence; null if it holds.</returns>
    public string? FindFault(ReadOnlySpan<byte> entry, string origin, IReadOnlyCollection<NoteVerifier> keys)
    {
        if (SignedNote.TryOpen(Note, keys, out var checkpoint) is { } unsigned)
            return unsigned;
        var signed = Checkpoint.Parse(checkpoint);
        if (signed.Origin != origin)
            return $"The checkpoint is of the log '{signed.Origin}', not of '{origin}'.";
        return MerkleProof.IsIncluded(MerkleHash.OfLeaf(entry), Index, signed.Size, signed.Root, Hashes)
            ? null
            : $"The hashes do not lead from leaf {Index} to the root of {signed.Size} leaves.";
    }
}
