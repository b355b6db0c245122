using static TaxiCredit.Hardware.Generate.Drawing.Sheet;
using static TaxiCredit.Hardware.Generate.Drawing.Sheets.SupplySheet;

namespace TaxiCredit.Hardware.Generate.Drawing.Sheets;

/// <summary>Remembers that the lid was open, with and without power, until somebody clears it inside the open case.</summary>
internal static class TamperSheet
{
    public const string FileName = "tamper.kicad_sch";

    public static Sheet Draw(PartCatalogue parts)
    {
        var s = new Sheet(FileName, "tamper latch", parts);
        Supply(s);
        Latch(s);
        Output(s);
        TestPoints.Block(s, 90, 24, 118, 1, "CELL", "VTAMP", "LID_N", "TAMPERED", "TAMPER_N");
        s.Heading(12, 14, "Tamper latch");
        s.Note(12, 18,
            "The lid's contact closes when the case opens and sets U69. Only TP8 to ground, inside the closed loop of the case, clears it.",
            "BT1 holds the latch without terminal 30: below 1 uA, 48 mAh. Taking the cell out sets the latch as well: C65 holds PRE low",
            "   for 10 ms when power comes, C71 holds CLR for 1 ms only. D8 keeps 3.3 V out of the cell; R75 limits what a shorted D8 lets in.",
            "TAMPER_N is low while the latch is set: the firmware sees it at each start.");
        return s;
    }

    private static void Supply(Sheet s)
    {
        var bt1 = s.Part("BT1", "Battery_Cell", 30, 60, 270);
        s.Ground(bt1["2"]);
        var r75 = s.Part("R75", "R", 42, 50);
        s.Wire(bt1["1"], At(30, 50), r75["1"]);
        s.Label("CELL", At(33, 50));
        var d8 = s.Part("D8", "BAV170", 62, 51);
        s.Wire(r75["2"], d8["A1"]);
        s.Wire(d8["A2"], At(51, 53), At(51, 44));
        s.Power("+3V3", At(51, 44));
        s.Wire(d8["K"], At(84, 50));
        s.Driven(At(74, 50));
        Down(s, "C70", "C", At(80, 50));
        s.Label("VTAMP", At(84, 50), Side.Left);
    }

    private static void Latch(Sheet s)
    {
        var u = s.Part("U69", "74AUP1G74", 120, 84);
        s.Ground(u["GND"]);
        s.Wire(u["VCC"], u["VCC"].Right(4), u["VCC"].Right(4).Up(6));
        s.Label("VTAMP", u["VCC"].Right(4).Up(6), Side.Up);
        s.Wire(u["D"], At(106, u["D"].Y), At(106, 96));
        s.Wire(u["C"], At(106, u["C"].Y));
        s.Ground(At(106, 96));
        s.Unused(u["Q_N"]);
        int set = u["PRE"].Y;
        int clear = u["CLR"].Y;

        var sw2 = s.Part("SW2", "Switch", 32, set);
        var r68 = s.Part("R68", "R", 46, set);
        s.Wire(sw2["1"], At(24, set));
        s.Ground(At(24, set));
        s.Wire(sw2["2"], r68["1"]);
        s.Wire(r68["2"], u["PRE"]);
        s.Label("LID_N", At(51, set));
        Up(s, "R67", 62, set);
        Down(s, "C65", "C", At(72, set));

        s.Wire(At(92, clear + 10), At(92, clear), u["CLR"]);
        s.Wire(At(92, clear + 10), At(60, clear + 10));
        s.Label("CLEAR_N", At(86, clear + 10), Side.Left);
        Up(s, "R76", 64, clear + 10);
        Down(s, "C71", "C", At(74, clear + 10));
        var tp8 = s.Part("TP8", "TestPoint", 60, clear + 7);
        s.Wire(tp8["1"], At(60, clear + 10));
    }

    private static void Up(Sheet s, string reference, int x, int y)
    {
        var up = s.Part(reference, "R", x, y - 3, 270);
        s.Wire(up["1"], At(x, y - 7));
        s.Label("VTAMP", At(x, y - 7), Side.Up);
    }

    private static void Output(Sheet s)
    {
        var q2 = s.Part("Q2", "BSS138", 156, 86);
        var latched = s.Parts.Single(part => part.Reference == "U69")["Q"];
        s.Wire(latched, q2["G"]);
        s.Label("TAMPERED", latched.Right(4));
        s.Wire(q2["S"], At(168, 88), At(168, 92));
        s.Ground(At(168, 92));
        s.Wire(q2["D"], At(196, 85));
        var r77 = s.Part("R77", "R", 180, 82, 270);
        s.Power("+3V3", r77["1"]);
        s.Output("TAMPER_N", At(196, 85));
    }
}
