using System.Globalization;
using System.Text;

namespace TaxiCredit.Hardware.Generate.Simulation;

/// <summary>Writes hardware/results.md: what every deck measured, and the limit that it keeps. README quotes no figure that does not stand there.</summary>
internal static class ResultsPage
{
    public const string Path = "hardware/results.md";

    /// <summary>How far a figure may move with another release of ngspice, of the width of its limits.</summary>
    private const double Tolerance = 0.02;

    public static string Write(IReadOnlyList<Deck> decks, Func<Deck, SimulationRun> run)
    {
        var text = new StringBuilder("# What the decks measure\n\nGenerated from `sim/`: dotnet run --project hardware/generate. Models are built from data-sheet figures, not the "
            + "vendors'.\nEach limit is broken by a planted fault of its deck.\n");
        foreach (var deck in decks)
        {
            var measured = run(deck).Measured;
            text.Append(CultureInfo.InvariantCulture, $"\n## {deck.Title}\n\n`sim/{deck.Name}.cir`\n\n| figure | measured | from | to | why |\n|---|---|---|---|---|\n");
            foreach (var limit in deck.Limits)
            {
                double value = measured.GetValueOrDefault(limit.Name, double.NaN);
                text.Append(CultureInfo.InvariantCulture, $"| {limit.Name} | {value:G4} | {limit.Low:G4} | {limit.High:G4} | {limit.Why} |\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Equal text but for the measured column, which may move by a small part of its limits.</summary>
    public static string? Difference(byte[] committed, byte[] generated)
    {
        string[] old = Encoding.UTF8.GetString(committed).Split('\n');
        string[] now = Encoding.UTF8.GetString(generated).Split('\n');
        if (old.Length != now.Length)
            return $"{old.Length} lines; generated {now.Length}";
        int line = Array.FindIndex([.. old.Zip(now)], pair => !Same(pair.First.Split('|'), pair.Second.Split('|')));
        return line < 0 ? null : $"line {line + 1} is '{old[line]}', generated '{now[line]}'";
    }

    private static bool Same(string[] old, string[] now)
    {
        if (old.SequenceEqual(now))
            return true;
        if (old.Length != 7 || now.Length != 7 || !old.Where((_, i) => i != 2).SequenceEqual(now.Where((_, i) => i != 2)))
            return false;
        double[] numbers = [.. new[] { old[2], now[2], now[3], now[4] }
            .Select(cell => double.TryParse(cell, CultureInfo.InvariantCulture, out double value) ? value : double.NaN)];
        return Math.Abs(numbers[0] - numbers[1]) <= Tolerance * (numbers[3] - numbers[2]);
    }
}
