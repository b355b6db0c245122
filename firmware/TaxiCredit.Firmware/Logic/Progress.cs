namespace TaxiCredit.Firmware.Logic;

/// <summary>
/// Whether the loop gets anywhere: a loop that spins is as dead as one that stands. The watchdog is fed only when inputs were sampled, the converter
/// was given its next turn, and no test or search holds the lights for longer than any of them lasts.
/// </summary>
internal sealed class Progress
{
    /// <summary>Longest self test or search, with its time-out, and some, ms.</summary>
    public const int LongestBusy = 30000;

    private long _beats;
    private long _turn = -1;
    private long _fedBeats;
    private long _fedTurn = -1;
    private long _idleAt;

    /// <summary>Inputs, supply and memory have been looked at.</summary>
    public void NoteBeat() => _beats++;

    /// <summary>The end of a tick.</summary>
    /// <param name="turn">When the conversion that runs was started, ms.</param>
    /// <param name="isBusy">A self test or a search holds the lights.</param>
    /// <param name="uptime">Monotonic time, ms.</param>
    /// <returns>True when there was progress since the last time that it was true.</returns>
    public bool TryTake(long turn, bool isBusy, long uptime)
    {
        _turn = turn;
        if (!isBusy) _idleAt = uptime;
        if (_beats == _fedBeats || _turn == _fedTurn || uptime - _idleAt > LongestBusy) return false;

        _fedBeats = _beats;
        _fedTurn = _turn;
        return true;
    }
}
