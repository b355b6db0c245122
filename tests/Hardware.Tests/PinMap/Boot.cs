using TaxiCredit.Hardware.Generate.PinMap;

namespace TaxiCredit.Hardware.Tests.PinMap;

/// <summary>What the ESP32 does to its pins from reset until firmware opens them (datasheet v4, IO_MUX and strapping tables).</summary>
internal static class Boot
{
    private static readonly int[] WeakPullUp = [0, 3, 5, 14, 15];
    private static readonly int[] WeakPullDown = [2, 4, 12];

    /// <returns>"weak PU", "weak PD", "high", or null when the pin floats.</returns>
    public static string? DrivesAtReset(int gpio) => gpio switch
    {
        1 => "high",
        _ when WeakPullUp.Contains(gpio) => "weak PU",
        _ when WeakPullDown.Contains(gpio) => "weak PD",
        _ => null,
    };

    public static bool Contradicts(Pin pin) => DrivesAtReset(pin.Gpio) switch
    {
        null => !pin.BootState.StartsWith("hi-Z", StringComparison.Ordinal),
        string drives => pin.BootState != drives,
    };
}
