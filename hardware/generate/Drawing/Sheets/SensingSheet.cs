using static TaxiCredit.Hardware.Generate.Drawing.Sheet;
using static TaxiCredit.Hardware.Generate.Drawing.Sheets.SupplySheet;

namespace TaxiCredit.Hardware.Generate.Drawing.Sheets;

/// <summary>What the unit measures and what people press: battery, light current, ambient light, power fail, ignition, button.</summary>
internal static class SensingSheet
{
    public const string FileName = "sensing.kicad_sch";

    public static Sheet Draw(PartCatalogue parts)
    {
        var s = new Sheet(FileName, "sensing", parts);
        Battery(s);
        LightCurrent(s);
        Ignition(s);
        AmbientLight(s);
        Converter(s);
        PowerFail(s);
        Button(s);
        TestPoints.Block(s, 80, 126, 84, 3, "VBAT_ADC", "ISENSE_ADC", "ALS_ADC", "RAIL_ADC", "PF_REF", "IGN_DIV", "IGN_SENSE", "PFAIL_N", "BUTTON_N");
        Notes(s);
        return s;
    }

    private static void Battery(Sheet s)
    {
        const int y = 24;
        Series(s, y, "VPROT", "R61");
        Down(s, "R62", "R", At(48, y));
        Down(s, "C61", "C", At(58, y));
        Measured(s, y, "VBAT_ADC");
    }

    private static void LightCurrent(Sheet s)
    {
        const int y = 50;
        Series(s, y, "LED_RTN", "R63");
        Down(s, "C62", "C", At(58, y));
        Measured(s, y, "ISENSE_ADC");
    }

    private static void Ignition(Sheet s)
    {
        const int y = 80;
        Series(s, y, "IGN_IN", "R65");
        Down(s, "R66", "R", At(48, y));
        Down(s, "C64", "C", At(58, y));
        s.Wire(At(68, y), At(68, y - 8));
        var u = s.Part("U68", "74LVC1G17", 112, y - 7);
        s.Wire(At(68, y - 8), u["A"]);
        s.Label("IGN_DIV", At(74, y - 8));
        s.Ground(u["GND"]);
        s.Wire(u["VCC"], u["VCC"].Up(10));
        s.Power("+3V3", u["VCC"].Up(10));
        s.Wire(u["VCC"].Up(8), u["VCC"].Up(8).Right(14));
        Down(s, "C29", "C", u["VCC"].Up(8).Right(14));
        s.Output("IGN_SENSE", u["Y"]);
        var d6 = s.Part("D6", "BAV99", 86, y + 1);
        s.Wire(At(68, y), d6["COM"]);
        s.Wire(d6["K"], At(99, y));
        s.Power("+3V3", At(99, y));
        s.Wire(d6["A"], At(99, y + 3));
        s.Ground(At(99, y + 3));
    }

    private static void AmbientLight(Sheet s)
    {
        var q1 = s.Part("Q1", "TEMT6200", 34, 107);
        s.Power("+3V3", At(22, 108));
        s.Wire(At(22, 108), q1["C"]);
        s.Wire(q1["E"], At(48, 108));
        Down(s, "R64", "R", At(48, 108));
        Down(s, "C63", "C", At(58, 108));
        Measured(s, 108, "ALS_ADC");
    }

    private static void Converter(Sheet s)
    {
        var u = s.Part("U66", "ADS1115", 52, 140);
        s.Ground(u["GND"]);
        foreach (var (pin, name) in new[] { ("AIN0", "ISENSE_ADC"), ("AIN1", "VBAT_ADC"), ("AIN2", "ALS_ADC"), ("AIN3", "RAIL_ADC") })
        {
            s.Wire(u[pin].Left(14), u[pin]);
            s.Label(name, u[pin].Left(14));
        }

        s.Wire(u["VDD"], u["VDD"].Right(5), u["VDD"].Right(5).Up(4));
        s.Power("+3V3", u["VDD"].Right(5).Up(4));
        s.Wire(u["ADDR"], u["VDD"].Right(5).Down(3), u["VDD"].Right(5));
        s.Wire(u["VDD"].Right(5).Up(2), At(100, u["VDD"].Y - 2));
        Down(s, "C69", "C", At(100, u["VDD"].Y - 2));
        s.Wire(u["SDA"], u["SDA"].Right(14));
        s.Both("SDA", u["SDA"].Right(14), Side.Right);
        s.Wire(u["SCL"], u["SCL"].Right(14));
        s.Input("SCL", u["SCL"].Right(14), Side.Right);
        s.Unused(u["ALERT"]);

        s.Power("+3V3", At(84, 24));
        var upper = s.Part("R73", "R", 84, 27, 270);
        var lower = s.Part("R74", "R", 84, 33, 270);
        s.Ground(lower["2"]);
        s.Wire(upper["2"], At(108, 30));
        s.Label("RAIL_ADC", At(108, 30), Side.Left);
        Down(s, "C68", "C", At(95, 30));
    }

