using System.Globalization;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Demo.City;

/// <summary>
/// The subcommand <c>demo-seed</c>: looks for the first seed, counting up from 1, whose city ends 2017 with the published figures, and tells how
/// cities from the seeds that follow end. The parameters are not touched by it.
/// </summary>
internal static class SeedSearch
{
    private const int Block = 256;
    private const int MaxSeeds = 1_000_000;
    private const int Following = 200;

    /// <returns>0, or 1 if no seed gives the figures or another one than <see cref="SyntheticCity.DemoSeed"/> is the first.</returns>
    public static async Task<int> RunAsync(RulebookShelf rulebooks, TextWriter report)
    {
        if (First(rulebooks) is not { } seed)
        {
            await report.WriteLineAsync($"None of the seeds 1 to {MaxSeeds} ends 2017 with the published figures.");
            return 1;
        }

        var found = SyntheticFigures.Of(new SyntheticCity(seed), rulebooks);
        await report.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"seed {seed}, the first of {seed} tried: complaints {found.FirstComplaints} in 2017-01 and {found.LastComplaints} in 2017-12, "
            + $"property {found.PropertyFen / 100m:N2} RMB"));
        await report.WriteLineAsync(Table(Distribution(seed, rulebooks), seed));
        if (seed == SyntheticCity.DemoSeed)
            return 0;

        await report.WriteLineAsync($"The demo is built with seed {SyntheticCity.DemoSeed}; the rates or the rulebook have changed since.");
        return 1;
    }

    /// <summary>Seeds are tried in blocks side by side; the lowest that fits is taken, so that the result does not depend on the machine.</summary>
    private static ulong? First(RulebookShelf rulebooks)
    {
        for (var start = 1; start <= MaxSeeds; start += Block)
        {
            var fitting = ParallelEnumerable.Range(start, Block)
                .Where(seed => SyntheticFigures.OfCandidate(new SyntheticCity((ulong)seed), rulebooks) is { ArePublished: true })
                .ToList();
            if (fitting.Count > 0)
                return (ulong)fitting.Min();
        }

        return null;
    }

    private static List<SyntheticFigures> Distribution(ulong seed, RulebookShelf rulebooks) =>
        [.. ParallelEnumerable.Range(1, Following).AsOrdered().Select(n => SyntheticFigures.Of(new SyntheticCity(seed + (ulong)n), rulebooks))];

    private static string Table(List<SyntheticFigures> cities, ulong seed)
    {
        var rows = new List<string>
        {
            $"| seeds {seed + 1} to {seed + Following} | mean | 5 % | 95 % |",
            "|---|---|---|---|",
        };
        for (var stars = 4; stars >= 0; stars--)
            rows.Add(Row($"{stars} stars", cities.Select(c => (decimal)c.Stars[stars])));
        rows.Add(Row("complaints in January", cities.Select(c => (decimal)c.FirstComplaints)));
        rows.Add(Row("complaints in December", cities.Select(c => (decimal)c.LastComplaints)));
        rows.Add(Row("property, million RMB", cities.Select(c => c.PropertyFen / 100_000_000m)));
        return string.Join('\n', rows);
    }

    private static string Row(string name, IEnumerable<decimal> figures)
    {
        var sorted = figures.Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {sorted.Average():0.0} | {sorted[sorted.Length / 20]:0.##} | {sorted[^(sorted.Length / 20)]:0.##} |");
    }
}
