using System.Text.Json;

namespace Benchmarks;

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured, with its unit and, behind "vs", the peer.</param>
/// <param name="Here">Our figure.</param>
/// <param name="Peer">The peer's figure of the same run; null where there is none.</param>
/// <param name="Bar">What must hold.</param>
internal sealed record Figure(string What, double Here, double? Peer, string Bar)
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public double? Ratio => Here / Peer;
}

internal interface IBenchmark
{
    /// <summary>Word on the command line that runs it alone.</summary>
    string Name { get; }

    Task<IReadOnlyList<Figure>> RunAsync(bool quick);
}

internal static class Percentile
{
    /// <summary>The smallest value that at least <paramref name="share"/> of all do not exceed.</summary>
    public static double Of(List<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
    }
}
