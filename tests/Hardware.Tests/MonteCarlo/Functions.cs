namespace TaxiCredit.Hardware.Tests.MonteCarlo;

/// <summary>What a drawn board must do: each function tells whether it does.</summary>
internal static class Functions
{
    private const int Channels = 5;

    public static readonly (string Name, Func<Draw, bool> Works)[] All =
    [
        ("full light with the engine running", board => Rail(board) >= Needed(board)),
        ("no false alarm, and diagnosis on", board => Diagnosis(board) <= Rail(board) && (Diagnosis(board) >= Needed(board) - 0.4 || Rail(board) >= Needed(board))),
        ("LED current at most 56 mA", board => Enumerable.Range(1, Channels).All(i => Amperes(board, i) is > 0.045 and < 0.056)),
        ("lit channels counted by day", board => Counted(board, 1.0)),
        ("lit channels counted at half duty", board => Counted(board, 0.5)),
        ("lit channels counted at night", board => Counted(board, 0.02)),
        ("3.3 V within the module's limits", board => Logic(board) is > 3.0 and < 3.6),
        ("ignition on at 6 V", board => 6 * Divider(board) > board.Fact("U67.rise") * 1.15),
        ("ignition off at 1.5 V", board => 1.5 * Divider(board) < board.Fact("U67.fall")),
        ("power fail between the light and the module", board => PowerFail(board) is > 5.1 and < 6.0),
        ("watchdog within 55 to 98 s", board => board.C("C18") * 1e6 * board.Fact("U20.time") is > 55 and < 98),
        ("hold-up of 30 ms with an aged capacitor", board => HoldUp(board) > 0.03),
        ("reset of 3 to 50 ms", board => 0.8 * board.R("R15") * board.C("C17") is > 3e-3 and < 50e-3),
    ];

    private static double Rail(Draw board) => board.Fact("U2.feedback") * (1 + (board.R("R1") / board.R("R2")));

    private static double Logic(Draw board) => board.Fact("U2.feedback", 3) * (1 + (board.R("R4") / board.R("R5")));

    private static double Amperes(Draw board, int channel) => board.Fact("U11.regulation", channel) / 1000 / board.R($"R{channel}0");

    /// <summary>The longest of the five strings with all lit, V.</summary>
    private static double Needed(Draw board)
    {
        double shunt = Enumerable.Range(1, Channels).Sum(i => Amperes(board, i)) * board.R("R60");
        return shunt + (board.Fact("U11.dropout") / 1000) + Enumerable.Range(1, Channels).Max(channel => Enumerable.Range(0, 3).Sum(led =>
            board.Fact("D11.forward", (10 * channel) + led) + (board.Fact("D11.forward_cold", channel) / 1000 * (board.Celsius - 25))));
    }

    private static double Diagnosis(Draw board) => board.Fact("U11.diagen") * (1 + (board.R("R53") / board.R("R54")));

    /// <summary>
    /// Calibrated at 25 C with none and all lit; then drifts: shunt and drivers 100 ppm/K each, gain 40 ppm/K, offset between ranges. Every count from
    /// none to five must read within 0.4 of a channel.
    /// </summary>
    private static bool Counted(Draw board, double duty)
    {
        double[] volts = [.. Enumerable.Range(1, Channels).Select(i => Amperes(board, i) * board.R("R60") * duty)];
        double one = volts.Average();
        double drift = 1 + ((200e-6 + (board.Fact("U66.gain_drift") * 1e-6)) * (board.Celsius - 25));
        double offset = board.Fact("U66.offset") * 62.5e-6;
        return Enumerable.Range(0, Channels + 1).All(lit => Math.Abs(((volts.Take(lit).Sum() * drift) + offset) - (lit * one)) < 0.4 * one);
    }

    private static double Divider(Draw board) => board.R("R66") / (board.R("R65") + board.R("R66"));

    private static double PowerFail(Draw board)
    {
        double reference = Logic(board) * board.R("R9") / (board.R("R8") + board.R("R9"));
        double into = (1 / board.R("R6")) + (1 / board.R("R7")) + (1 / board.R("R13"));
        return ((reference * into) - (Logic(board) / board.R("R13"))) * board.R("R6");
    }

    /// <summary>From the rail less a diode down to 3.6 V, 36 % of the capacity gone, 120 mA at 3.3 V through 85 %.</summary>
    private static double HoldUp(Draw board)
    {
        double full = Rail(board) - 0.35;
        return 0.5 * 0.64 * board.Aluminium("C9") * ((full * full) - (3.6 * 3.6)) / (0.12 * 3.3 / 0.85);
    }
}
