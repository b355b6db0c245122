using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>A password is long, is not one of the most common ones and does not contain the person's name. There are no rules of composition.</summary>
internal static class Passwords
{
    public const int Shortest = 12;

    /// <summary>Hashing time grows with the length; nobody types more.</summary>
    public const int Longest = 128;

    private static readonly Lazy<HashSet<string>> Commonest = new(Read);

    public static Refusal? Check(string name, string? password)
    {
        if (password is null || password.Length is < Shortest or > Longest)
        {
            return Refusal.Malformed(
                "password-length",
                $"A password has {Shortest} to {Longest} characters; this has {password?.Length ?? 0}. "
                + "Four words that have nothing to do with each other make a good one.");
        }

        if (Commonest.Value.Contains(password))
            return Refusal.AgainstRule("password-common", "This is one of the passwords that are tried first; choose another.");
        return password.Contains(name, StringComparison.OrdinalIgnoreCase)
            ? Refusal.AgainstRule("password-is-name", "A password does not contain the name that one signs in by.")
            : null;
    }

    private static HashSet<string> Read()
    {
        using var file = new StreamReader(typeof(Passwords).Assembly.GetManifestResourceStream("CommonPasswords.txt")!);
        return file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith("# ", StringComparison.Ordinal)).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
