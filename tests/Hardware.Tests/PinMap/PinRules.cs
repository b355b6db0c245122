using TaxiCredit.Hardware.Generate.PinMap;

namespace TaxiCredit.Hardware.Tests.PinMap;

/// <summary>
/// What an ESP32-WROOM-32E-N8R2 allows, and what nanoFramework makes of it. Each rule names the pin it refuses.
/// Sources: ESP32 datasheet v4 (strapping pins, IO_MUX), ESP32-WROOM-32E datasheet v1.6, errata 3.11, and the
/// traps read in nf-interpreter that hardware/README.md lists.
/// </summary>
internal static class PinRules
{
    private static readonly int[] Flash = [6, 7, 8, 9, 10, 11];
    private static readonly int[] InputOnly = [34, 35, 36, 37, 38, 39];
    private static readonly int[] WakesDeepSleep = [0, 2, 4, 12, 13, 14, 15, 25, 26, 27, 32, 33, 34, 35, 36, 37, 38, 39];
    private static readonly int[] NotOnTheModule = [20, 24, 28, 29, 30, 31, 37, 38];

    // ESP32-WROOM-32E datasheet, pin table: on the variants with PSRAM it is wired to the memory.
    private const int Psram = 16;

    // GPIO2 must be low or open to download; a pull-down or an LED to ground satisfies it, a pull-up does not.
    private const int StrapDownload = 2;

    // A high level at reset sets the flash supply to 1.8 V and the module does not start.
    private const int StrapFlashVoltage = 12;

    public static IReadOnlyList<string> Violations(IReadOnlyList<Pin> pins) => [.. Each(pins), .. Together(pins)];

    private static IEnumerable<string> Each(IReadOnlyList<Pin> pins)
    {
        foreach (var pin in pins)
            foreach (var (broken, why) in Checks(pin))
                if (broken)
                    yield return $"{pin.Signal} on GPIO{pin.Gpio}: {why}";
    }

    private static (bool Broken, string Why)[] Checks(Pin pin) =>
    [
        (pin.Gpio is < 0 or > 39 || NotOnTheModule.Contains(pin.Gpio), "the module has no such pin"),
        (Flash.Contains(pin.Gpio), "flash pin; nanoFramework does not stop OpenPin from reaching it"),
        (pin.Gpio == StrapFlashVoltage, "strap of the flash voltage, stays unconnected"),
        (pin.Gpio == StrapDownload && pin.ExternalPull.StartsWith("PU", StringComparison.Ordinal), "strap, must be low or open to download"),
        (pin.Gpio == 0 && pin.Kind != "strap", "strap of the boot mode, kept for BOOT_N"),
        (pin.Gpio == 0 && pin.ExternalPull != "PU10k", "boot strap needs its pull-up, or noise starts the loader"),
        (pin.Gpio is 1 or 3 && pin.Kind != "uart", "reserved for flashing and the wire protocol"),
        (InputOnly.Contains(pin.Gpio) && pin.IsOutput, "input-only pin"),
        (InputOnly.Contains(pin.Gpio) && pin.ExternalPull == "", "has no internal pull (nanoFramework accepts InputPullUp all the same): fit one"),
        (pin.Gpio == Psram, "the module's PSRAM uses it"),
        (pin.Gpio is 36 or 39, "false interrupts with Wi-Fi power save (errata 3.11)"),
        (pin.Kind == "adc", "the module's own converter reads nothing below 142 mV under nanoFramework: analogue signals go to U66"),
        (pin.Kind == "pwm" && !PwmName(pin.Function), "the channels of one speed mode are PWM1 to PWM8"),
        (pin.SwitchesLight && !DarkAtReset(pin), "must be dark at reset: active high, hi-Z at boot, pull-down outside"),
        (pin.Signal is "IGN_SENSE" or "TAMPER_N" && !WakesDeepSleep.Contains(pin.Gpio), "must wake the deep sleep: RTC pin needed"),
        (pin.Signal.EndsWith("_N", StringComparison.Ordinal) != (pin.Active == "low"), "name and active level disagree"),
        (pin.Kind == "i2c" && !pin.ExternalPull.StartsWith("PU", StringComparison.Ordinal), "open drain needs a pull-up"),
        (pin.Active == "low" && pin.Direction == "in" && !pin.ExternalPull.StartsWith("PU", StringComparison.Ordinal),
            "active-low input needs a pull-up outside"),
    ];

    private static bool DarkAtReset(Pin pin) => pin.Active == "high"
        && pin.BootState.StartsWith("hi-Z", StringComparison.Ordinal)
        && Boot.DrivesAtReset(pin.Gpio) is null
        && pin.ExternalPull.StartsWith("PD", StringComparison.Ordinal);

    private static bool PwmName(string function) =>
        function.Length == 4 && function.StartsWith("PWM", StringComparison.Ordinal) && function[3] is >= '1' and <= '8';

    private static IEnumerable<string> Together(IReadOnlyList<Pin> pins)
    {
        foreach (var twice in pins.GroupBy(pin => pin.Gpio).Where(group => group.Count() > 1))
            yield return $"GPIO{twice.Key} is assigned to {string.Join(" and ", twice.Select(pin => pin.Signal))}";
        foreach (var twice in pins.GroupBy(pin => pin.Signal).Where(group => group.Count() > 1))
            yield return $"{twice.Key} appears {twice.Count()} times";
        foreach (var twice in pins.Where(pin => pin.Kind == "pwm").GroupBy(pin => pin.Function).Where(group => group.Count() > 1))
            yield return $"{twice.Key} drives {string.Join(" and ", twice.Select(pin => pin.Signal))}";
        foreach (string missing in Required.Except(pins.Select(pin => pin.Signal)))
            yield return $"{missing} is missing";
        foreach (var pin in pins.Where(pin => Boot.Contradicts(pin)))
            yield return $"{pin.Signal} on GPIO{pin.Gpio}: boot_state says '{pin.BootState}', the datasheet '{Boot.DrivesAtReset(pin.Gpio) ?? "hi-Z"}'";
    }

    // The names that the firmware opens; without one of them it does not build.
    private static readonly string[] Required =
    [
        "STAR_1", "STAR_2", "STAR_3", "STAR_4", "VALID_BAR", "LED_EN", "WDI", "STATUS_LED",
        "FAULT1_N", "FAULT2_N", "FAULT3_N", "FAULT4_N", "FAULTB_N", "PFAIL_N",
        "SDA", "SCL", "IGN_SENSE", "TAMPER_N", "BUTTON_N", "U0TXD", "U0RXD", "BOOT_N",
    ];
}
