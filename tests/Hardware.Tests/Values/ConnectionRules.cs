using TaxiCredit.Hardware.Generate.Netlist;

namespace TaxiCredit.Hardware.Tests.Values;

/// <summary>
/// Pins that must meet, or lie on a net of a name, for the unit to do what it is for. Together with the pin map and the bus rules every chip is
/// in one.
/// </summary>
internal static class ConnectionRules
{
    private static readonly (string Pin, string To)[] Meet =
    [
        ("U2.4", "VPROT"), ("U2.5", "L2.1"), ("L2.2", "+VLED"), ("U3.4", "VHOLD"), ("U3.5", "L3.1"), ("L3.2", "+3V3"), ("D3.2", "+VLED"), ("D3.1", "R3.1"),
        ("L1.1", "D2.1"), ("L1.2", "VPROT"), ("U64.1", "PFAIL_N"), ("U64.3", "R6.2"), ("U64.4", "PF_REF"), ("U68.2", "IGN_DIV"), ("U68.4", "IGN_SENSE"),
        ("D6.3", "IGN_DIV"), ("D6.2", "+3V3"), ("D6.1", "GND"), ("Q1.1", "+3V3"), ("Q1.2", "ALS_ADC"),
        ("U66.4", "ISENSE_ADC"), ("U66.5", "VBAT_ADC"), ("U66.6", "ALS_ADC"), ("U66.7", "RAIL_ADC"), ("D5.1", "GND"), ("D5.2", "R19.2"),
        ("Y1.1", "U62.1"), ("Y1.2", "U62.2"), ("SW1.2", "R70.1"), ("SW1.1", "GND"), ("SW2.2", "R68.1"), ("SW2.1", "GND"),
        ("U69.7", "LID_N"), ("U69.6", "CLEAR_N"), ("TP8.1", "CLEAR_N"), ("U69.5", "Q2.1"), ("Q2.2", "GND"), ("Q2.3", "TAMPER_N"),
        ("D8.1", "R75.2"), ("D8.2", "+3V3"), ("D8.3", "VTAMP"), ("U69.8", "VTAMP"), ("BT1.1", "R75.1"), ("BT1.2", "GND"),
        ("J1.1", "VBAT_IN"), ("J1.2", "IGN_IN"), ("J1.3", "GND"), ("J1.4", "GND"), ("C26.1", "VBAT_IN"),
        ("C27.1", "IGN_IN"), ("J2.5", "RESET_N"), ("J2.2", "BOOT_N"),
        ("U20.6", "WDI"), ("D9.1", "LED_EN"), ("D9.2", "IGN_SENSE"), ("D9.3", "R16.1"), ("U20.3", "R16.2"), ("R24.1", "U20.3"), ("R24.2", "GND"),
        ("U20.2", "C18.1"), ("R63.1", "LED_RTN"), ("R60.1", "LED_RTN"),
    ];

    public static IReadOnlyList<string> Violations(Board board) =>
        [.. Meet.Concat(Strings()).Where(pair => !Meets(board, pair.Pin, pair.To)).Select(pair => $"{pair.Pin} does not meet {pair.To}"), .. SlowEdges(board)];

    /// <summary>Each string from its driver to the return: an LED that is turned breaks it.</summary>
    private static IEnumerable<(string Pin, string To)> Strings() =>
        from n in Enumerable.Range(1, 5)
        from pair in new[] { ($"U{n}1.7", $"D{n}1.1"), ($"D{n}1.2", $"D{n}2.1"), ($"D{n}2.2", $"D{n}3.1"), ($"D{n}3.2", "LED_RTN") }
        select pair;

    /// <summary>A capacitor at the input of a gate without Schmitt trigger: the edge would be slower than the 10 ns/V that the gate wants.</summary>
    private static IEnumerable<string> SlowEdges(Board board) =>
        from pin in new[] { "U63.1", "U63.2" }
        let net = board.On(pin)
        where net is not null && board.Between(net.Name, "GND").Any(part => part.Reference[0] == 'C')
        select $"{pin}: a slow edge on {net.Name}, and no Schmitt trigger";

    private static bool Meets(Board board, string pin, string to) =>
        board.On(pin) is { } net && (to.Contains('.', StringComparison.Ordinal) ? net == board.On(to) : net.Name == to);
}
