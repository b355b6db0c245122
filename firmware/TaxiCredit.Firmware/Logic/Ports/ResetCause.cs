namespace TaxiCredit.Firmware.Logic.Ports;

/// <summary>Why the processor started; the numbers are those of PROTOCOL.md, incident <c>power-on</c>.</summary>
internal static class ResetCause
{
    public const int Unknown = 0;
    public const int Power = 1;
    public const int Watchdog = 2;
    public const int Software = 3;
    public const int BrownOut = 4;

    /// <summary>The ignition was off when the unit last ran: it slept, or lost its supply, in a parked car.</summary>
    public const int Parked = 5;

    /// <summary>The unit restarted itself, as its link was dead.</summary>
    public const int Link = 6;
}
