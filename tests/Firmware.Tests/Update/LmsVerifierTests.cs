using TaxiCredit.Firmware.Logic.Update;

namespace Firmware.Tests.Update;

[TestClass]
public sealed class LmsVerifierTests
{
    [TestMethod]
    [DataRow(1, "upper", 5, 8)]
    [DataRow(1, "lower", 5, 8)]
    [DataRow(2, "upper", 10, 4)]
    [DataRow(2, "lower", 5, 8)]
    public void Signature_OfRfc8554_IsGenuine(int testCase, string tree, int height, int width)
    {
        var (key, message, signature) = Vectors.Of(testCase, tree);
        Assert.AreEqual((height, width), (new LmsKey(key).Height, new LmsKey(key).Width));
        Assert.AreEqual(Verdict.Genuine, Verify(key, message, signature));
    }

    /// <summary>One bit of each byte of key, message and signature: 4,100 forgeries.</summary>
    [TestMethod]
    [DataRow(1, "lower")]
    [DataRow(2, "upper")]
    public void Byte_OfKeyMessageOrSignature_ThatIsAnother_IsRefused(int testCase, string tree)
    {
        var (key, message, signature) = Vectors.Of(testCase, tree);
        foreach (byte[] part in new[] { key, message, signature })
        {
            for (int at = 0; at < part.Length; at++)
            {
                part[at] ^= (byte)(1 << (at % 8));
                Assert.AreEqual(Verdict.Refused, Verify(key, message, signature), $"byte {at} of {part.Length}");
                part[at] ^= (byte)(1 << (at % 8));
            }
        }

        Assert.AreEqual(Verdict.Genuine, Verify(key, message, signature));
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow(1)]
    public void Message_OfAnotherLength_IsRefused(int by)
    {
        var (key, message, signature) = Vectors.Of(1, "lower");
        Array.Resize(ref message, message.Length + by);
        Assert.AreEqual(Verdict.Refused, Verify(key, message, signature));
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow(1)]
    public void Signature_OfAnotherLength_IsRefusedWithoutACompression(int by)
    {
        var (key, message, signature) = Vectors.Of(1, "lower");
        Array.Resize(ref signature, signature.Length + by);
        AssertRefusedAtOnce(key, message, signature);
    }

    /// <summary>A tree of five levels has the indexes 0 to 31.</summary>
    [TestMethod]
    [DataRow(31u, Verdict.Open)]
    [DataRow(32u, Verdict.Refused)]
    [DataRow(uint.MaxValue, Verdict.Refused)]
    public void Index_BeyondTheTree_IsRefusedAtOnce(uint index, int verdict)
    {
        var (key, message, signature) = Vectors.Of(1, "lower");
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(signature, index);
        Assert.AreEqual(verdict, new LmsVerifier(new LmsKey(key)).Begin(signature, 0, signature.Length, message, 0, message.Length));
    }

    /// <summary>The same numbers under other parameters: the key alone decides what they are.</summary>
    [TestMethod]
    [DataRow(7)]
    [DataRow(8 + 32 + (34 * 32) + 3)]
    public void Type_ThatTheSignatureNamesAgainstItsKey_IsRefusedWithoutACompression(int at)
    {
        var (key, message, signature) = Vectors.Of(1, "lower");
        signature[at]++;
        AssertRefusedAtOnce(key, message, signature);
    }

    [TestMethod]
    [DataRow(3, 4)]
    [DataRow(3, 10)]
    [DataRow(7, 0)]
    [DataRow(7, 5)]
    public void Key_OfAnUnknownScheme_VerifiesNothing(int at, int type)
    {
        var (key, message, signature) = Vectors.Of(1, "lower");
        key[at] = (byte)type;
        Assert.IsFalse(new LmsKey(key).IsKnown);
        AssertRefusedAtOnce(key, message, signature);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(LmsKey.Size - 1)]
    [DataRow(LmsKey.Size + 1)]
    public void Key_OfAnotherLength_VerifiesNothing(int length)
    {
        var (key, message, signature) = Vectors.Of(1, "lower");
        Array.Resize(ref key, length);
        AssertRefusedAtOnce(key, message, signature);
    }

    /// <summary>Figures of RFC 8554, table 1, and the sizes that follow.</summary>
    [TestMethod]
    [DataRow(5, 1, 265, 7, 8684)]
    [DataRow(10, 2, 133, 6, 4620)]
    [DataRow(10, 4, 67, 4, 2508)]
    [DataRow(15, 8, 34, 0, 1612)]
    [DataRow(25, 8, 34, 0, 1932)]
    public void Key_OfParameters_HasTheSizesOfTheStandard(int height, int width, int chains, int shift, int size)
    {
        byte[] bytes = new byte[LmsKey.Size];
        bytes[3] = (byte)(4 + (height / 5));
        bytes[7] = (byte)(1 + System.Numerics.BitOperations.Log2((uint)width));
        var key = new LmsKey(bytes);
        Assert.AreEqual((height, width, chains, shift, size), (key.Height, key.Width, key.Chains, key.ChecksumShift, key.SignatureSize));
    }

    [TestMethod]
    public void Step_AfterTheVerdict_ChangesNothing()
    {
        var (key, message, signature) = Vectors.Of(2, "lower");
        var verifier = new LmsVerifier(new LmsKey(key));
        Assert.AreEqual(Verdict.Refused, verifier.Step());
        verifier.Begin(signature, 0, signature.Length, message, 0, message.Length);
        while (verifier.Step() == Verdict.Open)
        {
        }

        int compressions = verifier.Compressions;
        Assert.AreEqual((Verdict.Genuine, compressions), (verifier.Step(), verifier.Compressions));
    }

    /// <summary>What stands before and behind in the arrays is none of its business, and a verifier serves one signature after the other.</summary>
    [TestMethod]
    public void Verifier_OfPartsOfArrays_ServesAgainAndAgain()
    {
        var (key, message, signature) = Vectors.Of(2, "upper");
        byte[] all = [.. new byte[5], .. signature, 9, 9, .. message, 7];
        var verifier = new LmsVerifier(new LmsKey(key));
        for (int time = 0; time < 3; time++)
        {
            int verdict = verifier.Begin(all, 5, signature.Length, all, 5 + signature.Length + 2, message.Length - (time % 2));
            while (verdict == Verdict.Open) verdict = verifier.Step();
            Assert.AreEqual(time % 2 == 0 ? Verdict.Genuine : Verdict.Refused, verdict);
        }
    }

    private static void AssertRefusedAtOnce(byte[] key, byte[] message, byte[] signature)
    {
        var verifier = new LmsVerifier(new LmsKey(key));
        Assert.AreEqual(Verdict.Refused, verifier.Begin(signature, 0, signature.Length, message, 0, message.Length));
        Assert.AreEqual((Verdict.Refused, 0), (verifier.Step(), verifier.Compressions));
    }

    private static int Verify(byte[] key, byte[] message, byte[] signature)
    {
        var verifier = new LmsVerifier(new LmsKey(key));
        int verdict = verifier.Begin(signature, 0, signature.Length, message, 0, message.Length);
        while (verdict == Verdict.Open) verdict = verifier.Step();
        return verdict;
    }
}
