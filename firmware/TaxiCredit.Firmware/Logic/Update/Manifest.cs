using System.Security.Cryptography;
using TaxiCredit.Firmware.Logic.Binary;

namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>
/// What the maker signs: which program this is, what it runs on, and the digest of its image. 86 bytes, numbers little-endian; firmware/PACKAGE.md
/// has the table.
/// </summary>
internal sealed class Manifest
{
    public const int Size = 86;
    public const int Format = 1;
    public const int DigestSize = 32;

    /// <summary>Three slots of this size, their heads and the config fit into the 256 kB of the unit's file system.</summary>
    public const int MaxImageBytes = 72 * 1024;

    private const uint Magic = 0x50554354;
    private const int RuntimeAt = 22;
    private const int DigestAt = RuntimeAt + DigestSize;

    internal static readonly byte[] DigestKey =
    {
        (byte)'T', (byte)'a', (byte)'x', (byte)'i', (byte)'C', (byte)'r', (byte)'e', (byte)'d',
        (byte)'i', (byte)'t', (byte)' ', (byte)'i', (byte)'m', (byte)'a', (byte)'g', (byte)'e',
    };

    /// <summary>Revision of the board, from 1.</summary>
    public int Hardware;

    public int Major;

    public int Minor;

    public int Patch;

    /// <summary>Anti-rollback number, from 1: once a higher one has been confirmed, this package is not taken any more.</summary>
    public uint Rollback;

    /// <summary>Bytes of the image.</summary>
    public int ImageSize;

    /// <summary>Digest of interpreter and libraries that the image was built for.</summary>
    public readonly byte[] Runtime = new byte[DigestSize];

    /// <summary>Digest of the image, see <see cref="DigestOf"/>.</summary>
    public readonly byte[] Digest = new byte[DigestSize];

    /// <summary>
    /// HMAC-SHA256 with a key that everybody knows: collisions are as hard as those of SHA-256, and the platform computes it natively, so that an image can
    /// be looked at before each start.
    /// </summary>
    public static byte[] DigestOf(byte[] image)
    {
        // The platform keeps the key that it is given.
        byte[] key = new byte[DigestKey.Length];
        System.Array.Copy(DigestKey, 0, key, 0, key.Length);
        return HMACSHA256.HashData(key, image);
    }

    /// <summary>Reads the manifest at the beginning of <paramref name="bytes"/>.</summary>
    /// <returns>A <see cref="PackageRefusal"/> or 0; the fields are undefined unless it is 0.</returns>
    public int Read(byte[] bytes, int count)
    {
        if (count < Size || Bytes.GetUInt32(bytes, 0) != Magic || Bytes.GetUInt16(bytes, 4) != Format) return PackageRefusal.Form;

        Hardware = Bytes.GetUInt16(bytes, 6);
        Major = Bytes.GetUInt16(bytes, 8);
        Minor = Bytes.GetUInt16(bytes, 10);
        Patch = Bytes.GetUInt16(bytes, 12);
        Rollback = Bytes.GetUInt32(bytes, 14);
        uint size = Bytes.GetUInt32(bytes, 18);
        System.Array.Copy(bytes, RuntimeAt, Runtime, 0, DigestSize);
        System.Array.Copy(bytes, DigestAt, Digest, 0, DigestSize);
        if (Hardware == 0 || Rollback == 0) return PackageRefusal.Form;
        if (size == 0 || size > MaxImageBytes) return PackageRefusal.Size;

        ImageSize = (int)size;
        return PackageRefusal.None;
    }

    /// <summary>Writes it to the beginning of <paramref name="bytes"/>.</summary>
    public void Write(byte[] bytes)
    {
        Bytes.PutUInt32(bytes, 0, Magic);
        Bytes.PutUInt16(bytes, 4, Format);
        Bytes.PutUInt16(bytes, 6, Hardware);
        Bytes.PutUInt16(bytes, 8, Major);
        Bytes.PutUInt16(bytes, 10, Minor);
        Bytes.PutUInt16(bytes, 12, Patch);
        Bytes.PutUInt32(bytes, 14, Rollback);
        Bytes.PutUInt32(bytes, 18, (uint)ImageSize);
        System.Array.Copy(Runtime, 0, bytes, RuntimeAt, DigestSize);
        System.Array.Copy(Digest, 0, bytes, DigestAt, DigestSize);
    }

    /// <returns>Whether this is the image that was signed: its length and its digest.</returns>
    public bool IsOf(byte[] image) => image.Length == ImageSize && Bytes.AreEqual(DigestOf(image), 0, Digest, 0, DigestSize);
}
