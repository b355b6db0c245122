namespace TaxiCredit.Firmware.Logic.Display;

/// <summary>Shows each channel in turn, visibly; the measurement follows. 1,250 ms in all.</summary>
internal sealed class SelfTest
{
    public const int StepMilliseconds = 250;

    private long _begun;

    public bool IsRunning { get; private set; }

    public void Begin(long uptime)
    {
        IsRunning = true;
        _begun = uptime;
    }

    /// <summary>The channel to light now, as a mask; ends the test when all have been lit.</summary>
    public int Advance(long uptime)
    {
        long step = (uptime - _begun) / StepMilliseconds;
        if (step >= Channels.Count) IsRunning = false;
        return IsRunning ? 1 << (int)step : 0;
    }

    /// <summary>When the next step is due, ms.</summary>
    public long Due(long uptime) => _begun + ((((uptime - _begun) / StepMilliseconds) + 1) * StepMilliseconds);
}
