using TaxiCredit.TransparencyLog;

namespace Scoring.Tests.TransparencyLog;

/// <summary>Notes and keys against what golang.org/x/mod/sumdb/note 0.7.0 made with a key of these tests.</summary>
[TestClass]
public sealed class SignedNoteTests
{
    private const string GoSecret = "PRIVATE+KEY+example.com/log+2abd43de+AfP/TUUeQp4YIhWq7gai1kttGq3J5QMeS5m/Ea4KeW68";
    private const string GoKey = "example.com/log+2abd43de+AS4Nsniw5dX0B4IoxgxDTrz1GFLaKrsRStNNh3cb14Hm";

    private const string GoNote = """
        example.com/log
        0
        47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=

        — example.com/log Kr1D3l6PRpuDds5yGgey8b0sL0vBws74AUCf6MDoAjHtpMNC5VPJKzxaur4wL+ylYWL6chOxkV1H88JvjLUoRCvzHQo=

        """;

    // The vector of the specification.
    private const string C2spKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private static readonly NoteVerifier Go = NoteVerifier.Parse(GoKey);

    [TestMethod]
    public void Key_OfTheSpecification_HasItsId()
    {
        var key = NoteVerifier.Parse(C2spKey);
        Assert.AreEqual(("example.com/foo", "530d903a", C2spKey), (key.Name, key.IdHex, key.Text));
    }

    [TestMethod]
    public void Sign_TheSameTextWithTheSameKey_MakesTheNoteThatGoMade()
    {
        var key = NoteSigner.Parse(GoSecret);
        Assert.AreEqual(GoKey, key.Verifier.Text);
        Assert.AreEqual(GoSecret, key.SecretText);
        Assert.AreEqual(GoNote, SignedNote.Sign(new Checkpoint("example.com/log", 0, MerkleHash.Empty).Text, [key]));
    }

    [TestMethod]
    public void Open_NoteOfGo_GivesItsCheckpoint()
    {
        Assert.IsNull(SignedNote.TryOpen(GoNote, [Go], out var text));
        Assert.AreEqual(new Checkpoint("example.com/log", 0, MerkleHash.Empty), Checkpoint.Parse(text));
    }

    [TestMethod]
    public void Open_WithAnyByteChanged_IsRefused()
    {
        for (var at = 0; at < GoNote.Length; at++)
        {
            var changed = GoNote[..at] + (GoNote[at] == '7' ? '8' : '7') + GoNote[(at + 1)..];
            Assert.IsNotNull(SignedNote.TryOpen(changed, [Go], out var text), $"character {at}");
            Assert.AreEqual("", text);
        }
    }

    /// <summary>A base64 of 68 bytes ends with four bits that count for nothing.</summary>
    [TestMethod]
    public void Open_SignatureInAnotherSpelling_IsRefused() =>
        Assert.IsNotNull(SignedNote.TryOpen(GoNote.Replace("HQo=", "HQp=", StringComparison.Ordinal), [Go], out _));

    [TestMethod]
    public void Open_CutOffAnywhere_IsRefused()
    {
        for (var length = 0; length < GoNote.Length; length++)
            Assert.IsNotNull(SignedNote.TryOpen(GoNote[..length], [Go], out _), $"{length} characters");
    }

    [TestMethod]
    public void Open_NoteOfAnUnknownKey_IsRefused()
    {
        var stranger = NoteSigner.Create("example.com/log");
        var note = SignedNote.Sign("hello\n", [stranger]);
        Assert.AreEqual("No key that is known here has signed this.", SignedNote.TryOpen(note, [Go], out _));
        Assert.IsNull(SignedNote.TryOpen(note, [Go, stranger.Verifier], out _));
    }

