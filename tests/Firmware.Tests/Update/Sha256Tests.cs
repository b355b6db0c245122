using System.Security.Cryptography;
using System.Text;
using Sha256 = TaxiCredit.Firmware.Logic.Update.Sha256;

namespace Firmware.Tests.Update;

/// <summary>The logic's own SHA-256 against the vectors of the standard, and against the platform's.</summary>
[TestClass]
public sealed class Sha256Tests
{
    /// <summary>FIPS 180-4's examples, and the empty message.</summary>
    [TestMethod]
    [DataRow("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [DataRow("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [DataRow("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    [DataRow(
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1")]
    public void Digest_OfTheStandardsMessage_IsTheStandards(string message, string digest) =>
        Assert.AreEqual(digest, Digest(Encoding.ASCII.GetBytes(message), 1000));

    [TestMethod]
    public void Digest_OfAMillionLetters_IsTheStandards() => Assert.AreEqual(
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
        Digest(Encoding.ASCII.GetBytes(new string('a', 1_000_000)), 777));

    /// <summary>Every length around the ends of blocks, added in pieces of every size up to a block and beyond.</summary>
    [TestMethod]
    public void Digest_OfEveryLengthInEveryPiece_IsThePlatforms()
    {
        byte[] message = new byte[260];
        new Random(8554).NextBytes(message);
        for (int length = 0; length <= message.Length; length++)
        {
            string expected = Convert.ToHexStringLower(SHA256.HashData(message.AsSpan(0, length)));
            for (int piece = 1; piece <= 130; piece += 3) Assert.AreEqual(expected, Digest(message[..length], piece), $"{length} by {piece}");
        }
    }

    [TestMethod]
    [DataRow(0, 1)]
    [DataRow(55, 1)]
    [DataRow(56, 2)]
    [DataRow(63, 2)]
    [DataRow(64, 2)]
    [DataRow(119, 2)]
    [DataRow(120, 3)]
    public void Compressions_OfALength_AreThoseOfThePaddedBlocks(int length, int compressions)
    {
        var hash = new Sha256();
        hash.Add(new byte[length], 0, length);
        hash.Finish(new byte[Sha256.Size], 0);
        Assert.AreEqual(compressions, hash.Compressions);
    }

    private static string Digest(byte[] message, int piece)
    {
        var hash = new Sha256();
        byte[] digest = new byte[Sha256.Size + 3];

        // What was begun and forgotten leaves nothing.
        hash.Add(message, 0, message.Length / 2);
        hash.Begin();
        for (int at = 0; at < message.Length; at += piece) hash.Add(message, at, Math.Min(piece, message.Length - at));
        hash.Finish(digest, 3);
        return Convert.ToHexStringLower(digest, 3, Sha256.Size);
    }
}
