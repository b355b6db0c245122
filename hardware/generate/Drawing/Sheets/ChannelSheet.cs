using static TaxiCredit.Hardware.Generate.Drawing.Sheet;

namespace TaxiCredit.Hardware.Generate.Drawing.Sheets;

/// <summary>One light: driver, three LEDs in a string. Used five times; {n} is the channel.</summary>
internal static class ChannelSheet
{
    public const string FileName = "channel.kicad_sch";

    public static Sheet Draw(PartCatalogue parts)
    {
        var s = new Sheet(FileName, "one light channel", parts);
        var u = s.Part("U{n}1", "TPS92611", 90, 60);
        s.Ground(u["GND"]);

        var sense = s.Part("R{n}0", "R", 90, 46);
        s.Power("+VLED", At(48, 46));
        s.Wire(At(48, 46), sense["1"]);
        s.Wire(At(74, 46), At(74, 56), u["SUPPLY"]);
        s.Wire(sense["2"], At(106, 46), At(106, 56), u["IN"]);
        var bypass = s.Part("C{n}01", "C", 58, 49, 270);
        s.Ground(bypass["2"]);

        s.Input("EN", At(34, 59));
        s.Wire(At(34, 59), u["EN"]);
        s.Input("DIAGEN", At(34, 62));
        s.Wire(At(34, 62), u["DIAGEN"]);
        s.Input("PWM", At(34, 65));
        s.Wire(At(34, 65), u["PWM"]);
        SupplySheet.Down(s, "R{n}1", "R", At(58, 65));

        Point at = u["OUT"];
        for (int i = 1; i <= 3; i++)
        {
            var led = s.Part($"D{{n}}{i}", "LED_PLCC4", 98 + (22 * i), 58);
            s.Wire(at, led["A"]);
            at = led["K"];
        }

        s.Wire(at, At(184, 59));
        s.Output("LED_RTN", At(184, 59));

        s.Wire(u["FAULT"], At(106, 65), At(106, 84), At(164, 84));
        s.Output("FAULT_N", At(164, 84));
        var pull = s.Part("R{n}2", "R", 124, 80, 270);
        s.Power("+3V3", pull["1"]);
        s.Wire(pull["2"], At(124, 84));

        s.Label("STRING", u["OUT"].Right(1));
        s.Label("SENSED", At(95, 46));
        TestPoints.One(s, "TP1{n}1", 34, 82, "STRING");
        TestPoints.One(s, "TP1{n}2", 56, 82, "SENSED");
        s.Heading(12, 14, "Light channel: a star or the bar");
        s.Note(12, 18,
            "50 mA = 98 mV / 1.96 ohm (93.5..102.5 mV over temperature: 47.7..52.8 mA). LED limit 70 mA.",
            "Three LEDs in ONE string: an open LED darkens the whole star and is seen; parallel strings would hide it.",
            "IN senses below R(n)0; keep the pair SUPPLY-IN short and Kelvin-connected.");
        s.Note(34, 96,
            "PWM 300 Hz straight from the module (VIH 1.26 V). The pull-down keeps the star dark while the GPIO floats at reset.",
            "DIAGEN is low below 9.6 V on the rail: a cold string in dropout would otherwise report a false open.",
            "Open detection needs about 125 us of light: at night duty (50 us) the firmware tests with one longer pulse.",
            "FAULT is wired per channel: on a shared bus one failing star would switch off all of them.",
            "All strings return through one 2.2 ohm shunt (sheet light): an independent count of lit stars.");
        return s;
    }
}
