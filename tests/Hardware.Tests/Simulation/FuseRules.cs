using System.Globalization;
using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Tests.Simulation;

/// <summary>A pulse in F1 as a deck measures it, and how often it comes in the vehicle's life or in the test of the standard.</summary>
internal sealed record FusePulse(string Deck, int Times);

/// <summary>
/// F1 opens on a fault and on nothing else: each pulse, doubled, stays below the share of the melting integral that Littelfuse allows for its number of
/// repetitions; the load stays below half of the rating that is left in the heat; F1 opens before the harness fuse, and the harness fuse guards
/// the connector and the wire.
/// </summary>
internal static class FuseRules
{
    public static readonly FusePulse[] Pulses = [new("inrush", 1000), new("load_dump_b", 10), new("pulse_1", 500), new("pulse_2a", 500)];

    /// <param name="squares">I2t of each pulse by deck, A2s.</param>
    public static IReadOnlyList<string> Violations(string hardwareFolder, IReadOnlyDictionary<string, double> squares)
    {
        var facts = Csv.Read(Path.Combine(hardwareFolder, "facts.csv")).ToDictionary(fact => fact["id"]);
        double melting = facts["F1.melting"].Number("typ");
        double hot = facts["F1.rating"].Number("typ") * facts["F1.hot"].Number("typ");
        double harness = facts["board.harness_fuse"].Number("typ");
        double load = Csv.Read(Path.Combine(hardwareFolder, "bom.csv")).Single(row => row["refs"] == "F1").Number("stress");
        return
        [
            .. from pulse in Pulses
               let share = Share(pulse.Times, facts)
               where 2 * squares[pulse.Deck] > share * melting
               select string.Create(CultureInfo.InvariantCulture,
                   $"F1: {pulse.Deck} takes {squares[pulse.Deck]:G3} A2s {pulse.Times} times; twice that is more than {share:P0} of the melting integral of {melting} A2s"),
            .. Broken(2 * load > hot, $"F1: {load} A of load is more than half of the {hot:G3} A that are left at 95 C"),
            .. Broken(facts["F1.rating"].Number("typ") >= harness, "F1: not smaller than the harness fuse"),
            .. Broken(harness > facts["board.wire"].Number("max"), "harness fuse: larger than the wire carries"),
            .. Broken(harness > facts["J1.current"].Number("max"), "harness fuse: larger than a contact of J1 carries"),
            .. Broken(facts["D2.current"].Number("max") < 1.35 * facts["F1.rating"].Number("typ"), "D2: does not stand what F1 lets through"),
        ];
    }

    private static IEnumerable<string> Broken(bool broken, string text) => broken ? [text] : [];

    /// <summary>The next larger number of pulses in Littelfuse's table.</summary>
    private static double Share(int times, Dictionary<string, TableRow> facts) =>
        facts[times switch { <= 100 => "F1.pulses_100", <= 1000 => "F1.pulses_1000", <= 10000 => "F1.pulses_10000", _ => "F1.pulses_100000" }].Number("max");
}