    private static void PowerFail(Sheet s)
    {
        var u = s.Part("U64", "TLV7041", 176, 31);
        s.Ground(u["GND"]);
        s.Input("VPROT", At(124, 29));
        var r6 = s.Part("R6", "R", 134, 29);
        s.Wire(At(124, 29), r6["1"]);
        s.Wire(r6["2"], u["IN+"]);
        Down(s, "R7", "R", At(144, 29));
        s.Wire(At(158, 35), u["IN-"]);
        s.Label("PF_REF", At(158, 35));

        var r13 = s.Part("R13", "R", 176, 18);
        s.Wire(At(152, 29), At(152, 18), r13["1"]);
        s.Wire(r13["2"], At(197, 18), At(197, 32));
        s.Wire(u["OUT"], At(212, 32));
        s.Output("PFAIL_N", At(212, 32));
        var r14 = s.Part("R14", "R", 204, 29, 270);
        s.Power("+3V3", r14["1"]);
        s.Wire(u["V+"], At(190, 29));
        s.Power("+3V3", At(190, 29));

        s.Power("+3V3", At(128, 50));
        Down(s, "C14", "C", At(128, 50));
        s.Power("+3V3", At(146, 48));
        var r8 = s.Part("R8", "R", 146, 51, 270);
        var r9 = s.Part("R9", "R", 146, 57, 270);
        s.Ground(r9["2"]);
        s.Wire(r8["2"], At(160, 54));
        s.Label("PF_REF", At(160, 54), Side.Left);
    }

    private static void Button(Sheet s)
    {
        const int y = 117;
        var sw = s.Part("SW1", "Switch", 152, y);
        var r = s.Part("R70", "R", 168, y);
        s.Wire(sw["1"], At(142, y));
        s.Ground(At(142, y));
        s.Wire(sw["2"], r["1"]);
        s.Wire(r["2"], At(212, y));
        var up = s.Part("R69", "R", 182, y - 3, 270);
        s.Power("+3V3", up["1"]);
        Down(s, "C66", "C", At(194, y));
        s.Output("BUTTON_N", At(212, y));
    }

    private static void Series(Sheet s, int y, string from, string resistor)
    {
        var r = s.Part(resistor, "R", 36, y);
        s.Input(from, At(22, y));
        s.Wire(At(22, y), r["1"]);
        s.Wire(r["2"], At(68, y));
    }

    private static void Measured(Sheet s, int y, string name)
    {
        if (s.Wires.All(wire => wire.To != At(68, y)))
            s.Wire(At(48, y), At(68, y));
        s.Wire(At(68, y), At(74, y));
        s.Label(name, At(74, y), Side.Left);
    }

    private static void Notes(Sheet s)
    {
        s.Note(12, 14, "Battery 1:11: 35 V gives 3.18 V. R61 is a 1206: it stands pulse 1.");
        s.Note(12, 40, "110 mV for each lit channel. 4.7 ms: the converter sees the mean", "over the PWM, 2.2 mV a channel at night.");
        s.Note(12, 66, "Ignition: high from 6 V, low below 1.5 V, up to 36 V clamped by D6.", "U68: 3.3 V and clean edges for the module. R65 stands 150 V.");
        s.Note(12, 98, "Ambient light, faces the street behind its own window: 0.23 uA/lx.");
        s.Note(80, 18, "Half of the 3.3 V.");
        s.Note(12, 124, "Converter: 16 bits.", "ADDR to 3.3 V: address 0x49.");
        s.Note(124, 12, "Power fail: low below 5.6 V at VPROT, high again from 5.9 V (R13).");
        s.Note(174, 48,
            "Runs from the held 3.3 V, so that it still",
            "works while the battery is gone. 53 V at VPROT",
            "give 5.7 V at IN+, within its 6.5 V.",
            "Dividers of 1 Mohm: 22 uA in a parked car.");
        s.Note(124, 105, "Button: 10 kohm wets the contact; 1 ms filter.");
    }
}
