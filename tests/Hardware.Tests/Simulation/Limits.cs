using System.Globalization;
using TaxiCredit.Hardware.Generate.Simulation;

namespace TaxiCredit.Hardware.Tests.Simulation;

/// <summary>Compares measurements with the limits of their deck.</summary>
internal static class Limits
{
    /// <returns>One line for each limit that the measurements break or leave without an answer.</returns>
    public static IReadOnlyList<string> Broken(Deck deck, IReadOnlyDictionary<string, double> measured) =>
    [
        .. from limit in deck.Limits
           let value = measured.GetValueOrDefault(limit.Name, double.NaN)
           where !(value >= limit.Low && value <= limit.High)
           select string.Create(CultureInfo.InvariantCulture, $"{limit.Name} = {value:G4}, allowed {limit.Low:G4} to {limit.High:G4} {limit.Why}"),
    ];
}
