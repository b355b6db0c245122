using static TaxiCredit.Hardware.Generate.Drawing.Sheet;

namespace TaxiCredit.Hardware.Generate.Drawing.Sheets;

/// <summary>From the car's terminal 30 to the 10.5 V of the lights and the 3.3 V of the module.</summary>
internal static class SupplySheet
{
    public const string FileName = "supply.kicad_sch";

    public static Sheet Draw(PartCatalogue parts)
    {
        var s = new Sheet(FileName, "supply and protection", parts);
        Protection(s);
        var nine = Buck(s, 38, "U2", "C4", "L2", "R1", "R2", "C5", "C6", "C7");
        s.Power("+VLED", nine);
        HoldUp(s);
        var three = Buck(s, 92, "U3", "C10", "L3", "R4", "R5", "C11", "C12", "C13");
        s.Power("+3V3", three);
        s.Ground(At(206, 78));
        s.Driven(At(206, 78));
        Notes(s);
        return s;
    }

    private static void Protection(Sheet s)
    {
        const int y = 38;
        s.Input("VBAT_IN", At(22, y));
        var f1 = s.Part("F1", "Fuse", 39, y);
        var d2 = s.Part("D2", "D_Schottky", 62, y, 180);
        var l1 = s.Part("L1", "L", 74, y);
        s.Wire(At(22, y), f1["1"]);
        s.Wire(f1["2"], d2["A"]);
        Down(s, "D1", "TVS_Bidirectional", At(50, y));
        s.Label("FUSED", At(44, y));
        TestPoints.One(s, "TP106", 118, 27, "FUSED");
        s.Wire(d2["K"], l1["1"]);
        s.Wire(l1["2"], At(107, y));
        Down(s, "C1", "C", At(80, y));
        Down(s, "C2", "CP", At(88, y));
        Down(s, "C3", "C", At(97, y));
        s.Wire(At(80, y), At(80, 28), At(84, 28));
        s.Output("VPROT", At(84, 28));
        s.Driven(At(92, y));
        var tp4 = s.Part("TP4", "TestPoint", 101, 34);
        s.Wire(tp4["1"], At(101, y));
    }

    private static void HoldUp(Sheet s)
    {
        const int y = 92;
        s.Power("+VLED", At(14, y));
        var d3 = s.Part("D3", "D_Schottky", 24, y, 180);
        var r3 = s.Part("R3", "R", 38, y);
        s.Wire(At(14, y), d3["A"]);
        s.Wire(d3["K"], r3["1"]);
        s.Wire(r3["2"], At(107, y));
        Down(s, "C9", "CP", At(52, y));
        Down(s, "C8", "C", At(88, y));
        s.Wire(At(64, y), At(64, 86), At(72, 86));
        s.Label("VHOLD", At(72, 86), Side.Left);
        s.Driven(At(78, y));
        var tp5 = s.Part("TP5", "TestPoint", 98, 88);
        s.Wire(tp5["1"], At(98, y));
    }

    /// <summary>The converter of either rail; its input line arrives at (107, y). Returns the end of its output line.</summary>
    private static Point Buck(Sheet s, int y, string chip, string boot, string choke, string upper, string lower, string vcc, string out1, string out2)
    {
        var u = s.Part(chip, "LMR36506", 118, y + 8);
        s.Wire(At(104, y), At(104, y + 6), u["EN"]);
        s.Wire(u["MODE"], At(104, y + 12), At(104, y + 14));
        s.Ground(At(104, y + 14));
        s.Ground(u["GND"]);
        s.Unused(u["PGOOD"]);

        var cb = s.Part(boot, "C", 135, y + 3, 270);
        s.Wire(u["BOOT"], cb["1"]);
        var l = s.Part(choke, "L", 145, y + 6);
        s.Wire(u["SW"], l["1"]);
        var end = At(188, y + 6);
        s.Wire(l["2"], end);
        var ru = s.Part(upper, "R", 154, y + 9, 270);
        var rl = s.Part(lower, "R", 154, y + 15, 270);
        s.Wire(u["FB"], ru["2"]);
        s.Ground(rl["2"]);
        s.Wire(u["VCC"], At(135, y + 15));
        var cv = s.Part(vcc, "C", 135, y + 18, 270);
        s.Ground(cv["2"]);
        Down(s, out1, "C", At(166, y + 6));
        Down(s, out2, "C", At(176, y + 6));
        s.Driven(At(183, y + 6));
        return end;
    }

    /// <summary>A part from the line down to ground.</summary>
    public static void Down(Sheet s, string reference, string symbol, Point from)
    {
        var part = s.Part(reference, symbol, from.X, from.Y + 5, 270);
        s.Wire(from, part["1"]);
        s.Ground(part["2"]);
    }

    private static void Notes(Sheet s)
    {
        s.Heading(12, 14, "Protection and 10.5 V for the lights");
        s.Note(12, 18, "Terminal 30, 12 V cars with a suppressed alternator only. LMR36506: 3 V (falling) to 65 V, 70 V for a short time.");
        s.Note(12, 58,
            "D1 lets a 28 V jump start pass (33 V stand-off) and clamps at 53 V: load dump test B (35 V) never reaches it.",
            "F1: slow, 8.2 A2s: every pulse takes at most a quarter of what its repetitions allow. Harness fuse 3 A, wire 0.5 mm2.",
            "Load dump test A (79..101 V, no central clamp) is not stood: D1 fails short, F1 opens, nothing else sees it.",
            "D2 blocks reverse battery and pulse 1; 100 V because pulse 1 adds the clamp voltage to the charged C2.",
            "L1 with C1 and C2 keeps the converter's 2.2 MHz out of the harness. C2 is lossy on purpose: it damps L1-C1.");
        s.Note(155, 62,
            "10.5 V = 1 V x (1 + R1/R2): three LEDs at -40 C (8.54 V), shunt",
            "(0.58 V), dropout (0.4 V), all at their worst: 9.5 V.");
        s.Heading(12, 77, "Hold-up and 3.3 V for the module");
        s.Note(12, 112,
            "D3 keeps the lights from emptying C9. R3 limits its charging (peak 1.9 A) so that the rail starts in 9 ms.",
            "C9: more than 100 ms at 60 mA new, 65 ms with 36 % less capacity: enough for F-RAM records (0.8 ms each)",
            "   and for closing a littlefs file, not for a 400 ms flash erase.",
            "MODE low: the converter may skip pulses, which the 0.3 mA budget with ignition off needs.");
        s.Note(157, 116, "3.31 V = 1 V x (1 + R4/R5). Same converter as U2: one part to stock.");
    }
}
