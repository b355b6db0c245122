namespace TaxiCredit.Dispatch.Wire;

/// <summary>
/// How far what is signed may lie beyond the <c>now</c> that it is signed with, as <c>firmware/PROTOCOL.md</c> says. Cabs refuse what lies beyond, so
/// that signing it is a fault of this server.
/// </summary>
internal static class SignedBounds
{
    /// <summary>Of a revision, s: 400 days.</summary>
    public const long Rev = 400 * 86_400;

    /// <summary>Of the end and of the <c>hold</c> of a rating, s: 36 days.</summary>
    public const long Validity = 36 * 86_400;

    /// <summary>Of the expiry of a command, s: a day.</summary>
    public const long Expiry = 86_400;

    /// <exception cref="InvalidOperationException">It lies beyond; nothing was signed.</exception>
    public static void Require(string field, long value, long now, long bound)
    {
        if (value > now + bound)
            throw new InvalidOperationException($"'{field}' is {value}, more than {bound} s beyond now, {now}; a cab would refuse it.");
    }
}
