using System.Globalization;
using System.Text.RegularExpressions;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Netlist;

namespace TaxiCredit.Hardware.Tests.Netlist;

/// <summary>Compares the I2C addresses that the firmware's adapters open with the parts on the board's bus.</summary>
internal static partial class BusRules
{
    public static string Adapters { get; } = Path.Combine(Repository.Root, "firmware", "TaxiCredit.Firmware", "Esp32");

    public static IReadOnlyList<string> Violations(Board board, string adaptersFolder)
    {
        var answers = Answers(board).ToList();
        var opened = Directory.EnumerateFiles(adaptersFolder, "*.cs").Order(StringComparer.Ordinal).SelectMany(Opened).ToList();
        return
        [
            .. from device in opened
               where device.Address is null
               select $"{device.File} opens '{device.Argument}', which is not a readable address",
            .. from device in opened
               where device.Address is int address && answers.All(answer => answer.Address != address)
               select $"{device.File} opens 0x{device.Address:X2}: no part on SDA and SCL answers there",
            .. from answer in answers
               group answer.Reference by answer.Address into same
               where same.Count() > 1
               select $"0x{same.Key:X2} is the address of {string.Join(" and ", same.Order(StringComparer.Ordinal))}",
            .. opened.Count == 0 ? new[] { "no adapter opens the bus" } : [],
        ];
    }

    private static IEnumerable<(string File, string Argument, int? Address)> Opened(string path)
    {
        string text = File.ReadAllText(path);
        foreach (Match call in OpenCall().Matches(text))
        {
            string argument = call.Groups["argument"].Value;
            var constant = Regex.Match(text, $@"const int {Regex.Escape(argument)} = (?<value>0x[0-9A-Fa-f]+);");
            string value = constant.Success ? constant.Groups["value"].Value : argument;
            yield return (Path.GetFileName(path), argument, value.StartsWith("0x", StringComparison.Ordinal)
                ? int.Parse(value[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                : null);
        }
    }

    private static IEnumerable<(string Reference, int Address)> Answers(Board board)
    {
        foreach (string reference in board.Components.Keys)
        {
            string NetOn(string pin) => board.On($"{reference}.{pin}")?.Name ?? "";
            var (data, clock, address) = Slave(board.Components[reference].Mpn, NetOn);
            if (address is int known && NetOn(data) == "SDA" && NetOn(clock) == "SCL")
                yield return (reference, known);
        }
    }

    /// <summary>Data pin, clock pin and the address as its straps set it; no address where a strap is open or the part is not on the bus.</summary>
    private static (string Data, string Clock, int? Address) Slave(string mpn, Func<string, string> netOn) => mpn switch
    {
        // FM24CL64B data sheet: 1010, A2, A1, A0.
        "FM24CL64B-GA" => ("5", "6", 0x50 + (Bit(netOn("3")) << 2) + (Bit(netOn("2")) << 1) + Bit(netOn("1"))),
        // PCA8565 data sheet: A2h and A3h as bytes, fixed.
        "PCA8565TS/1" => ("5", "6", 0x51),
        // TMP102 data sheet: four addresses, by what ADD0 is tied to.
        "TMP102AQDRLRQ1" => ("6", "1", netOn("4") switch { "GND" => 0x48, "+3V3" => 0x49, "SDA" => 0x4A, "SCL" => 0x4B, _ => null }),
        // ADS1115 data sheet SBAS444: four addresses, by what ADDR is tied to.
        "ADS1115QDGSRQ1" => ("9", "10", netOn("1") switch { "GND" => 0x48, "+3V3" => 0x49, "SDA" => 0x4A, "SCL" => 0x4B, _ => null }),
        _ => ("", "", null),
    };

    private static int? Bit(string net) => net switch { "GND" => 0, "+3V3" => 1, _ => null };

    [GeneratedRegex(@"I2cBus\.Open\((?<argument>[^)]*)\)")]
    private static partial Regex OpenCall();
}
