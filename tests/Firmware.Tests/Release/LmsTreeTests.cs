using Firmware.Tests.Update;
using Org.BouncyCastle.Pqc.Crypto.Lms;
using TaxiCredit.Firmware.Logic.Update;
using TaxiCredit.Release;

namespace Firmware.Tests.Release;

[TestClass]
public sealed class LmsTreeTests
{
    private static readonly byte[] Identifier = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
    private static readonly byte[] Seed = [.. Enumerable.Range(32, 32).Select(i => (byte)i)];

    /// <summary>The same key, index and manifest in Python give the same bytes.</summary>
    [TestMethod]
    public void Signature_OfTheGoldenManifest_IsThatOfTheGoldenPackage()
    {
        var tree = new LmsTree(Identifier, Seed, 10);
        byte[] package = GoldenPackage.Bytes;
        CollectionAssert.AreEqual(GoldenPackage.PublicKey, tree.PublicKey);
        CollectionAssert.AreEqual(package[Manifest.Size..(Manifest.Size + 2508)], tree.Sign(5, package[..Manifest.Size]));
    }

    [TestMethod]
    public void Signature_OfEveryIndex_IsGenuineForAnotherImplementation()
    {
        var tree = new LmsTree(Identifier, Seed, 5);
        var signer = new LmsSigner();
        signer.Init(false, LmsPublicKeyParameters.GetInstance(tree.PublicKey));
        for (int index = 0; index < 32; index++)
        {
            byte[] message = [(byte)index, 7];
            byte[] signature = tree.Sign(index, message);
            Assert.IsTrue(signer.VerifySignature(message, signature), $"{index}");
            signature[^1] ^= 1;
            Assert.IsFalse(signer.VerifySignature(message, signature), $"{index}");
        }
    }
}
