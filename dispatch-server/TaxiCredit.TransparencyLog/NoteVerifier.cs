using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace TaxiCredit.TransparencyLog;

/// <summary>A public key by its name: <c>name+hex8+base64(type‖key)</c>. Ed25519, type 01, is the only type.</summary>
public sealed class NoteVerifier
{
    internal const byte Ed25519Type = 1;

    private readonly byte[] _key;

    private NoteVerifier(string name, byte[] key) => (Name, _key, Id) = (name, key, IdOf(name, key));

    /// <summary>Not empty, without spaces and '+'.</summary>
    public string Name { get; }

    /// <summary>The first four bytes of SHA-256 over name, line feed, type and key.</summary>
    public byte[] Id { get; }

    /// <summary>Eight lower-case hex digits.</summary>
    public string IdHex => Convert.ToHexStringLower(Id);

    public string Text => $"{Name}+{IdHex}+{Convert.ToBase64String([Ed25519Type, .. _key])}";

    /// <exception cref="FormatException">The text is not a verifier key, of another type, or its id does not belong to it.</exception>
    public static NoteVerifier Parse(string text)
    {
        // Base64 may have a '+' of its own.
        var parts = text.Split('+', 3);
        var bytes = new byte[parts.Length == 3 ? parts[2].Length : 0];
        if (parts.Length != 3 || !IsName(parts[0]) || !Convert.TryFromBase64String(parts[2], bytes, out var length)
            || length != 1 + Ed25519.PublicKeySize || bytes[0] != Ed25519Type)
            throw new FormatException($"'{text}' is not a verifier key of the form name+hex8+base64 for Ed25519.");
        var verifier = new NoteVerifier(parts[0], bytes[1..length]);
        return verifier.IdHex == parts[1] ? verifier : throw new FormatException($"The key in '{text}' has the id {verifier.IdHex}, not {parts[1]}.");
    }

    public static bool IsName(string name) => name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || c == '+' || char.IsControl(c));

    internal static NoteVerifier Of(string name, byte[] key) => new(name, key);

    internal bool IsSignature(byte[] message, byte[] signature) =>
        signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature, 0, _key, 0, message, 0, message.Length);

    private static byte[] IdOf(string name, byte[] key) =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', Ed25519Type, .. key])[..sizeof(uint)];
}

/// <summary>A private key by its name. Its text is a secret: <c>PRIVATE+KEY+name+hex8+base64(type‖seed)</c>, as golang.org/x/mod writes it.</summary>
public sealed class NoteSigner
{
    private const string Prefix = "PRIVATE+KEY+";

    private readonly byte[] _seed;

    private NoteSigner(string name, byte[] seed)
    {
        _seed = seed;
        var key = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(seed, 0, key, 0);
        Verifier = NoteVerifier.Of(name, key);
    }

    public NoteVerifier Verifier { get; }

    public string SecretText => $"{Prefix}{Verifier.Name}+{Verifier.IdHex}+{Convert.ToBase64String([NoteVerifier.Ed25519Type, .. _seed])}";

    /// <exception cref="ArgumentException">The name is empty or has spaces or '+'.</exception>
    public static NoteSigner Create(string name) =>
        NoteVerifier.IsName(name)
            ? new(name, RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize))
            : throw new ArgumentException($"'{name}' is no name of a key: not empty, without spaces and '+'.", nameof(name));

    /// <exception cref="FormatException">The text is not a private key; the message does not repeat it.</exception>
    public static NoteSigner Parse(string text)
    {
        var parts = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..].Split('+', 3) : [];
        var bytes = new byte[parts.Length == 3 ? parts[2].Length : 0];
        if (parts.Length != 3 || !NoteVerifier.IsName(parts[0]) || !Convert.TryFromBase64String(parts[2], bytes, out var length)
            || length != 1 + Ed25519.SecretKeySize || bytes[0] != NoteVerifier.Ed25519Type)
            throw new FormatException("This is not a private key of the form PRIVATE+KEY+name+hex8+base64 for Ed25519.");
        var signer = new NoteSigner(parts[0], bytes[1..length]);
        return signer.Verifier.IdHex == parts[1] ? signer : throw new FormatException($"The private key of {parts[0]} does not belong to the id {parts[1]}.");
    }

    internal byte[] Sign(byte[] message)
    {
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_seed, 0, message, 0, message.Length, signature, 0);
        return signature;
    }

    /// <summary>The public half alone: a secret must not reach a log by accident.</summary>
    public override string ToString() => Verifier.Text;
}
