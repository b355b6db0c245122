using System.Globalization;
using TaxiCredit.Hardware.Generate.Netlist;

namespace TaxiCredit.Hardware.Generate.Simulation;

/// <summary>The resistors, capacitors and inductors of the schematic as ngspice parameters: what is simulated is what is drawn.</summary>
internal static class ComponentValues
{
    public const string FileName = "values.inc";

    public static string FromNetlist(Board board)
    {
        var lines = from part in board.Components.Values
                    where part.Reference[0] is 'R' or 'C' or 'L' && char.IsDigit(part.Reference[1])
                    orderby part.Reference[0], int.Parse(part.Reference.AsSpan(1), CultureInfo.InvariantCulture)
                    select string.Create(CultureInfo.InvariantCulture, $".param {part.Reference}={Quantity.Read(part.Value):G6}");
        return $"* Component values of the schematic. Generated: dotnet run --project hardware/generate\n{string.Join('\n', lines)}\n";
    }
}
