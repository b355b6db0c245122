using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace TaxiCredit.Scoring.Ledger;

/// <summary>The hash chain over a city's ledger. Every hash is SHA-256, written as 64 lower-case hex digits.</summary>
/// <remarks>
/// <para>Canonical form of an entry: the following fields, each ended by one line feed (0x0A), in ASCII.</para>
/// <code>
/// taxicredit-entry-1
/// previous hash       64 lower-case hex digits
/// sequence            decimal, no leading zero, 1 or more
/// driver              [a-z0-9-]{1,32}
/// kind                decision, reversal or repair
/// code                [A-Z0-9]{0,8}
/// points              hundredths, decimal, '-' in front of a negative number
/// max stars           one digit 0 to 4, or '-'
/// conduct on          yyyy-MM-dd
/// decided on          yyyy-MM-dd
/// case                [A-Za-z0-9._/-]{0,64}
/// reverses            decimal, or '-'
/// details commitment  64 lower-case hex digits
/// </code>
/// <para>No field can hold a line feed, their number is fixed and each value has one spelling, so two different entries never share a canonical form.
/// See ADR 0014.</para>
/// </remarks>
public static class LedgerChain
{
    private const int HexLength = 2 * SHA256.HashSizeInBytes;

    /// <summary>Bytes of a salt.</summary>
    public const int SaltLength = 16;

    // Fixed text 19, two hashes 130, two longs 42, driver 33, kind 9, code 9, points 21, stars 2, dates 22, case 65: 352.
    /// <summary>Bytes that a canonical form has at most.</summary>
    public const int LongestForm = 384;

    // Details are a few short texts.
    private const int LongestOnStack = 2_048;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> LowerName = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> CodeName = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    private static readonly SearchValues<char> Reference =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/-");

    // Strict: two texts with different lone surrogates must not become the same bytes.
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>What stands in front of a city's first entry: the hash of <c>taxicredit-city-1</c>, LF, the city, LF.</summary>
    /// <param name="city">Name of the city's ledger, <c>[a-z0-9-]{1,32}</c>.</param>
    /// <exception cref="ArgumentException">The name has another form.</exception>
    public static string Genesis(string city)
    {
        Require(city, LowerName, 1, 32, nameof(city));
        return Digest(Encoding.ASCII.GetBytes($"taxicredit-city-1\n{city}\n"));
    }

    /// <summary>The hash of an entry, and through <paramref name="previousHash"/> of everything before it.</summary>
    /// <param name="previousHash">Hash of the entry before, or <see cref="Genesis"/> for the first.</param>
    /// <param name="entry">The entry.</param>
    /// <exception cref="ArgumentException">A field does not have the form that the canonical form prescribes; the message names it.</exception>
    public static string Hash(string previousHash, LedgerEntry entry)
    {
        Span<byte> buffer = stackalloc byte[LongestForm];
        return Digest(buffer[..Write(previousHash, entry, buffer)]);
    }

    /// <summary>The canonical form of an entry, of which <see cref="Hash"/> is the SHA-256.</summary>
    /// <inheritdoc cref="Hash"/>
    public static byte[] Form(string previousHash, LedgerEntry entry)
    {
        Span<byte> buffer = stackalloc byte[LongestForm];
        return buffer[..Write(previousHash, entry, buffer)].ToArray();
    }

    /// <summary>Writes the canonical form of an entry.</summary>
    /// <param name="previousHash">As <see cref="Hash"/>.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="room"><see cref="LongestForm"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">As <see cref="Hash"/>.</exception>
    public static int Form(string previousHash, LedgerEntry entry, Span<byte> room) => Write(previousHash, entry, room);

