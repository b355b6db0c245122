using Firmware.Tests.Update;
using TaxiCredit.Firmware.Logic.Update;
using TaxiCredit.Release;

namespace Firmware.Tests.Release;

/// <summary>Packages that nobody signed, made of one that the maker did and of another of the same key: none is genuine.</summary>
[TestClass]
public sealed class MutatedPackagesTests
{
    private static readonly byte[] Golden = GoldenPackage.Bytes;

    private static readonly byte[] Other = MakeOther();

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Packages_ThatWereMutated_AreAllRefused() => Mutate(2_000);

    [TestMethod]
    [TestCategory("slow")]
    public void Packages_AHundredThousandMutated_AreAllRefused() => Mutate(100_000);

    private void Mutate(int count)
    {
        var random = new Random(8554);
        byte[] key = GoldenPackage.PublicKey;
        int[] refusals = new int[8];
        for (int i = 0; i < count; i++)
        {
            byte[] mutant = Mutant(random);
            if (mutant.AsSpan().SequenceEqual(Golden) || mutant.AsSpan().SequenceEqual(Other)) continue;
            refusals[Package.Verify(key, mutant, GoldenPackage.Hardware, GoldenPackage.Runtime, GoldenPackage.Rollback, out _)]++;
        }

        TestContext.WriteLine($"form, size, hardware, runtime, rollback, signature, image: {string.Join(", ", refusals[1..])}");
        Assert.AreEqual(0, refusals[PackageRefusal.None]);

        // The mutants reach every check, and nearly all were others than the genuine ones.
        Assert.IsTrue(refusals[1..].All(n => n > 0));
        Assert.IsGreaterThan(count * 95 / 100, refusals.Sum());
        Assert.AreEqual(PackageRefusal.None, Package.Verify(key, Golden, GoldenPackage.Hardware, GoldenPackage.Runtime, GoldenPackage.Rollback, out _));
        Assert.AreEqual(PackageRefusal.None, Package.Verify(key, Other, GoldenPackage.Hardware, GoldenPackage.Runtime, GoldenPackage.Rollback, out _));
    }

    private static byte[] Mutant(Random random)
    {
        byte[] mutant = [.. Golden];
        int at = random.Next(random.Next(3) == 0 ? Manifest.Size : mutant.Length);
        switch (random.Next(7))
        {
            case 0:
                mutant[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                for (int i = 0; i < 1 + random.Next(8); i++) mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
                break;
            case 2:
                return mutant[..at];
            case 3:
                return [.. mutant, .. new byte[1 + random.Next(100)]];
            case 4:
                mutant.AsSpan(at, Math.Min(mutant.Length - at, 1 + random.Next(64))).Fill((byte)random.Next(2));
                break;
            case 5:
                // Mix and match: the beginning of one, the end of the other.
                return [.. Golden[..at], .. Other[at..]];
            default:
                int length = Math.Min(mutant.Length - at, 1 + random.Next(512));
                Array.Copy(Golden, random.Next(Golden.Length - length + 1), mutant, at, length);
                break;
        }

        return mutant;
    }

    /// <summary>Another release of the same maker: later, and with another image of the same length.</summary>
    private static byte[] MakeOther()
    {
        var tree = new LmsTree([.. Enumerable.Range(0, 16).Select(i => (byte)i)], [.. Enumerable.Range(32, 32).Select(i => (byte)i)], 10);
        byte[] image = [.. Enumerable.Range(0, 200).Select(i => (byte)(i * 3))];
        var manifest = new Manifest { Hardware = 2, Major = 1, Minor = 21, Rollback = 8, ImageSize = image.Length };
        GoldenPackage.Runtime.CopyTo(manifest.Runtime, 0);
        Manifest.DigestOf(image).CopyTo(manifest.Digest, 0);
        byte[] signed = new byte[Manifest.Size];
        manifest.Write(signed);
        return [.. signed, .. tree.Sign(6, signed), .. image];
    }
}
