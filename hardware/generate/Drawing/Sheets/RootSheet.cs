namespace TaxiCredit.Hardware.Generate.Drawing.Sheets;

/// <summary>The block diagram: power and vehicle signals come in on the left, light leaves on the right.</summary>
internal static class RootSheet
{
    private static readonly string[] Sensed = ["PFAIL_N", "IGN_SENSE", "BUTTON_N"];
    private static readonly string[] Driven = ["STAR_1", "STAR_2", "STAR_3", "STAR_4", "VALID_BAR", "LED_EN_G"];
    private static readonly string[] Faults = ["FAULT1_N", "FAULT2_N", "FAULT3_N", "FAULT4_N", "FAULTB_N"];

    public static Sheet Draw(PartCatalogue parts)
    {
        var s = new Sheet(Schematic.Root, "block diagram", parts);
        var connectors = s.Child("connectors", ConnectorsSheet.FileName, 14, 16, 30, 102, [],
            ["8 out VBAT_IN", "54 out IGN_IN", "82 out BOOT_N", "86 in U0TXD", "90 out U0RXD", "94 both RESET_N"]);
        var supply = s.Child("supply", SupplySheet.FileName, 72, 16, 34, 24, ["8 in VBAT_IN"], ["8 out VPROT"]);
        var sensing = s.Child("sensing", SensingSheet.FileName, 72, 52, 34, 40,
            ["6 in VPROT", "18 in IGN_IN", "26 in LED_RTN", "32 both SDA", "36 in SCL"], Pins(Sensed, 6, "out"));
        var module = s.Child("module", ModuleSheet.FileName, 132, 52, 34, 76,
            [.. Pins(Sensed, 6, "in"), "46 in BOOT_N", "50 out U0TXD", "54 in U0RXD", "58 both RESET_N", "62 in TAMPER_N"],
            [.. Pins(Driven, 6, "out"), .. Pins(Faults, 30, "in"), "66 both SDA", "70 out SCL"]);
        var tamper = s.Child("tamper", TamperSheet.FileName, 72, 108, 34, 10, [], ["6 out TAMPER_N"]);
        var light = s.Child("light", LightSheet.FileName, 192, 52, 30, 54, [.. Pins(Driven, 6, "in"), .. Pins(Faults, 30, "out"), "50 out LED_RTN"], []);
        var memory = s.Child("memory", MemorySheet.FileName, 192, 112, 30, 16, ["6 both SDA", "10 in SCL"], []);

        Join(s, connectors, supply, "VBAT_IN");
        Join(s, connectors, sensing, "IGN_IN");
        Join(s, connectors, module, "BOOT_N", "U0TXD", "U0RXD", "RESET_N");
        Join(s, sensing, module, Sensed);
        Join(s, tamper, module, "TAMPER_N");
        Join(s, module, light, [.. Driven, .. Faults]);
        Join(s, module, memory, "SDA", "SCL");
        Stub(s, supply["VPROT"], "VPROT", 12);
        Stub(s, sensing["VPROT"], "VPROT", -12);
        Stub(s, sensing["LED_RTN"], "LED_RTN", -12);
        Stub(s, sensing["SDA"], "SDA", -12);
        Stub(s, sensing["SCL"], "SCL", -12);
        Stub(s, light["LED_RTN"], "LED_RTN", -12);

        s.Note(14, 126,
            "Five light channels: four stars and the bar. Bar and n stars lit = rated n; all dark = no rating is vouched for.",
            "Every light line is active high with a pull-down on the board: an unpowered, resetting or hung module is dark to the street.",
            "LED_EN_G = LED_EN AND RESET_N, so the watchdog takes the light away in hardware.",
            "+VLED, +3V3 and GND run by power symbols; all other nets run by the wires above.",
            "Net names at the module come from hardware/pinmap.csv; a test compares them with this drawing.");
        return s;
    }

    private static string[] Pins(string[] names, int from, string direction) =>
        [.. names.Select((name, i) => $"{from + (4 * i)} {direction} {name}")];

    private static void Join(Sheet s, Child a, Child b, params string[] names)
    {
        foreach (string name in names)
        {
            s.Wire(a[name], b[name]);
            s.Label(name, a[name].Right(3));
        }
    }

    private static void Stub(Sheet s, Point at, string name, int length)
    {
        s.Wire(at, at.Right(length));
        s.Label(name, at.Right(length), length > 0 ? Side.Left : Side.Right);
    }
}
