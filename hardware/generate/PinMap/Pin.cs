using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Generate.PinMap;

/// <summary>One row of <c>hardware/pinmap.csv</c>: what a GPIO of the ESP32 does on this board.</summary>
/// <param name="Signal">Net name at the module; <c>_N</c> marks a signal that is active low.</param>
/// <param name="Gpio">GPIO number as the firmware opens it, not the module's pin number.</param>
/// <param name="Direction">Seen from the module: in, out, io.</param>
/// <param name="Active">Level that means "on": high, low, edge or od (open drain).</param>
/// <param name="Kind">pwm, gpio, i2c, uart or strap.</param>
/// <param name="BootState">What the pin does between reset and the first line of firmware (ESP32 datasheet, table "IO_MUX").</param>
/// <param name="ExternalPull">PD10k, PU10k, … as fitted on the board, or div; empty when there is none.</param>
/// <param name="Function">nanoFramework's name of the alternate function, for example PWM1.</param>
/// <param name="Notes">One line on what the signal does; the summary of its constant in the firmware.</param>
internal sealed record Pin(string Signal, int Gpio, string Direction, string Active, string Kind, string BootState,
    string ExternalPull, string Function, string Notes)
{
    public static IReadOnlyList<Pin> ReadAll(string hardwareFolder) =>
        [.. Csv.Read(Path.Combine(hardwareFolder, "pinmap.csv")).Select(row => new Pin(row["signal"],
            (int)row.Number("gpio"), row["dir"], row["active"], row["kind"], row["boot_state"], row["pull_ext"], row["nf"], row["notes"]))];

    /// <summary>Light to the street, and the enable of all its drivers.</summary>
    public bool SwitchesLight => Kind == "pwm" || Signal == "LED_EN";

    public bool IsOutput => Direction is "out" or "io";
}
