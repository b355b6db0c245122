using TaxiCredit.Firmware.Logic.Update;

namespace Firmware.Tests.Update;

[TestClass]
public sealed class ImageDigestTests
{
    /// <summary>Piece by piece, whatever the pieces, it is the platform's HMAC.</summary>
    [TestMethod]
    [DataRow(8554)]
    public void Digest_InPieces_IsThatOfTheWhole(int seed)
    {
        var random = new Random(seed);
        var digest = new ImageDigest();
        foreach (int length in new[] { 0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 200, 5000 })
        {
            byte[] image = new byte[length];
            random.NextBytes(image);
            digest.Begin();
            for (int at = 0; at < length;)
            {
                int part = Math.Min(length - at, random.Next(1, 130));
                digest.Add(image, at, part);
                at += part;
            }

            CollectionAssert.AreEqual(Manifest.DigestOf(image), digest.Finish(), $"{length} bytes");
        }
    }
}
