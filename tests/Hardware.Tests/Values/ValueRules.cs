using System.Globalization;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Netlist;

namespace TaxiCredit.Hardware.Tests.Values;

/// <summary>
/// Holds the board's values against its data sheets and requirements: each check computes a figure from the netlist with hardware/facts.csv. That a value
/// stands in schematic and parts list alike says nothing here.
/// </summary>
internal static class ValueRules
{
    public static IReadOnlyList<string> Violations(Board board, string hardwareFolder) =>
        Violations(board, Csv.Read(Path.Combine(hardwareFolder, "facts.csv")).ToDictionary(fact => fact["id"]));

    public static IReadOnlyList<string> Violations(Board board, IReadOnlyDictionary<string, TableRow> facts)
    {
        var values = new DesignValues(board, facts);
        return
        [
            .. from check in Checks(values)
               where !check.Holds
               select string.Create(CultureInfo.InvariantCulture, $"{check.Name}: {check.Value:G4}, needed {check.Low:G4} to {check.High:G4}"),
        ];
    }

    public static IEnumerable<ValueCheck> Checks(DesignValues values) =>
        [.. SupplyChecks.Of(values), .. LightChecks.Of(values), .. SensingChecks.Of(values), .. LogicChecks.Of(values)];
}
