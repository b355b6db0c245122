using TaxiCredit.Firmware.Logic.Update;
using TaxiCredit.Release;

namespace Firmware.Tests.Update;

/// <summary>A maker for tests, who signs with any index again and again: nobody may do so with a key that is worth something.</summary>
internal static class TestMaker
{
    public const int Hardware = 2;

    private static readonly LmsTree Tree = new([.. Enumerable.Range(0, 16).Select(i => (byte)i)], [.. Enumerable.Repeat((byte)0x7E, 32)], 5);
    private static readonly LmsTree OtherTree = new([.. Enumerable.Range(0, 16).Select(i => (byte)i)], [.. Enumerable.Repeat((byte)0x7F, 32)], 5);

    public static byte[] PublicKey => Tree.PublicKey;

    public static byte[] Runtime { get; } = [.. Enumerable.Repeat((byte)0x52, 32)];

    public static Maker Maker { get; } = new(Tree.PublicKey, Runtime, Hardware);

    /// <summary>A program, which is random bytes.</summary>
    public static byte[] Image(int major, int bytes)
    {
        byte[] image = new byte[bytes];
        new Random(major).NextBytes(image);
        return image;
    }

    /// <param name="major">First number of the version; 0.0 follows.</param>
    /// <param name="bytes">Of the image.</param>
    /// <param name="rollback">Anti-rollback number.</param>
    /// <param name="hardware">Revision of the board.</param>
    /// <param name="isForged">Signed with another key.</param>
    /// <param name="runtime">What it runs on, 32 times this byte.</param>
    public static byte[] Package(int major, int bytes = 3000, uint rollback = 1, int hardware = Hardware, bool isForged = false, byte runtime = 0x52) =>
        Sign(Image(major, bytes), major, rollback, hardware, isForged, runtime);

    public static byte[] Sign(byte[] image, int major, uint rollback = 1, int hardware = Hardware, bool isForged = false, byte runtime = 0x52) =>
        SignFor([.. Enumerable.Repeat(runtime, Manifest.DigestSize)], image, major, rollback, hardware, isForged);

    /// <summary>For what a program runs on, by its digest.</summary>
    public static byte[] SignFor(byte[] runtime, byte[] image, int major, uint rollback = 1, int hardware = Hardware, bool isForged = false)
    {
        var manifest = new Manifest { Hardware = hardware, Major = major, Rollback = rollback, ImageSize = image.Length };
        runtime.CopyTo(manifest.Runtime, 0);
        Manifest.DigestOf(image).CopyTo(manifest.Digest, 0);
        byte[] signed = new byte[Manifest.Size];
        manifest.Write(signed);
        return [.. signed, .. (isForged ? OtherTree : Tree).Sign(major % 32, signed), .. image];
    }
}
