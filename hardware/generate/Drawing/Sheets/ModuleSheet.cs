using TaxiCredit.Hardware.Generate.PinMap;
using static TaxiCredit.Hardware.Generate.Drawing.Sheet;

namespace TaxiCredit.Hardware.Generate.Drawing.Sheets;

/// <summary>The ESP32 module with its net names from pinmap.csv, the watchdog, and the gate that switches the light off.</summary>
internal static class ModuleSheet
{
    public const string FileName = "module.kicad_sch";

    // Signals that stay on this sheet; the others become ports towards sensing (left) or light and memory (right).
    private static readonly string[] Local = ["LED_EN", "WDI", "STATUS_LED"];

    public static Sheet Draw(PartCatalogue parts, IReadOnlyList<Pin> pins)
    {
        var s = new Sheet(FileName, "module and watchdog", parts);
        var u1 = s.Part("U1", "ESP32-WROOM-32E", 116, 56);
        s.Ground(u1["GND"]);
        foreach (var pin in pins)
            Connect(s, u1, pin);
        s.Unused(u1["IO12"], u1["IO16"], u1["SENSOR_VP/IO36"], u1["SENSOR_VN/IO39"]);
        PowerAndReset(s, u1);
        Watchdog(s);
        Gate(s);
        StatusLed(s);
        TestPoints.Block(s, 60, 186, 58, 5, "STAR_1", "STAR_2", "STAR_3", "STAR_4", "VALID_BAR", "LED_EN", "WDI", "STATUS_LED", "ALIVE", "LED_EN_G");
        Notes(s);
        return s;
    }

    private static void Connect(Sheet s, Placed u1, Pin pin)
    {
        var symbolPin = ModulePins.Of(u1.Symbol, pin.Gpio);
        var at = u1.Place(symbolPin);
        if (Local.Contains(pin.Signal))
        {
            s.Wire(at, at.Right(14));
            s.Label(pin.Signal, at.Right(14), Side.Left);
            return;
        }

        bool left = symbolPin.Looks == Side.Left;
        var end = left ? at.Left(32) : at.Right(32);
        s.Wire(at, end);
        var side = left ? Side.Left : Side.Right;
        if (pin.Direction == "io")
            s.Both(pin.Signal, end, side);
        else if (pin.IsOutput)
            s.Output(pin.Signal, end, side);
        else
            s.Input(pin.Signal, end, side);
    }

    private static void PowerAndReset(Sheet s, Placed u1)
    {
        s.Wire(u1["3V3"], At(93, 33), At(93, 22), At(52, 22));
        s.Power("+3V3", At(52, 22));
        SupplySheet.Down(s, "C15", "C", At(58, 22));
        SupplySheet.Down(s, "C16", "C", At(68, 22));
        var r15 = s.Part("R15", "R", 82, 36, 270);
        s.Wire(At(82, 22), r15["1"]);
        s.Wire(u1["EN"], At(30, 39));
        s.Both("RESET_N", At(30, 39), Side.Left);
        SupplySheet.Down(s, "C17", "C", At(42, 39));
        var tp7 = s.Part("TP7", "TestPoint", 36, 36);
        s.Wire(tp7["1"], At(36, 39));
    }

