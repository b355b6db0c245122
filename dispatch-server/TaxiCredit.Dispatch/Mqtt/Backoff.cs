namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>Exponential pauses with full jitter, so that servers that lost one broker do not come back together.</summary>
internal static class Backoff
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <param name="failures">In a row; 0 after a connection that held.</param>
    /// <param name="share">0 to 1, drawn each time.</param>
    /// <returns>Between 0 and the smaller of <see cref="Longest"/> and <see cref="First"/> doubled for each failure.</returns>
    public static TimeSpan After(int failures, double share) => share * TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(failures, 10)));
}
