namespace TaxiCredit.Firmware.Logic;

/// <summary>When a unit in a parked car goes to sleep: after a while online, at once if woken for nothing, early when the battery is low.</summary>
internal sealed class Parking
{
    /// <summary>After the ignition went off, ms: incidents are delivered, commands and a new rating arrive.</summary>
    public const int AfterRun = 600000;

    /// <summary>After the case woke it, ms: long enough to tell.</summary>
    public const int AfterTamper = 60000;

    /// <summary>After something else woke it, ms: the watchdog, or the supply that came back.</summary>
    public const int AfterNothing = 3000;

    /// <summary>Below it the battery has to start the engine first, mV, and for how long it must be, ms.</summary>
    public const int LowBattery = 11800;
    public const int LowFor = 60000;

    private bool _isParked;
    private bool _wasWoken;
    private bool _hasNews;
    private long _since;
    private long _lowSince;

    /// <summary>Whether it was woken and has nothing to tell: no link is opened.</summary>
    public bool IsQuiet => _isParked && _wasWoken && !_hasNews;

    /// <summary>The unit starts in a parked car.</summary>
    public void Begin(long uptime)
    {
        _isParked = true;
        _wasWoken = true;
        _since = uptime;
        _lowSince = uptime;
    }

    /// <summary>The case was opened or closed while parked.</summary>
    public void NoteNews(long uptime)
    {
        if (!_isParked) return;
        if (_wasWoken) _since = uptime;
        _hasNews = true;
    }

    /// <summary>Looks at the ignition.</summary>
    /// <returns>True when the car was parked, or started.</returns>
    public bool Look(bool isIgnitionOn, long uptime)
    {
        if (_isParked != isIgnitionOn) return false;

        _isParked = !isIgnitionOn;
        _wasWoken = false;
        _hasNews = false;
        _since = uptime;
        _lowSince = uptime;
        return true;
    }

    /// <summary>Whether to sleep now.</summary>
    /// <param name="battery">Supply, mV; 0 when it is not known.</param>
    /// <param name="isBusy">Whether somebody works on the unit.</param>
    /// <param name="uptime">Monotonic time, ms.</param>
    public bool IsSleepDue(int battery, bool isBusy, long uptime)
    {
        if (!_isParked) return false;
        if (battery == 0 || battery >= LowBattery) _lowSince = uptime;
        if (isBusy) return false;

        long stays = !_wasWoken ? AfterRun : _hasNews ? AfterTamper : AfterNothing;
        return uptime - _since >= stays || uptime - _lowSince >= LowFor;
    }
}
