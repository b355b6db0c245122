using TaxiCredit.Firmware.Logic.Json;

namespace TaxiCredit.Firmware.Logic.Wire;

/// <summary>
/// How far what the server signs may lie beyond the <c>now</c> that it signs with. A message at the ends of the ranges would show its stars for years, and
/// its revision would refuse all that follow.
/// </summary>
internal static class SignedBounds
{
    /// <summary>
    /// Of a revision, s: 400 days. Revisions follow the clock; a server whose clock was ahead counts on from there until the clock has caught up.
    /// </summary>
    public const long Rev = 400L * 86400;

    /// <summary>Of the end and of the <c>hold</c> of a rating, s: 35 days, and one for a clock that was corrected.</summary>
    public const long Validity = 36L * 86400;

    /// <summary>Of the expiry of a command, s.</summary>
    public const long Expiry = 86400;

    /// <summary>Reads the revision.</summary>
    public static bool TryGetRev(FlatReader json, long now, out long rev) => json.TryGetInteger("rev", 1, Least(Gate.LastTime, now + Rev), out rev);

    public static long Least(long a, long b) => a < b ? a : b;
}