    [TestMethod]
    public void Open_WithAForgedSignatureBesideATrueOne_IsRefused()
    {
        var (one, two) = (NoteSigner.Create("a.example"), NoteSigner.Create("b.example"));
        var note = SignedNote.Sign("hello\n", [one, two]);
        Assert.IsNull(SignedNote.TryOpen(note, [one.Verifier], out _), "one of two is enough");
        var other = SignedNote.Sign("hallo\n", [two]);
        var forged = note[..note.IndexOf("— b.example", StringComparison.Ordinal)] + other[other.IndexOf('—', StringComparison.Ordinal)..];
        Assert.IsNull(SignedNote.TryOpen(forged, [one.Verifier], out _), "the key of the forged one is not known");
        StringAssert.Contains(SignedNote.TryOpen(forged, [one.Verifier, two.Verifier], out _), "b.example does not hold");
    }

    [TestMethod]
    [DataRow(100, true)]
    [DataRow(101, false)]
    public void Open_WithMoreSignaturesThanAreRead_IsRefused(int signatures, bool isRead)
    {
        var key = NoteSigner.Create("a.example");
        var note = SignedNote.Sign("hello\n", [.. Enumerable.Repeat(key, signatures)]);
        Assert.AreEqual(isRead, SignedNote.TryOpen(note, [key.Verifier], out _) is null);
    }

    [TestMethod]
    [DataRow("no line feed")]
    [DataRow("a tab\t\n")]
    [DataRow("a return\r\n")]
    public void Sign_WhatIsNoText_Throws(string text) =>
        Assert.ThrowsExactly<ArgumentException>(() => SignedNote.Sign(text, [NoteSigner.Parse(GoSecret)]));

    /// <summary>Not as data of a test: what stores that would mend it.</summary>
    [TestMethod]
    public void Sign_HalfASurrogate_Throws() =>
        Assert.ThrowsExactly<ArgumentException>(() => SignedNote.Sign("half a surrogate \ud800\n", [NoteSigner.Parse(GoSecret)]));

    [TestMethod]
    [DataRow("")]
    [DataRow("example.com/log+2abd43df+AS4Nsniw5dX0B4IoxgxDTrz1GFLaKrsRStNNh3cb14Hm", DisplayName = "another id")]
    [DataRow("example.com/log+2abd43de+BC4Nsniw5dX0B4IoxgxDTrz1GFLaKrsRStNNh3cb14Hm", DisplayName = "another type")]
    [DataRow("example.com/log+2abd43de+AS4Nsniw5dX0B4IoxgxDTrz1GFLaKrsRStNNh3cb14E=", DisplayName = "a byte short")]
    [DataRow("a name+2abd43de+AS4Nsniw5dX0B4IoxgxDTrz1GFLaKrsRStNNh3cb14Hm", DisplayName = "a space")]
    [DataRow("+2abd43de+AS4Nsniw5dX0B4IoxgxDTrz1GFLaKrsRStNNh3cb14Hm", DisplayName = "no name")]
    public void Key_MadeWrong_IsRefused(string text) => Assert.ThrowsExactly<FormatException>(() => NoteVerifier.Parse(text));

    [TestMethod]
    public void Secret_MadeWrong_IsRefusedAndNotRepeated()
    {
        var fault = Assert.ThrowsExactly<FormatException>(() => NoteSigner.Parse(GoSecret + "A"));
        Assert.DoesNotContain("AfP/", fault.Message);
        Assert.AreEqual(GoKey, NoteSigner.Parse(GoSecret).ToString());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("log\n1\n")]
    [DataRow("log\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", DisplayName = "leading zero")]
    [DataRow("log\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", DisplayName = "negative")]
    [DataRow("log\n9223372036854775808\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", DisplayName = "beyond 63 bits")]
    [DataRow("log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n", DisplayName = "bits that count for nothing")]
    [DataRow("log\n1\n47DEQpj8HBSa\n", DisplayName = "a short root")]
    [DataRow("\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", DisplayName = "no origin")]
    public void Checkpoint_MadeWrong_IsRefused(string text) => Assert.ThrowsExactly<FormatException>(() => Checkpoint.Parse(text));

    [TestMethod]
    public void Checkpoint_AtTheEndOfItsRange_IsRead() =>
        Assert.AreEqual(long.MaxValue, Checkpoint.Parse("log\n9223372036854775807\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n").Size);
}
