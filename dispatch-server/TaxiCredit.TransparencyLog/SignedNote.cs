using System.Text;

namespace TaxiCredit.TransparencyLog;

/// <summary>A text with the signatures of named keys behind it: C2SP signed-note. The text ends with a line feed and is signed with it.</summary>
public static class SignedNote
{
    /// <summary>Longest note that is read.</summary>
    public const int MaxBytes = 1_000_000;

    /// <summary>Most signatures that are read.</summary>
    public const int MaxSignatures = 100;

    private const string SignaturePrefix = "— ";

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The text, a blank line, and a signature by each key.</summary>
    /// <exception cref="ArgumentException">The text does not end with a line feed, or has control characters.</exception>
    public static string Sign(string text, IReadOnlyCollection<NoteSigner> keys)
    {
        if (!IsText(text) || !text.EndsWith('\n'))
            throw new ArgumentException("What is signed has no control characters but line feeds, and ends with one.", nameof(text));
        var note = new StringBuilder(text).Append('\n');
        var message = StrictUtf8.GetBytes(text);
        foreach (var key in keys)
        {
            var signature = Convert.ToBase64String([.. key.Verifier.Id, .. key.Sign(message)]);
            note.Append(SignaturePrefix).Append(key.Verifier.Name).Append(' ').Append(signature).Append('\n');
        }

        return note.ToString();
    }

    /// <summary>
    /// Opens a note that one of the keys has signed. Signatures of others are passed over; a wrong one by a key that is known refuses the note.
    /// </summary>
    /// <param name="text">What was signed; empty when refused.</param>
    /// <returns>Why it is refused, in a sentence; null if it holds.</returns>
    public static string? TryOpen(string note, IReadOnlyCollection<NoteVerifier> keys, out string text)
    {
        text = "";
        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (note.Length > MaxBytes || split < 0 || split + 3 > note.Length || !note.EndsWith('\n') || !IsText(note))
            return "This is not a signed note: a text, a blank line, and a line for each signature.";
        var signed = note[..(split + 1)];
        var lines = note[(split + 2)..^1].Split('\n');
        if (lines.Length > MaxSignatures)
            return $"A note has up to {MaxSignatures} signatures, not {lines.Length}.";

        var message = StrictUtf8.GetBytes(signed);
        var vouched = false;
        foreach (var line in lines)
        {
            if (!TrySplit(line, out var name, out var id, out var signature))
                return $"'{line}' is not the line of a signature.";
            var known = keys.Where(key => key.Name == name && key.Id.AsSpan().SequenceEqual(id)).ToList();
            if (known.Count == 0)
                continue;
            if (!known.Exists(key => key.IsSignature(message, signature)))
                return $"The signature by {name} does not hold: the text was changed or the signature forged.";
            vouched = true;
        }

        if (!vouched)
            return "No key that is known here has signed this.";
        text = signed;
        return null;
    }

    private static bool TrySplit(string line, out string name, out byte[] id, out byte[] signature)
    {
        (name, id, signature) = ("", [], []);
        if (!line.StartsWith(SignaturePrefix, StringComparison.Ordinal))
            return false;
        var parts = line[SignaturePrefix.Length..].Split(' ');
        var bytes = parts.Length == 2 ? new byte[parts[1].Length] : [];
        if (parts.Length != 2 || !NoteVerifier.IsName(parts[0]) || !Convert.TryFromBase64String(parts[1], bytes, out var length) || length < 5)
            return false;
        // One spelling: bits that count for nothing could be changed unseen.
        if (Convert.ToBase64String(bytes.AsSpan(0, length)) != parts[1])
            return false;
        (name, id, signature) = (parts[0], bytes[..4], bytes[4..length]);
        return true;
    }

    private static bool IsText(string text)
    {
        try
        {
            StrictUtf8.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            return false;
        }

        return !text.Any(c => c < ' ' && c != '\n');
    }
}