    private static void Watchdog(Sheet s)
    {
        var u = s.Part("U20", "TPS3431", 64, 112);
        s.Ground(u["GND"]);
        s.Power("+3V3", At(44, 103));
        s.Wire(At(44, 103), At(44, 108), u["VDD"]);
        s.Wire(At(50, 108), At(50, 111), u["SET1"]);
        s.Wire(At(44, 105), At(22, 105));
        SupplySheet.Down(s, "C19", "C", At(22, 105));

        s.Wire(u["WDI"], At(32, 114));
        s.Label("WDI", At(32, 114));
        SupplySheet.Down(s, "R23", "R", At(38, 114));

        // It runs while a light may be lit or the ignition is on; in deep sleep both are low, and nothing resets the module.
        s.Wire(u["EN"], At(48, 117), At(48, 130));
        var d9 = s.Part("D9", "BAV170", 30, 131);
        s.Wire(At(12, d9["A1"].Y), d9["A1"]);
        s.Label("LED_EN", At(12, d9["A1"].Y));
        s.Wire(At(12, d9["A2"].Y), d9["A2"]);
        s.Label("IGN_SENSE", At(12, d9["A2"].Y));
        var r16 = s.Part("R16", "R", 43, 130);
        s.Wire(d9["K"], r16["1"]);
        s.Wire(r16["2"], At(56, 130));
        SupplySheet.Down(s, "R24", "R", At(56, 130));
        var jumper = s.Part("JP1", "Jumper_Open", 48, 133, 270);
        s.Ground(jumper["2"]);

        s.Wire(u["WDO"], At(90, 108));
        s.Label("RESET_N", At(90, 108), Side.Left);
        s.Unused(u["ENOUT"]);
        s.Wire(u["CWD"], At(82, 117));
        SupplySheet.Down(s, "C18", "C", At(82, 117));
    }

    private static void Gate(Sheet s)
    {
        var u = s.Part("U63", "74LVC1G08", 172, 112);
        s.Ground(u["GND"]);
        s.Wire(At(130, 111), u["A"]);
        s.Label("LED_EN", At(130, 111));
        SupplySheet.Down(s, "R17", "R", At(140, 111));
        var buffer = s.Part("U67", "74LVC1G17", 118, 114);
        s.Ground(buffer["GND"]);
        s.Wire(At(100, 113), buffer["A"]);
        s.Label("RESET_N", At(100, 113));
        s.Wire(buffer["Y"], At(131, 116), At(131, 123), At(150, 123), At(150, 114), u["B"]);
        s.Label("ALIVE", At(152, 114));
        s.Wire(buffer["VCC"], At(127, 96));
        s.Power("+3V3", At(127, 96));
        s.Wire(At(127, 98), At(150, 98));
        SupplySheet.Down(s, "C28", "C", At(150, 98));
        s.Power("+3V3", At(187, 103));
        s.Wire(At(187, 103), At(187, 111), u["VCC"]);
        s.Wire(At(187, 105), At(197, 105));
        SupplySheet.Down(s, "C25", "C", At(197, 105));
        s.Wire(u["Y"], At(184, 114), At(184, 122), At(204, 122));
        s.Output("LED_EN_G", At(204, 122));
    }

    private static void StatusLed(Sheet s)
    {
        var r19 = s.Part("R19", "R", 158, 94);
        var d5 = s.Part("D5", "LED", 172, 94, 180);
        s.Wire(At(140, 94), r19["1"]);
        s.Label("STATUS_LED", At(140, 94));
        s.Wire(r19["2"], d5["A"]);
        s.Wire(d5["K"], At(182, 94));
        s.Ground(At(182, 94));
    }

    private static void Notes(Sheet s)
    {
        s.Heading(12, 12, "ESP32-WROOM-32E-N8R2, 85 C, with PSRAM");
        s.Note(186, 30,
            "GPIO6-11 (pins 17-22) reach the flash",
            "and GPIO16 the PSRAM: not used.",
            "GPIO12 stays open: high at reset starts",
            "the flash at 1.8 V.",
            "GPIO34-39 have no pulls inside: every",
            "one in use has its resistor outside.",
            "Its own converter is not used: it reads",
            "nothing below 142 mV.",
            "GPIO2 must be low or open to download:",
            "the status LED pulls it low.",
            "GPIO5, 14, 15 are pulled up at boot:",
            "inputs only, never a light.");
        s.Heading(12, 95, "Watchdog: light off and reset");
        s.Note(92, 128,
            "C18 = 1 uF: 77 s typical, 59..98 s over tolerance.",
            "A TLS handshake that stalls ends in a reset.",
            "JP1 closed = watchdog off, for the bench only.",
            "Off in sleep too: LED_EN and IGN_SENSE low.",
            "C17/R15: 10 ms, lets 3.3 V settle before start;",
            "U67 makes an edge of it that U63 understands.");
        s.Note(204, 98, "Dark unless", "the firmware", "asks for light", "and is alive.");
    }
}
