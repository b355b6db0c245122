using static TaxiCredit.Hardware.Generate.Drawing.Sheet;

namespace TaxiCredit.Hardware.Generate.Drawing.Sheets;

/// <summary>Five channels and the shunt through which all their current returns.</summary>
internal static class LightSheet
{
    public const string FileName = "light.kicad_sch";

    private static readonly (string Name, string Drive, string Fault)[] Channels =
    [
        ("star 1", "STAR_1", "FAULT1_N"), ("star 2", "STAR_2", "FAULT2_N"), ("star 3", "STAR_3", "FAULT3_N"),
        ("star 4", "STAR_4", "FAULT4_N"), ("bar", "VALID_BAR", "FAULTB_N"),
    ];

    public static Sheet Draw(PartCatalogue parts)
    {
        var s = new Sheet(FileName, "light channels", parts);
        for (int i = 0; i < Channels.Length; i++)
        {
            var (name, drive, fault) = Channels[i];
            var child = s.Child(name, ChannelSheet.FileName, 80, 14 + (22 * i), 40, 16,
                ["4 in PWM", "8 in EN", "12 in DIAGEN"], ["4 out FAULT_N", "10 out LED_RTN"], channel: i + 1);
            s.Input(drive, child["PWM"].Left(40));
            s.Wire(child["PWM"].Left(40), child["PWM"]);
            s.Wire(At(60, child["EN"].Y), child["EN"]);
            s.Wire(At(68, child["DIAGEN"].Y), child["DIAGEN"]);
            s.Output(fault, child["FAULT_N"].Right(34));
            s.Wire(child["FAULT_N"], child["FAULT_N"].Right(34));
            s.Wire(child["LED_RTN"], At(132, child["LED_RTN"].Y));
        }

        s.Input("LED_EN_G", At(40, 126));
        s.Wire(At(40, 126), At(60, 126), At(60, 22));

        s.Power("+VLED", At(24, 131));
        var upper = s.Part("R53", "R", 24, 134, 270);
        var lower = s.Part("R54", "R", 24, 140, 270);
        s.Ground(lower["2"]);
        s.Wire(upper["2"], At(68, 137), At(68, 26));

        s.Wire(At(132, 24), At(132, 120));
        s.Output("LED_RTN", At(154, 120));
        s.Wire(At(132, 120), At(154, 120));
        SupplySheet.Down(s, "R60", "R", At(132, 120));
        var tp6 = s.Part("TP6", "TestPoint", 144, 117);
        s.Wire(tp6["1"], At(144, 120));

        TestPoints.Block(s, 100, 172, 60, 6, "FAULT1_N", "FAULT2_N", "FAULT3_N", "FAULT4_N", "FAULTB_N", "DIAGEN");
        s.Label("DIAGEN", At(40, 137));
        s.Note(170, 20,
            "R60: 2.2 ohm x 50 mA = 110 mV for each",
            "lit channel; U66 reads the mean over the PWM.",
            "It also sees a channel that is stuck on.",
            "",
            "EN is common and gated by the watchdog;",
            "PWM is per channel.");
        s.Note(72, 142, "DIAGEN = 1.2 V at 9.6 V:", "R53/R54 = 698k/100k: 13 uA.");
        return s;
    }
}
