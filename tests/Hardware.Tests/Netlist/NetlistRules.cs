using TaxiCredit.Hardware.Generate.Drawing.Symbols;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Netlist;
using TaxiCredit.Hardware.Generate.PinMap;

namespace TaxiCredit.Hardware.Tests.Netlist;

/// <summary>Compares the netlist with the pin map, the parts list and the connections that safety depends on.</summary>
internal static class NetlistRules
{
    private static readonly string[] Drivers = ["U11", "U21", "U31", "U41", "U51"];
    private static readonly string[] Lights = ["STAR_1", "STAR_2", "STAR_3", "STAR_4", "VALID_BAR"];
    private static readonly string[] Faults = ["FAULT1_N", "FAULT2_N", "FAULT3_N", "FAULT4_N", "FAULTB_N"];

    public static IReadOnlyList<string> Violations(Board board, string hardwareFolder) =>
    [
        .. OfTheDesign(board, Pin.ReadAll(hardwareFolder)),
        .. AgainstPartsList(board, Csv.Read(Path.Combine(hardwareFolder, "bom.csv"))),
    ];

    /// <summary>What can be said of the design without comparing it with its parts list.</summary>
    public static IReadOnlyList<string> OfTheDesign(Board board, IReadOnlyList<Pin> pins) => [.. AgainstPinMap(board, pins), .. LightChannels(board), .. Protection(board)];

    private static IEnumerable<string> AgainstPinMap(Board board, IReadOnlyList<Pin> pins)
    {
        var module = Library.Symbols["ESP32-WROOM-32E"];
        foreach (var pin in pins)
        {
            string number = ModulePins.Of(module, pin.Gpio).Number;
            string actual = board.On($"U1.{number}")?.Name ?? "nothing";
            if (actual != pin.Signal)
                yield return $"{pin.Signal}: GPIO{pin.Gpio} is pin {number} of U1, which is on net {actual}";
            string rail = pin.ExternalPull.StartsWith("PD", StringComparison.Ordinal) ? "GND" : "+3V3";
            if (pin.ExternalPull.Length > 2 && pin.ExternalPull[0] == 'P' && !HasPull(board, pin, rail))
                yield return $"{pin.Signal}: no {pin.ExternalPull} to {rail}";
        }

        foreach (string number in new[] { "17", "18", "19", "20", "21", "22", "32", "14", "27", "4", "5" })
            if (board.On($"U1.{number}") is { Pins.Count: > 1 } net && !net.Name.StartsWith("unconnected", StringComparison.Ordinal))
                yield return $"pin {number} of U1 must stay open, but is on net {net.Name}";
    }

    private static bool HasPull(Board board, Pin pin, string rail)
    {
        // 4k7 is 4.7 kohm (IEC 60062).
        string text = pin.ExternalPull[2..] == "4k7" ? "4.7k" : pin.ExternalPull[2..];
        return board.Between(pin.Signal, rail).Any(part => part.Reference[0] == 'R' && Quantity.Read(part.Value) == Quantity.Read(text));
    }

    private static IEnumerable<string> LightChannels(Board board)
    {
        for (int i = 0; i < Drivers.Length; i++)
        {
            foreach (var (pin, expected) in new[] { ("4", Lights[i]), ("5", Faults[i]), ("2", "LED_EN_G"), ("1", "+VLED") })
                if (board.On($"{Drivers[i]}.{pin}")?.Name is var actual && actual != expected)
                    yield return $"{Drivers[i]} pin {pin} is on net {actual}, not {expected}";
            string sense = $"R{i + 1}0";
            if (board.On($"{sense}.1")?.Name != "+VLED" || board.On($"{sense}.2") != board.On($"{Drivers[i]}.8"))
                yield return $"{sense} does not stand between +VLED and IN of {Drivers[i]}";
            if (board.On($"D{i + 1}3.2")?.Name != "LED_RTN")
                yield return $"string of {Lights[i]} does not return through the shunt";
        }

        if (board.On("U67.2")?.Name != "RESET_N" || board.On("U67.4") != board.On("U63.1") || board.On("U63.2")?.Name != "LED_EN"
            || board.On("U63.4")?.Name != "LED_EN_G" || board.On("U20.7")?.Name != "RESET_N")
            yield return "the watchdog does not switch the light off: U63 must be LED_EN AND RESET_N through U67, RESET_N driven by U20";
    }

    private static IEnumerable<string> Protection(Board board)
    {
        string line = board.On("F1.2")?.Name ?? "";
        if (!board.Between(line, "GND").Any(part => part.Reference == "D1"))
            yield return "D1: no TVS from the fused line to ground";
        if (board.On("D2.2")?.Name != line || board.On("D2.1")?.Name is null or "VPROT")
            yield return "D2: no reverse-battery diode behind the fuse";
        if (board.On("F1.1")?.Name != "VBAT_IN")
            yield return "F1: not at the battery input";
    }

    private static IEnumerable<string> AgainstPartsList(Board board, IReadOnlyList<TableRow> rows)
    {
        var listed = rows.Where(row => row["footprint"] != "").SelectMany(row => row["refs"].Split(' ').Select(reference => (reference, row))).ToList();
        foreach (var (reference, row) in listed)
        {
            if (!board.Components.TryGetValue(reference, out var part))
            {
                yield return $"{reference} is in bom.csv and not in the schematic";
                continue;
            }

            string value = row["fit"] == "yes" ? row["value"] : $"{row["value"]} (not fitted)";
            foreach (var (name, inDrawing, inList) in new[] { ("value", part.Value, value), ("footprint", part.Footprint, row["footprint"]),
                ("MPN", part.Mpn, row["mpn"]), ("datasheet", part.Datasheet, row["datasheet"]) })
                if (inDrawing != inList)
                    yield return $"{reference}: {name} is '{inDrawing}' in the schematic, '{inList}' in bom.csv";
            if (part.Fitted != (row["fit"] == "yes"))
                yield return $"{reference}: fitted in one of schematic and bom.csv only";
        }

        foreach (var part in board.Components.Values.Where(part => part.InBom).ExceptBy(listed.Select(item => item.reference), part => part.Reference))
            yield return $"{part.Reference} is in the schematic and not in bom.csv";
    }
}
