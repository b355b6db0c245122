using TaxiCredit.Hardware.Generate.Drawing.Symbols;
using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Tests.Netlist;

/// <summary>
/// Compares the pins of the project's symbols with KiCad's official library, which other people build boards from. Parts that the library does not know
/// stand in facts.csv with the table of their data sheet, or as a fact from memory.
/// </summary>
internal static class LibraryPinRules
{
    private const string Folder = "/usr/share/kicad/symbols";

    /// <summary>Project symbol, library symbol, and where the two name a pin differently (library name, project name).</summary>
    public static readonly (string Symbol, string Library, string Renamed)[] Pairs =
    [
        ("ESP32-WROOM-32E", "RF_Module:ESP32-WROOM-32E", "RXD0/IO3=IO3/RXD0 TXD0/IO1=IO1/TXD0 VDD=3V3 SENSOR_VP=SENSOR_VP/IO36 SENSOR_VN=SENSOR_VN/IO39"),
        ("ADS1115", "Analog_ADC:ADS1115IDGS", "ALERT/RDY=ALERT"),
        ("FM24CL64B", "Memory_NVRAM:FM24C64B", ""),
        ("PCA8565", "Timer_RTC:PCF8563TS", "CLKO=CLKOUT"),
        ("TMP102", "Sensor_Temperature:TMP102xxDRL", "VCC=V+"),
        ("74LVC1G08", "74xGxx:74LVC1G08", ""),
        ("74LVC1G17", "74xGxx:74LVC1G17", ""),
        ("74AUP1G74", "74xGxx:74AUP1G74", "~{Q}=Q_N"),
        ("TLV7041", "Comparator:TLV7041DBV", "+=IN+ -=IN- V-=GND"),
        // The library draws the BAV99 right and names its pins K, K, A; the series pair beside it has the same pads and right names.
        ("BAV99", "Diode:BAT54S", ""),
        ("BAV170", "Diode:BAV70", "A=A*"),
        ("BSS138", "Transistor_FET:BSS138", ""),
    ];

    /// <param name="pins">Pins of the project's symbol by number; tests exchange some.</param>
    public static IReadOnlyList<string> Violations(string symbol, string library, string renamed, IReadOnlyDictionary<string, string> pins)
    {
        string[] name = library.Split(':');
        var names = renamed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return
        [
            .. from pin in LibraryPins(name[0], name[1])
               let plain = Plain(names.GetValueOrDefault(pin.Name, pin.Name))
               let ours = pins.GetValueOrDefault(pin.Number, "nothing")
               where IsNamed(plain) && !Same(Plain(ours), plain) && (pin.Name, ours) != ("NC", "nothing")
               select $"{symbol}: pin {pin.Number} is {ours}, in {library} {pin.Name}",
            .. from number in pins.Keys.Except(LibraryPins(name[0], name[1]).Select(pin => pin.Number))
               select $"{symbol}: {library} has no pin {number}",
        ];
    }

    public static IReadOnlyDictionary<string, string> PinsOf(string symbol) => Library.Symbols[symbol].Pins.ToDictionary(pin => pin.Number, pin => pin.Name);

    // A star: any of several pins whose names begin so.
    private static bool Same(string ours, string theirs) =>
        theirs.EndsWith('*') ? ours.StartsWith(theirs[..^1], StringComparison.Ordinal) : ours == theirs;

    // Gates have pins without names in the library; their numbers are compared all the same.
    private static bool IsNamed(string name) => name is not ("~" or "");

    private static string Plain(string name) =>
        name.Replace("~{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Replace("_N", "", StringComparison.Ordinal);

    private static List<(string Number, string Name)> LibraryPins(string library, string symbol)
    {
        var all = SExpression.Parse(File.ReadAllText(Path.Combine(Folder, $"{library}.kicad_sym"))).All("symbol");
        var one = all.Single(item => item.Value == symbol);
        var extends = one.All("extends").FirstOrDefault();
        var drawn = extends is null ? one : all.Single(item => item.Value == extends.Value);
        return [.. drawn.All("symbol").SelectMany(unit => unit.All("pin")).Select(pin => (pin.One("number").Value, pin.One("name").Value)).Distinct()];
    }
}
