namespace TaxiCredit.Scoring.Confidence;

/// <summary>What one entry weighs, or several together: their points, and the lowest of their limits on the stars (4 for none).</summary>
internal readonly record struct Amount(Points Points, int MaxStars)
{
    public static Amount None => new(Points.Zero, 4);

    public static Amount operator +(Amount left, Amount right) => new(left.Points + right.Points, Math.Min(left.MaxStars, right.MaxStars));
}

/// <summary>How many entries of one sort drivers got in a window, and how large they were.</summary>
internal sealed class Frequency
{
    /// <summary>Chance of still more entries at which counting on ends.</summary>
    private const double Negligible = 1e-4;

    /// <summary>Most entries that are counted on to; a driver of a real city has a handful.</summary>
    private const int Most = 60;

    /// <summary>Shape from which on a Gamma distribution is as good as a point: drivers who do not differ.</summary>
    private const double NoDifference = 1000;

    private const double GreatestDifference = 0.1;

    private readonly Dictionary<string, int> _counts;
    private readonly (Amount Amount, double Share)[] _sizes;
    private readonly double _mean;
    private readonly double _shape;

    private Frequency(Dictionary<string, int> counts, (Amount, double)[] sizes, double mean, double shape) =>
        (_counts, _sizes, _mean, _shape) = (counts, sizes, mean, shape);

    public static Frequency Of(int drivers, IReadOnlyCollection<(string Driver, Amount Amount)> entries)
    {
        var counts = entries.GroupBy(entry => entry.Driver).ToDictionary(group => group.Key, group => group.Count());
        var sizes = entries.GroupBy(entry => entry.Amount).Select(group => (group.Key, group.Count() / (double)entries.Count)).ToArray();
        // Half an entry more than there were: none yet does not mean never.
        var mean = (entries.Count + 0.5) / drivers;
        var variance = (counts.Values.Sum(count => (count - mean) * (count - mean)) + ((drivers - counts.Count) * mean * mean)) / drivers;
        var shape = variance > mean ? Math.Clamp(mean * mean / (variance - mean), GreatestDifference, NoDifference) : NoDifference;
        return new(counts, sizes, mean, shape);
    }

    /// <summary>
    /// Chances of what a further whole window would bring the driver. The rate is Gamma-distributed, narrowed by the driver's own entries, so that
    /// the number of entries is negative binomial; each is as large as one of the city's.
    /// </summary>
    public Dictionary<Amount, double> Again(string driver, double exposure)
    {
        var shape = _shape + _counts.GetValueOrDefault(driver);
        var rate = (_shape / _mean) + exposure;
        var chance = Math.Pow(rate / (rate + 1), shape);
        var left = 1.0;
        var chances = new Dictionary<Amount, double>();
        var together = new Dictionary<Amount, double> { [Amount.None] = 1 };
        for (var count = 0; count <= Most && left > Negligible; count++)
        {
            foreach (var (amount, share) in together)
                chances[amount] = chances.GetValueOrDefault(amount) + (chance * share);
            left -= chance;
            chance *= (shape + count) / ((count + 1) * (rate + 1));
            together = WithOneMore(together);
        }

        return chances;
    }

    private Dictionary<Amount, double> WithOneMore(Dictionary<Amount, double> together)
    {
        if (_sizes.Length == 0)
            return together;
        var more = new Dictionary<Amount, double>();
        foreach (var (amount, chance) in together)
        {
            foreach (var (size, share) in _sizes)
                more[amount + size] = more.GetValueOrDefault(amount + size) + (chance * share);
        }

        return more;
    }
}
