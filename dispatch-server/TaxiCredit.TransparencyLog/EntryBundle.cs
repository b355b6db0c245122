using System.Buffers.Binary;

namespace TaxiCredit.TransparencyLog;

/// <summary>Entries of a tile one after the other, each behind its length in two bytes, the higher one first.</summary>
public static class EntryBundle
{
    public const int MaxEntry = ushort.MaxValue;

    public static byte[] Write(IReadOnlyCollection<byte[]> entries)
    {
        var bundle = new byte[entries.Sum(entry => sizeof(ushort) + entry.Length)];
        var rest = bundle.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, checked((ushort)entry.Length));
            entry.CopyTo(rest[sizeof(ushort)..]);
            rest = rest[(sizeof(ushort) + entry.Length)..];
        }

        return bundle;
    }

    /// <exception cref="FormatException">The bundle ends within an entry.</exception>
    public static List<byte[]> Read(ReadOnlySpan<byte> bundle)
    {
        var entries = new List<byte[]>();
        while (!bundle.IsEmpty)
        {
            if (bundle.Length < sizeof(ushort) || bundle.Length - sizeof(ushort) < BinaryPrimitives.ReadUInt16BigEndian(bundle))
                throw new FormatException($"The bundle ends within entry {entries.Count}.");
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle);
            entries.Add(bundle.Slice(sizeof(ushort), length).ToArray());
            bundle = bundle[(sizeof(ushort) + length)..];
        }

        return entries;
    }
}
