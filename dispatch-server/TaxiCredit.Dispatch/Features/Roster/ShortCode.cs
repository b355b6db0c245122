using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster;

/// <summary>
/// A code that nobody guesses and anybody can type: 12 characters of Crockford's base 32, which are 60 random bits. Read aloud or copied by hand
/// it survives: case, spaces and hyphens do not count, <c>O</c> is 0, <c>I</c> and <c>L</c> are 1.
/// </summary>
internal static class ShortCode
{
    public const int Length = 12;

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>For eyes: <c>3k7m-x2q9-0fda</c>.</summary>
    public static string Grouped(string code) => $"{code[..4]}-{code[4..8]}-{code[8..]}";

    public static bool TryRead(string? typed, [NotNullWhen(true)] out string? code)
    {
        code = null;
        // Longer than any code with a hyphen or a space behind each character.
        if (typed is null || typed.Length > 2 * Length)
            return false;
        var read = string.Concat(Spelling.Folded(typed).Where(c => c is not ('-' or ' ')).Select(Canonical));
        if (read.Length != Length || read.Any(c => !Alphabet.Contains(c, StringComparison.Ordinal)))
            return false;
        code = read;
        return true;
    }

    private static char Canonical(char typed) => char.ToLowerInvariant(typed) switch
    {
        'o' => '0',
        'i' or 'l' => '1',
        var c => c,
    };
}
