using System.Globalization;

namespace TaxiCredit.TransparencyLog;

/// <summary>Size and root of a log, the text that is signed: C2SP tlog-checkpoint.</summary>
/// <param name="Origin">Which log: its address without scheme and without a slash at the end; not empty, on one line.</param>
/// <param name="Size">Leaves, 0 and up.</param>
/// <param name="Root">32 bytes.</param>
public sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    /// <summary>Three lines, each ended by a line feed.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n");

    /// <summary>Reads what <see cref="Text"/> writes; lines behind the third, which others may add, are passed over.</summary>
    /// <exception cref="FormatException">The text is not a checkpoint; the message says which line.</exception>
    public static Checkpoint Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length < 4 || lines[^1].Length > 0 || lines[0].Length == 0)
            throw new FormatException("A checkpoint has three lines or more, each ended by a line feed: origin, size, root.");
        if (!long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || size.ToString(CultureInfo.InvariantCulture) != lines[1])
            throw new FormatException($"The second line of a checkpoint is its size, not '{lines[1]}'.");
        return new(lines[0], size, HashLine.Read(lines[2]));
    }

    public bool Equals(Checkpoint? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}

/// <summary>A hash on a line of its own, in base64 as RFC 4648, section 4, has it.</summary>
internal static class HashLine
{
    public static byte[] Read(string line)
    {
        Span<byte> hash = stackalloc byte[MerkleHash.Length];
        // One spelling each: no spaces, and no bits that count for nothing.
        if (!Convert.TryFromBase64String(line, hash, out var written) || written != MerkleHash.Length || Convert.ToBase64String(hash) != line)
            throw new FormatException($"'{line}' is not the base64 of {MerkleHash.Length} bytes.");
        return hash.ToArray();
    }
}
