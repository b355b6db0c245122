using TaxiCredit.Firmware.Logic.Memory;

namespace TaxiCredit.Firmware.Logic;

/// <summary>Why the processor started; the numbers are those of PROTOCOL.md, incident <c>power-on</c>.</summary>
internal static class ResetCause
{
    public const int Unknown = 0;
    public const int Power = 1;
    public const int Watchdog = 2;
    public const int Software = 3;
    public const int BrownOut = 4;

    /// <summary>
    /// Works the cause out where the platform cannot tell: an external watchdog's reset looks like power-up to the
    /// processor. The last start left a word when it saw its end coming; if it left none, it hung.
    /// </summary>
    public static int From(int platform, Counters counters)
    {
        if (platform != Unknown) return platform;
        if (counters.Ending != Unknown) return counters.Ending;
        return counters.Boot == 0 ? Power : Watchdog;
    }
}
