using static TaxiCredit.Hardware.Tests.Drawing.Sheet;
using static TaxiCredit.Hardware.Tests.Drawing.Sheets.SupplySheet;

namespace TaxiCredit.Hardware.Tests.Drawing.Sheets;

/// <summary>What the unit measures and what people press: battery, light current, ambient light, power fail, ignition, lid, button.</summary>
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
        PowerFail(s);
        Switch(s, 92, "TAMPER_N", "SW2", "R68", "R67", "C65");
        Switch(s, 117, "BUTTON_N", "SW1", "R70", "R69", "C66");
        Notes(s);
        return s;
    }

    private static void Battery(Sheet s)
    {
        const int y = 24;
        Series(s, y, "VPROT", "R61");
        Down(s, "R62", "R", At(48, y));
        Down(s, "C61", "C", At(58, y));
        End(s, y, "VBAT_ADC");
    }

    private static void LightCurrent(Sheet s)
    {
        const int y = 50;
        Series(s, y, "LED_RTN", "R63");
        Down(s, "C62", "C", At(58, y));
        End(s, y, "ISENSE_ADC");
    }

    private static void Ignition(Sheet s)
    {
        const int y = 80;
        Series(s, y, "IGN_IN", "R65");
        Down(s, "R66", "R", At(48, y));
        Down(s, "C64", "C", At(58, y));
        End(s, y, "IGN_SENSE", raise: 6);
        var d6 = s.Part("D6", "BAT54S", 86, y + 1);
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
        End(s, 108, "ALS_ADC");
    }

    private static void PowerFail(Sheet s)
    {
        var u = s.Part("U64", "LM2903", 176, 36);
        s.Ground(u["GND"]);
        s.Input("VPROT", At(124, 29));
        var r6 = s.Part("R6", "R", 134, 29);
        s.Wire(At(124, 29), r6["1"]);
        s.Wire(r6["2"], u["1IN+"]);
        Down(s, "R7", "R", At(144, 29));
        s.Wire(At(156, 35), u["1IN-"]);
        s.Label("PF_REF", At(156, 35));
        s.Wire(At(156, 41), u["2IN+"]);
        s.Label("PF_REF", At(156, 41));
        s.Wire(u["2IN-"], At(161, 44), At(161, 46));
        s.Ground(At(161, 46));
        s.Unused(u["2OUT"]);

        var r13 = s.Part("R13", "R", 176, 18);
        s.Wire(At(152, 29), At(152, 18), r13["1"]);
        s.Wire(r13["2"], At(197, 18), At(197, 32));
        s.Wire(u["1OUT"], At(212, 32));
        s.Output("PFAIL_N", At(212, 32));
        var r14 = s.Part("R14", "R", 204, 29, 270);
        s.Power("+3V3", r14["1"]);
        s.Wire(u["VCC"], At(194, 29));
        s.Label("VHOLD", At(194, 29), Side.Left);

        s.Input("VHOLD", At(124, 50));
        s.Wire(At(124, 50), At(142, 50));
        s.Label("VHOLD", At(127, 50));
        Down(s, "C14", "C", At(142, 50));
        s.Power("+3V3", At(160, 55));
        var r8 = s.Part("R8", "R", 160, 58, 270);
        var r9 = s.Part("R9", "R", 160, 64, 270);
        s.Ground(r9["2"]);
        s.Wire(r8["2"], At(172, 61));
        s.Label("PF_REF", At(172, 61), Side.Left);
    }

    private static void Switch(Sheet s, int y, string name, string contact, string series, string pull, string filter)
    {
        var sw = s.Part(contact, "Switch", 152, y);
        var r = s.Part(series, "R", 168, y);
        s.Wire(sw["1"], At(142, y));
        s.Ground(At(142, y));
        s.Wire(sw["2"], r["1"]);
        s.Wire(r["2"], At(212, y));
        var up = s.Part(pull, "R", 182, y - 3, 270);
        s.Power("+3V3", up["1"]);
        Down(s, filter, "C", At(194, y));
        s.Output(name, At(212, y));
    }

    private static void Series(Sheet s, int y, string from, string resistor)
    {
        var r = s.Part(resistor, "R", 36, y);
        s.Input(from, At(22, y));
        s.Wire(At(22, y), r["1"]);
        s.Wire(r["2"], At(68, y));
    }

    private static void End(Sheet s, int y, string name, int raise = 0)
    {
        if (s.Wires.All(wire => wire.To != At(68, y)))
            s.Wire(At(48, y), At(68, y));
        s.Wire(At(68, y), At(68, y - raise));
        s.Wire(At(68, y - raise), At(74, y - raise));
        s.Output(name, At(74, y - raise));
    }

    private static void Notes(Sheet s)
    {
        s.Note(12, 14, "Battery 1:11: 35 V gives 3.18 V. R61 is a 1206: it stands pulse 1.");
        s.Note(12, 40, "110 mV for each lit channel; 10 us filter, so that a night pulse", "of 50 us can still be sampled.");
        s.Note(12, 66, "Ignition: 8 V is high (2.56 V), 35 V is clamped by D6 at 0.3 mA.", "R65 is a 1206 for 150 V.");
        s.Note(12, 98, "Ambient light, faces the street behind the diffuser's window.");
        s.Note(124, 12, "Power fail below 5.7 V at VPROT; R13 adds 0.4 V of hysteresis.");
        s.Note(174, 56, "Fed from VHOLD, so that it still works while", "the battery is gone. The second comparator is", "parked with its output off.");
        s.Note(124, 78, "Lid: the contact closes when the case opens. 1 Mohm: no drain while closed.");
        s.Note(124, 105, "Button: 10 kohm wets the contact; 1 ms filter.");
    }
}
