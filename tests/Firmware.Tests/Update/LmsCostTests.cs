using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Pqc.Crypto.Lms;
using Org.BouncyCastle.Security;
using TaxiCredit.Firmware.Logic.Update;

namespace Firmware.Tests.Update;

/// <summary>Signatures of another implementation are genuine here, and what they cost: the figures behind the choice of parameters (ADR 0081).</summary>
[TestClass]
public sealed class LmsCostTests
{
    private const int Signatures = 32;

    public TestContext TestContext { get; set; } = null!;

    /// <param name="width">Bits of a digit.</param>
    /// <param name="size">Bytes of a signature with a tree of ten levels.</param>
    /// <param name="mean">Compressions of a mean message of 86 bytes: half of each chain, but for what the checksum's mean value says.</param>
    /// <param name="worst">Compressions that no message of 86 bytes exceeds.</param>
    [TestMethod]
    [DataRow(1, 8844, 293, 422)]
    [DataRow(2, 4620, 292, 490)]
    [DataRow(4, 2508, 563, 1063)]
    [DataRow(8, 1452, 4490, 8712)]
    public void Signature_OfEveryWidth_CostsWhatTheRecordSays(int width, int size, int mean, int worst)
    {
        AsymmetricCipherKeyPair pair = Generate(width);
        byte[] publicKey = ((LmsPublicKeyParameters)pair.Public).GetEncoded();
        var key = new LmsKey(publicKey);
        Assert.AreEqual(size, key.SignatureSize + (5 * Sha256.Size));
        var verifier = new LmsVerifier(key);
        var signer = new LmsSigner();
        signer.Init(true, pair.Private);
        byte[] message = new byte[86];
        for (int i = 0; i < Signatures; i++)
        {
            message[0] = (byte)i;
            byte[] signature = signer.GenerateSignature(message);
            Assert.AreEqual(Verdict.Genuine, Verify(verifier, signature, message, worst));
        }

        // Five more levels, two compressions each.
        double each = ((double)verifier.Compressions / Signatures) + 10;
        TestContext.WriteLine($"w = {width}: {size} bytes, {each:F0} compressions, at most {Bound(key)}");
        Assert.AreEqual(mean, each, mean / 25.0);
        Assert.AreEqual(worst, Bound(key));
    }

    /// <summary>Lengths at which the padding does and does not need a block of its own; 54 bytes stand before the message.</summary>
    [TestMethod]
    [DataRow(65, 1)]
    [DataRow(66, 2)]
    [DataRow(73, 2)]
    [DataRow(74, 1)]
    public void Step_OfAMessageOfAnyLength_TakesTwoCompressionsAtMost(int length, int longest)
    {
        var (key, _, signature) = Vectors.Of(2, "upper");
        var verifier = new LmsVerifier(new LmsKey(key));
        int verdict = verifier.Begin(signature, 0, signature.Length, new byte[length], 0, length);
        int most = 0;
        while (verdict == Verdict.Open)
        {
            int before = verifier.Compressions;
            verdict = verifier.Step();
            most = Math.Max(most, verifier.Compressions - before);
        }

        Assert.AreEqual((longest, Verdict.Refused), (most, verdict));
    }

    [TestMethod]
    public void Step_OfAVerification_AllocatesNothing()
    {
        var (key, message, signature) = Vectors.Of(2, "upper");
        var verifier = new LmsVerifier(new LmsKey(key));
        Verify(verifier, signature, message, int.MaxValue);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Verify(verifier, signature, message, int.MaxValue);
        Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());
    }

    /// <summary>Message of 86 bytes, each chain from its beginning, chains, leaf, and ten levels.</summary>
    private static int Bound(LmsKey key) => 3 + (key.Chains * key.MaxDigit) + ((22 + (32 * key.Chains) + 9 + 63) / 64) + 1 + (2 * 10);

    private static int Verify(LmsVerifier verifier, byte[] signature, byte[] message, int worst)
    {
        int start = verifier.Compressions;
        int verdict = verifier.Begin(signature, 0, signature.Length, message, 0, message.Length);
        while (verdict == Verdict.Open)
        {
            int before = verifier.Compressions;
            verdict = verifier.Step();
            if (verifier.Compressions - before > 1) Assert.Fail("a step too long");
        }

        if (verifier.Compressions - start > worst) Assert.Fail("more than the worst");
        return verdict;
    }

    private static AsymmetricCipherKeyPair Generate(int width)
    {
        LMOtsParameters oneTime = width switch
        {
            1 => LMOtsParameters.sha256_n32_w1,
            2 => LMOtsParameters.sha256_n32_w2,
            4 => LMOtsParameters.sha256_n32_w4,
            _ => LMOtsParameters.sha256_n32_w8,
        };
        SecureRandom random = SecureRandom.GetInstance("SHA256PRNG", false);
        random.SetSeed(8554L);
        var generator = new LmsKeyPairGenerator();
        generator.Init(new LmsKeyGenerationParameters(new LmsParameters(LMSigParameters.lms_sha256_n32_h5, oneTime), random));
        return generator.GenerateKeyPair();
    }
}
