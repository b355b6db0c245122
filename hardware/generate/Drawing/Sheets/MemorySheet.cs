using static TaxiCredit.Hardware.Generate.Drawing.Sheet;
using static TaxiCredit.Hardware.Generate.Drawing.Sheets.SupplySheet;

namespace TaxiCredit.Hardware.Generate.Drawing.Sheets;

/// <summary>The journal's F-RAM, the real-time clock and the board's thermometer on one I2C bus.</summary>
internal static class MemorySheet
{
    public const string FileName = "memory.kicad_sch";

    public static Sheet Draw(PartCatalogue parts)
    {
        var s = new Sheet(FileName, "memory, clock, thermometer", parts);
        s.Both("SDA", At(22, 40), Side.Left);
        s.Input("SCL", At(22, 54));
        PullUp(s, "R71", 36, 40);
        PullUp(s, "R72", 46, 54);

        var u61 = s.Part("U61", "FM24CL64B", 100, 44);
        s.Wire(At(22, 40), u61["SDA"]);
        s.Wire(At(22, 54), At(80, 54), At(80, 43), u61["SCL"]);
        s.Wire(u61["WP"], At(85, 46), At(85, 48));
        s.Ground(At(85, 48));
        s.Ground(u61["VSS"]);
        Supply(s, u61["VDD"], "C22", 134);
        s.Wire(u61["A0"], At(118, 43), At(118, 52));
        s.Wire(u61["A1"], At(118, 46));
        s.Wire(u61["A2"], At(118, 49));
        s.Ground(At(118, 52));

        var u62 = s.Part("U62", "PCA8565", 100, 80);
        s.Wire(At(72, 75), u62["SDA"]);
        s.Wire(At(66, 78), u62["SCL"]);
        s.Unused(u62["INT"], u62["CLKOUT"]);
        s.Ground(u62["VSS"]);
        Supply(s, u62["VDD"], "C23", 156);
        var y1 = s.Part("Y1", "Crystal", 126, 84, 270);
        s.Wire(u62["OSCI"], y1["1"]);
        s.Wire(u62["OSCO"], y1["2"]);
        s.Wire(y1["1"], At(142, 81));
        var c24 = s.Part("C24", "C", 142, 84, 270);
        s.Ground(c24["2"]);

        var u65 = s.Part("U65", "TMP102", 100, 116);
        s.Wire(At(72, 40), At(72, 114), u65["SDA"]);
        s.Wire(At(66, 54), At(66, 117), u65["SCL"]);
        s.Unused(u65["ALERT"]);
        s.Ground(u65["GND"]);
        Supply(s, u65["V+"], "C67", 134);
        s.Wire(u65["ADD0"], At(118, 117), At(118, 120));
        s.Ground(At(118, 120));

        TestPoints.Block(s, 95, 184, 44, 2, "SDA", "SCL");
        s.Heading(12, 14, "Journal, clock and thermometer");
        s.Note(12, 18,
            "I2C at 400 kHz, 4.7 kohm for up to 100 pF. Remap I2C1 to GPIO21/22 before opening it: its default pins are STAR_1 and STAR_2.",
            "F-RAM has no write delay: a 32-byte record takes 0.8 ms, whatever the power does. Address 0x50. WP low: writable.");
        s.Note(166, 72,
            "The clock keeps time while terminal 30 is connected; after",
            "a disconnected battery the firmware starts from the signed",
            "floor. Address 0x51, registers as PCF8563. C24 with the",
            "25 pF inside makes the 12.5 pF that Y1 wants.",
            "No supercapacitor: they do not last at 85 C.");
        s.Note(146, 108,
            "U65 and C67 stand among the LED drivers (board: place",
            "thermometer): their heat and the LEDs' is what the firmware",
            "dims above 85 C, to the night's light at 105 C.",
            "ADD0 to ground: address 0x48. ALERT (open drain) is not",
            "used: the firmware polls. Error at most 2 C up to 85 C.");
        return s;
    }

    private static void PullUp(Sheet s, string reference, int x, int y)
    {
        var r = s.Part(reference, "R", x, y - 3, 270);
        s.Power("+3V3", r["1"]);
    }

    private static void Supply(Sheet s, Point vdd, string bypass, int x)
    {
        var corner = vdd.Right(9);
        s.Wire(vdd, corner, corner.Up(4));
        s.Power("+3V3", corner.Up(4));
        s.Wire(corner.Up(2), At(x, corner.Y - 2));
        Down(s, bypass, "C", At(x, corner.Y - 2));
    }
}
