namespace TaxiCredit.Hardware.Tests.Values;

/// <summary>Reset, watchdog, bus, clock, status LED and the bypass of every chip.</summary>
internal static class LogicChecks
{
    /// <summary>What chips, pads and tracks add up to on the bus, F: five devices of 10 pF and 20 pF of copper.</summary>
    private const double Bus = 70e-12;

    private static readonly (string Capacitor, string Chip)[] Bypasses =
    [
        ("C14", "U64"), ("C16", "U1"), ("C19", "U20"), ("C22", "U61"), ("C23", "U62"), ("C25", "U63"), ("C28", "U67"), ("C29", "U68"),
        ("C67", "U65"), ("C69", "U66"),
    ];

    public static IEnumerable<ValueCheck> Of(DesignValues v)
    {
        foreach (var (capacitor, chip) in Bypasses)
            yield return new($"bypass of {chip}, F", v.C(capacitor), 68e-9, 470e-9);
        yield return new("reset after power-up, s", v.R("R15") * v.C("C17"), 5e-3, 50e-3);
        yield return new("pull-up of reset, ohm", v.R("R15"), 4.7e3, 47e3);
        // The capacitor's tolerance and temperature (X7R 15 %) on top of the chip's.
        yield return new("watchdog at its shortest, s", v.C("C18") * 1e6 * v.Fact("U20.time", "min") * 0.85, 55, 98);
        yield return new("watchdog at its longest, s", v.C("C18") * 1e6 * v.Fact("U20.time", "max") * 1.15, 55, 98);
        yield return new("enable of the watchdog, ohm", v.R("R16"), 2.2e3, 47e3);
        // 3.24 V less a silicon diode at microamperes in the cold.
        yield return new("enable of the watchdog over the rail", (3.24 - 0.55) / 3.24 * v.R("R24") / (v.R("R24") + v.R("R16")), v.Fact("U20.enable", "min"), 1);
        yield return new("enable of the watchdog falls in sleep, ohm", v.R("R24"), 100e3, 2.2e6);
        // NXP UM10204: 300 ns for 400 kHz, 3 mA at 0.4 V.
        foreach (string pull in new[] { "R71", "R72" })
            yield return new($"rise of the bus at {pull}, s", 0.8473 * v.R(pull) * Bus, 60e-9, 300e-9);
        yield return new("load of the crystal, F", 1 / ((1 / v.C("C24")) + (1 / 25e-12)), 11e-12, 14e-12);
        yield return new("status LED, A", (3.31 - 2.0) / v.R("R19"), 0.5e-3, 5e-3);
    }
}
