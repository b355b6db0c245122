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
        s.Wire(j1["KL30"], At(86, 36));
        s.Output("VBAT_IN", At(86, 36));
        s.Wire(j1["KL15"], At(86, 39));
        s.Output("IGN_IN", At(86, 39));
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

        TestPoint(s, "TP1", "+9V", 150);
        TestPoint(s, "TP2", "+3V3", 170);
        var tp3 = s.Part("TP3", "TestPoint", 190, 40);
        s.Wire(tp3["1"], At(190, 44));
        s.Ground(At(190, 44));

        s.Heading(12, 14, "Vehicle plug");
        s.Note(12, 18,
            "KL30: terminal 30 through a 2 A blade fuse within 20 cm of the tap (10 A with the load dump option D4).",
            "KL15: ignition, sense only (0.3 mA). Two ground pins in parallel, to one chassis point.",
            "No connection to the vehicle's data bus, by design.");
        s.Heading(12, 62, "Service header");
        s.Note(12, 66,
            "Flashing and nanoFramework's wire protocol, 3.3 V levels. Not fitted in series: pads and a pogo adapter.",
            "Hold BOOT low and pulse RESET to enter the loader. JP1 (sheet module) stops the watchdog meanwhile.");
        s.Heading(140, 24, "Test points");
        s.Note(140, 54, "TP4 VPROT, TP5 VHOLD: supply.  TP6 LED_RTN: light.  TP7 RESET_N: module.", "Expected voltages: hardware/README.md, first power-up.");
        return s;
    }

    private static void TestPoint(Sheet s, string reference, string rail, int x)
    {
        var tp = s.Part(reference, "TestPoint", x, 40);
        s.Wire(tp["1"], At(x, 44), At(x - 6, 44));
        s.Power(rail, At(x - 6, 44));
    }
}
