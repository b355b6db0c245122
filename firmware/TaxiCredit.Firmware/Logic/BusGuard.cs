using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Logic;

/// <summary>
/// Guards the loop against an I2C bus that is stuck, where each transfer blocks for up to a second. A part that was interrupted in the middle of a byte
/// holds the data line until it has been clocked on; nine clocks free any (NXP UM10204, "Bus clear"). A bus that does not come free is left alone, but for
/// one transfer every <see cref="LookEvery"/>.
/// </summary>
internal sealed class BusGuard
{
    /// <summary>Transfers of any part that failed in a row, after which the line is looked at.</summary>
    public const int FailuresUntilLook = 3;

    /// <summary>Between two attempts to free a bus, ms.</summary>
    public const int LookEvery = 10000;

    private const int Clocks = 9;

    private readonly IBusLines _lines;
    private int _failures;
    private long _lookDue = long.MinValue;

    public BusGuard(IBusLines lines)
    {
        _lines = lines;
    }

    /// <summary>Times that the lines were taken from the peripheral, which has to be set up anew after each.</summary>
    public int Looks { get; private set; }

    /// <summary>Times that the bus was stuck and came free.</summary>
    public int Freed { get; private set; }

    /// <summary>The data line is held low, and nine clocks did not help.</summary>
    public bool IsStuck { get; private set; }

    /// <summary>Whether a transfer may be tried; one that may not has failed.</summary>
    public bool MayTransfer(long uptime)
    {
        if (!IsStuck) return true;
        if (uptime < _lookDue) return false;
        Free(uptime);
        return !IsStuck;
    }

    /// <summary>A transfer has ended.</summary>
    public void Note(bool isDone, long uptime)
    {
        _failures = isDone ? 0 : _failures + 1;
        if (_failures >= FailuresUntilLook && uptime >= _lookDue) Free(uptime);
    }

    private void Free(long uptime)
    {
        _failures = 0;
        _lookDue = uptime + LookEvery;
        Looks++;
        _lines.Take();
        bool wasLow = IsStuck || _lines.IsDataLow();
        for (int i = 0; i < Clocks && _lines.IsDataLow(); i++) _lines.Clock();
        IsStuck = _lines.IsDataLow();
        if (wasLow && !IsStuck)
        {
            _lines.Stop();
            Freed++;
        }

        _lines.Release();
    }
}
