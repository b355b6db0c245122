namespace TaxiCredit.Firmware.Logic.Ports;

/// <summary>Why the processor started; the numbers are those of PROTOCOL.md, incident <c>power-on</c>.</summary>
internal static class ResetCause
{
    public const int Unknown = 0;
    public const int Power = 1;
    public const int Watchdog = 2;
    public const int Software = 3;
    public const int BrownOut = 4;
}
