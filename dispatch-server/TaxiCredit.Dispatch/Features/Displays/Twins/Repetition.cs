namespace TaxiCredit.Dispatch.Features.Displays.Twins;

/// <summary>
/// When to publish again to a cab that has not applied what it should. A cab that refuses a message reports at once, so that
/// answering each report would go round for ever: the pauses double from 15 s to 16 min.
/// </summary>
internal sealed class Repetition
{
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(16);

    private readonly Dictionary<int, (DateTimeOffset Next, TimeSpan Pause)> _waiting = [];

    /// <summary>Something new has gone out.</summary>
    public void Start(int displayId, DateTimeOffset now) => _waiting[displayId] = (now + FirstPause, FirstPause);

    /// <summary>The cab shows what it should.</summary>
    public void End(int displayId) => _waiting.Remove(displayId);

    /// <summary>Whether to publish again now; if so the next pause is twice as long.</summary>
    public bool IsDue(int displayId, DateTimeOffset now)
    {
        if (!_waiting.TryGetValue(displayId, out var waiting))
        {
            Start(displayId, now);
            return true;
        }
        if (now < waiting.Next)
            return false;
        var pause = waiting.Pause * 2 < LongestPause ? waiting.Pause * 2 : LongestPause;
        _waiting[displayId] = (now + pause, pause);
        return true;
    }
}
