using static TaxiCredit.Hardware.Generate.Drawing.Sheet;

namespace TaxiCredit.Hardware.Generate.Drawing.Sheets;

/// <summary>The vehicle's plug, the service header and the test points of the rails.</summary>
internal static class ConnectorsSheet
{
    public const string FileName = "connectors.kicad_sch";

    public static Sheet Draw(PartCatalogue parts)
    {
        var s = new Sheet(FileName, "connectors and test points", parts);
        var j1 = s.Part("J1", "MicroFit_2x2", 40, 40);
        s.Wire(j1["KL30"], At(60, 36), At(60, 26), At(96, 26));
        s.Output("VBAT_IN", At(96, 26));
        SupplySheet.Down(s, "C26", "C", At(72, 26));
        s.Wire(j1["KL15"], At(96, 39));
        s.Output("IGN_IN", At(96, 39));
        SupplySheet.Down(s, "C27", "C", At(84, 39));
        s.Wire(j1["GND"], At(58, 42), At(58, 48));
        s.Wire(j1["GND2"], At(58, 45));
        s.Ground(At(58, 48));

        var j2 = s.Part("J2", "Service_1x6", 40, 90);
        s.Wire(j2["3V3"], At(56, 83), At(56, 78));
        s.Power("+3V3", At(56, 78));
        s.Wire(j2["BOOT"], At(92, 86));
        s.Output("BOOT_N", At(92, 86));
        var r18 = s.Part("R18", "R", 70, 83, 270);
        s.Power("+3V3", r18["1"]);
        s.Wire(j2["TXD"], At(92, 89));
        s.Input("U0TXD", At(92, 89), Side.Right);
        s.Wire(j2["RXD"], At(92, 92));
        s.Output("U0RXD", At(92, 92));
        s.Wire(j2["RESET"], At(92, 95));
        s.Both("RESET_N", At(92, 95), Side.Right);
        s.Wire(j2["GND"], At(58, 98), At(58, 100));
        s.Ground(At(58, 100));

        TestPoint(s, "TP1", "+VLED", 150);
        TestPoint(s, "TP2", "+3V3", 170);
        var tp3 = s.Part("TP3", "TestPoint", 190, 40);
        s.Wire(tp3["1"], At(190, 44));
        s.Ground(At(190, 44));

        s.Heading(12, 14, "Vehicle plug");
        s.Note(12, 18,
            "KL30: terminal 30 through a 3 A blade fuse within 20 cm of the tap, 0.5 mm2.",
            "KL15: ignition, sense only (0.3 mA). Two ground pins in parallel, to one chassis point.",
            "C26, C27 at the plug: 25 kV of 330 pF becomes 82 V; 250 V parts, soft termination.");
        s.Heading(12, 62, "Service header");
        s.Note(12, 66,
            "Flashing and nanoFramework's wire protocol, 3.3 V levels. Bare pads for a Tag-Connect TC2030 cable.",
            "Hold BOOT low and pulse RESET to enter the loader. JP1 (sheet module) stops the watchdog meanwhile.");
        s.Heading(140, 24, "Test points");
        s.Note(140, 54, "TP4 VPROT, TP5 VHOLD, TP106: supply.  TP6, TP100: light.  TP7, TP60: module.", "TP80: sensing.  TP90, TP8: tamper.  TP95: memory.  TP111: channels.", "Expected voltages: hardware/README.md, first power-up.");
        return s;
    }

    private static void TestPoint(Sheet s, string reference, string rail, int x)
    {
        var tp = s.Part(reference, "TestPoint", x, 40);
        s.Wire(tp["1"], At(x, 44), At(x - 6, 44));
        s.Power(rail, At(x - 6, 44));
    }
}
