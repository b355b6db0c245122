using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Json;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>
/// A package that the server offers. What counts is what the maker signed; the offer says how much there is to ask for, and what must come out. It is the
/// first block of a slot's file.
/// </summary>
internal sealed class Offer
{
    /// <summary>Bytes in the first block.</summary>
    public const int Length = 55;

    /// <summary>More than any package has, bytes.</summary>
    public const int MaxSize = SlotLayout.MaxPackageBytes;

    private const uint Magic = 0x464F4354;
    private const int PackageAt = 4 + 8 + 4 + 6;
    private const int InstalledAt = PackageAt + Sha256.Size;

    /// <summary>Revision of the command that made it.</summary>
    public long Rev;

    /// <summary>Bytes of the whole package.</summary>
    public int Size;

    public int Major;

    public int Minor;

    public int Patch;

    /// <summary>SHA-256 of the package. The unit compares it with that of another offer, and never computes it.</summary>
    public readonly byte[] Package = new byte[Sha256.Size];

    /// <summary>It has been a candidate: it is not tried again unless the server offers it again.</summary>
    public bool IsInstalled;

    /// <summary>Reads the fields of a command.</summary>
    /// <returns>Null when one is missing or out of range.</returns>
    public static Offer? Read(FlatReader json, long rev)
    {
        if (!json.TryGetInteger("size", 1, MaxSize, out long size)) return null;
        if (!json.TryGetString("package", 2 * Sha256.Size, 2 * Sha256.Size, out string package) || !WireText.IsLowerHex(package)) return null;
        if (!json.TryGetString("version", 5, 17, out string version)) return null;

        var offer = new Offer { Rev = rev, Size = (int)size };
        Hex.Put(package, offer.Package);
        return offer.TryReadVersion(version) ? offer : null;
    }

    /// <returns>False when the bytes are no offer.</returns>
    public bool TryRead(byte[] bytes)
    {
        if (Bytes.GetUInt32(bytes, 0) != Magic) return false;
        Rev = Bytes.GetInt64(bytes, 4);
        Size = (int)Bytes.GetUInt32(bytes, SlotLayout.SizeInOffer);
        Major = Bytes.GetUInt16(bytes, 16);
        Minor = Bytes.GetUInt16(bytes, 18);
        Patch = Bytes.GetUInt16(bytes, 20);
        System.Array.Copy(bytes, PackageAt, Package, 0, Package.Length);
        IsInstalled = bytes[InstalledAt] != 0;
        return true;
    }

    public void Write(byte[] bytes)
    {
        Bytes.PutUInt32(bytes, 0, Magic);
        Bytes.PutInt64(bytes, 4, Rev);
        Bytes.PutUInt32(bytes, SlotLayout.SizeInOffer, (uint)Size);
        Bytes.PutUInt16(bytes, 16, Major);
        Bytes.PutUInt16(bytes, 18, Minor);
        Bytes.PutUInt16(bytes, 20, Patch);
        System.Array.Copy(Package, 0, bytes, PackageAt, Package.Length);
        bytes[InstalledAt] = (byte)(IsInstalled ? 1 : 0);
    }

    public bool IsSame(Offer other) => Size == other.Size && Bytes.AreEqual(Package, 0, other.Package, 0, Package.Length);

    /// <summary>Whether this is what was offered.</summary>
    public bool IsOf(Manifest manifest, int headSize) =>
        Size == headSize + manifest.ImageSize && Major == manifest.Major && Minor == manifest.Minor && Patch == manifest.Patch;

    /// <summary>Three numbers of 0 to 65,535 with dots between them, none with a zero before it.</summary>
    private bool TryReadVersion(string text)
    {
        int part = 0;
        int value = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : '.';
            if (c == '.')
            {
                if (value < 0 || part > 2) return false;
                if (part == 0) Major = value;
                else if (part == 1) Minor = value;
                else Patch = value;
                part++;
                value = -1;
                continue;
            }

            if (c < '0' || c > '9' || value == 0) return false;
            value = ((value < 0 ? 0 : value) * 10) + c - '0';
            if (value > ushort.MaxValue) return false;
        }

        return part == 3;
    }
}