    /// <summary>
    /// A new salt of 16 random bytes for <see cref="Commit(ReadOnlySpan{byte}, string)"/>; it is stored with the details and erased with them.
    /// </summary>
    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltLength);

    /// <summary>A commitment to details that may be erased later: the hash of the salt's 16 bytes followed by the details in UTF-8.</summary>
    /// <param name="salt">16 bytes of <see cref="NewSalt"/>. Without them nobody can find the details by trying.</param>
    /// <param name="detailsJson">The details exactly as they are stored; the commitment holds for these characters, not for equivalent JSON.</param>
    /// <exception cref="ArgumentException">The salt has another length, or the text is not valid UTF-16.</exception>
    public static string Commit(ReadOnlySpan<byte> salt, string detailsJson)
    {
        if (salt.Length != SaltLength) throw new ArgumentException($"A salt has {SaltLength} bytes, not {salt.Length}.", nameof(salt));
        return Digest([.. salt, .. StrictUtf8.GetBytes(detailsJson)]);
    }

    /// <summary>As <see cref="Commit(ReadOnlySpan{byte}, string)"/>, of details that are at hand in UTF-8 as they are stored.</summary>
    /// <exception cref="ArgumentException">The salt has another length.</exception>
    public static string Commit(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> detailsUtf8)
    {
        if (salt.Length != SaltLength) throw new ArgumentException($"A salt has {SaltLength} bytes, not {salt.Length}.", nameof(salt));
        if (detailsUtf8.Length <= LongestOnStack)
        {
            Span<byte> both = stackalloc byte[SaltLength + detailsUtf8.Length];
            salt.CopyTo(both);
            detailsUtf8.CopyTo(both[SaltLength..]);
            return Digest(both);
        }

        return Digest([.. salt, .. detailsUtf8]);
    }

    /// <returns>Bytes written.</returns>
    private static int Write(string previousHash, LedgerEntry entry, Span<byte> buffer)
    {
        Validate(previousHash, entry);
        var form = new LineBuffer(buffer);
        form.Line("taxicredit-entry-1");
        form.Line(previousHash);
        form.Line(entry.Sequence);
        form.Line(entry.Driver);
        form.Line(NameOf(entry.Kind));
        form.Line(entry.Code);
        form.Line(entry.Points.Hundredths);
        form.Line(entry.MaxStars);
        form.Line(entry.ConductOn);
        form.Line(entry.DecidedOn);
        form.Line(entry.Case);
        form.Line(entry.Reverses);
        form.Line(entry.DetailsCommitment);
        return form.Written.Length;
    }

    private static void Validate(string previousHash, LedgerEntry entry)
    {
        Require(previousHash, Hex, HexLength, HexLength, nameof(previousHash));
        Require(entry.Driver, LowerName, 1, 32, nameof(entry.Driver));
        Require(entry.Code, CodeName, 0, 8, nameof(entry.Code));
        Require(entry.Case, Reference, 0, 64, nameof(entry.Case));
        Require(entry.DetailsCommitment, Hex, HexLength, HexLength, nameof(entry.DetailsCommitment));
        Require(entry.Sequence >= 1, nameof(entry.Sequence), "is 1 or more");
        Require(entry.MaxStars is null or (>= 0 and <= 4), nameof(entry.MaxStars), "is 0 to 4, or null");
        Require((entry.Kind == EntryKind.Reversal) == entry.Reverses.HasValue, nameof(entry.Reverses), "is set on a reversal and on nothing else");
        Require(entry.Reverses is null || (entry.Reverses >= 1 && entry.Reverses < entry.Sequence), nameof(entry.Reverses), "names an earlier entry");
    }

    private static void Require(string value, SearchValues<char> allowed, int shortest, int longest, string field)
    {
        if (value is null || value.Length < shortest || value.Length > longest || value.AsSpan().ContainsAnyExcept(allowed))
            throw new ArgumentException($"{field} is not {shortest} to {longest} of the characters that the canonical form allows: '{value}'.", field);
    }

    private static void Require(bool holds, string field, string rule)
    {
        if (!holds) throw new ArgumentException($"{field} is not hashed unless it {rule}.", field);
    }

    private static string NameOf(EntryKind kind) => kind switch
    {
        EntryKind.Decision => "decision",
        EntryKind.Reversal => "reversal",
        EntryKind.Repair => "repair",
        _ => throw new ArgumentException($"Kind {(int)kind} is unknown.", nameof(kind)),
    };

    private static string Digest(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash);
    }
}
