using TaxiCredit.Firmware.Logic.Binary;

namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>What is known of a slot for a program: enough to tell whether its file is still the one that was verified.</summary>
internal sealed class Slot
{
    public const int Size = 1 + 4 + 4 + 6 + Manifest.DigestSize;

    private const int DigestAt = Size - Manifest.DigestSize;

    /// <summary>One of <see cref="SlotKind"/>.</summary>
    public int Kind;

    /// <summary>Bytes of the image.</summary>
    public int ImageSize;

    public uint Rollback;

    public int Major;

    public int Minor;

    public int Patch;

    public readonly byte[] Digest = new byte[Manifest.DigestSize];

    public void Read(byte[] bytes, int at)
    {
        Kind = bytes[at];
        ImageSize = (int)Bytes.GetUInt32(bytes, at + 1);
        Rollback = Bytes.GetUInt32(bytes, at + 5);
        Major = Bytes.GetUInt16(bytes, at + 9);
        Minor = Bytes.GetUInt16(bytes, at + 11);
        Patch = Bytes.GetUInt16(bytes, at + 13);
        System.Array.Copy(bytes, at + DigestAt, Digest, 0, Digest.Length);
    }

    public void Write(byte[] bytes, int at)
    {
        bytes[at] = (byte)Kind;
        Bytes.PutUInt32(bytes, at + 1, (uint)ImageSize);
        Bytes.PutUInt32(bytes, at + 5, Rollback);
        Bytes.PutUInt16(bytes, at + 9, Major);
        Bytes.PutUInt16(bytes, at + 11, Minor);
        Bytes.PutUInt16(bytes, at + 13, Patch);
        System.Array.Copy(Digest, 0, bytes, at + DigestAt, Digest.Length);
    }

    public void Take(Manifest manifest)
    {
        Kind = SlotKind.Candidate;
        ImageSize = manifest.ImageSize;
        Rollback = manifest.Rollback;
        Major = manifest.Major;
        Minor = manifest.Minor;
        Patch = manifest.Patch;
        System.Array.Copy(manifest.Digest, 0, Digest, 0, Digest.Length);
    }

    /// <returns>Whether this image is the one that was verified.</returns>
    public bool IsOf(byte[] image) =>
        image.Length == ImageSize && Bytes.AreEqual(Manifest.DigestOf(image), 0, Digest, 0, Digest.Length);
}
