namespace TaxiCredit.Dispatch.Outbox;

/// <summary>
/// Exponential pauses between attempts. Jitter takes at most half, so that recipients that failed together do not come back together and an
/// early retry does not come at once.
/// </summary>
internal static class OutboxBackoff
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <param name="failures">In a row, 1 or more.</param>
    /// <param name="share">0 to 1, drawn each time.</param>
    /// <param name="asked">The recipient asks for at least this; <see cref="Longest"/> at most is given.</param>
    /// <returns>Half to all of the smaller of <see cref="Longest"/> and <see cref="First"/> doubled for each failure after the first.</returns>
    public static TimeSpan After(int failures, double share, TimeSpan? asked = null)
    {
        var pause = (0.5 + share / 2) * TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(failures - 1, 20)));
        return asked > pause ? (asked < Longest ? asked.Value : Longest) : pause;
    }
}
