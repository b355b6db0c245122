namespace TaxiCredit.Dispatch.Features.Displays;

/// <summary>
/// When a display counts as offline: when its last will has arrived, or when it has been silent for longer than <see cref="MaxSilentHeartbeats"/>,
/// because its last will may have been lost with its broker.
/// </summary>
internal static class OfflineRule
{
    /// <summary>Heartbeats, see <see cref="DisplaySettings.Heartbeat"/>, after which silence is no longer taken for a slow network.</summary>
    public const int MaxSilentHeartbeats = 3;

    /// <param name="receivedAt">When the last state arrived; null before the first.</param>
    public static bool IsSilent(DateTimeOffset? receivedAt, DateTimeOffset now, DisplaySettings settings) =>
        receivedAt is not { } last || now > SilentAfter(last, settings.Heartbeat);

    /// <summary>Up to this instant a display that reported then is not silent.</summary>
    /// <param name="heartbeat">s.</param>
    public static DateTimeOffset SilentAfter(DateTimeOffset receivedAt, int heartbeat) => receivedAt + TimeSpan.FromSeconds(MaxSilentHeartbeats * heartbeat);
}
