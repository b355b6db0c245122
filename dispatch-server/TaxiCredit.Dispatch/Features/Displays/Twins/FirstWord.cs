using Microsoft.Extensions.Options;

namespace TaxiCredit.Dispatch.Features.Displays.Twins;

/// <summary>
/// After a start each cab that is known to report has the first word: until it has reported, or three heartbeats have passed, nothing new is signed for
/// it. A server on a restored database would otherwise outbid, by the time alone, the revisions that prove what is missing.
/// </summary>
internal sealed class FirstWord(TwinBoard board, IOptions<DisplaySettings> settings, TimeProvider time)
{
    private const int Heartbeats = 3;

    private readonly DateTimeOffset _until = time.GetUtcNow() + TimeSpan.FromSeconds(Heartbeats * settings.Value.Heartbeat);

    /// <summary>Whether this cab may still say what it has before it is told anything new.</summary>
    public bool IsAwaited(int displayId, DateTimeOffset now) => now < _until && board.IsKnownFromBefore(displayId);
}
