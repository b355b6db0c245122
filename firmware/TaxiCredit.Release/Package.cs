using System.Security.Cryptography;
using TaxiCredit.Firmware.Logic.Update;

namespace TaxiCredit.Release;

/// <summary>A package, as the host makes and reads it. What counts is the unit's reading, which is used here too.</summary>
internal static class Package
{
    private static readonly string[] Reasons =
    [
        "genuine",
        "not a package of format 1, or cut off",
        "its image is empty, or larger than a slot of the unit",
        "for another board",
        "for another interpreter or other libraries",
        "its anti-rollback number is below the one asked for",
        "not signed by the holder of this key, or changed since",
        "its image is not the one that was signed",
    ];

    /// <summary>What a refusal of the unit means.</summary>
    public static string ReasonOf(int refusal) => Reasons[refusal];

    /// <summary>Signs an image and puts the package together. The signature is looked at as a unit does it before anybody gets it.</summary>
    public static byte[] Make(PrivateKey key, Manifest manifest, byte[] image)
    {
        if (image.Length is 0 or > Manifest.MaxImageBytes)
            throw new ReleaseException($"the image has {image.Length} bytes; a unit takes 1 to {Manifest.MaxImageBytes}");
        manifest.ImageSize = image.Length;
        Manifest.DigestOf(image).CopyTo(manifest.Digest, 0);
        byte[] signed = new byte[Manifest.Size];
        manifest.Write(signed);
        string what = $"{VersionOf(manifest)} rollback {manifest.Rollback} hardware {manifest.Hardware} {Convert.ToHexStringLower(SHA256.HashData(signed))}";
        (_, byte[] signature) = key.Sign(signed, what);
        byte[] package = [.. signed, .. signature, .. image];
        int refusal = Verify(key.PublicKey, package, manifest.Hardware, manifest.Runtime, manifest.Rollback, out _);
        return refusal == PackageRefusal.None ? package : throw new InvalidOperationException($"What was signed does not verify: {ReasonOf(refusal)}");
    }

    /// <summary>Takes a package as a unit does.</summary>
    /// <param name="publicKey">56 bytes.</param>
    /// <param name="package">All of it.</param>
    /// <param name="hardware">Revision of the board; null takes any.</param>
    /// <param name="runtime">What it has to run on; null takes any.</param>
    /// <param name="floor">Anti-rollback number that it has to have at least.</param>
    /// <param name="manifest">What it says; believed only where the result is 0.</param>
    /// <returns>A <see cref="PackageRefusal"/> or 0.</returns>
    public static int Verify(byte[] publicKey, byte[] package, int? hardware, byte[]? runtime, uint floor, out Manifest manifest)
    {
        var check = new PackageCheck(new LmsKey(publicKey));
        manifest = check.Manifest;
        int head = Math.Min(check.HeadSize, package.Length);
        if (manifest.Read(package, head) is var unreadable and not PackageRefusal.None) return unreadable;
        check.Begin(package[..head], head, hardware ?? manifest.Hardware, runtime ?? [.. manifest.Runtime], floor);
        while (check.IsOpen) check.Step();
        if (!check.IsGenuine) return check.Refusal;
        return manifest.IsOf(package[head..]) ? PackageRefusal.None : PackageRefusal.Image;
    }

    public static string VersionOf(Manifest manifest) => FormattableString.Invariant($"{manifest.Major}.{manifest.Minor}.{manifest.Patch}");
}
