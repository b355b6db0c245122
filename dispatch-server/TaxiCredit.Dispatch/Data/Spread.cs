namespace TaxiCredit.Dispatch.Data;

/// <summary>How often a measured value was at most so much, and their sum: what a histogram of Prometheus is made of. Thread-safe.</summary>
/// <param name="bounds">Ascending upper bounds, in the unit of what is measured; larger values are counted as well.</param>
internal sealed class Spread(params double[] bounds)
{
    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    public void Add(double value)
    {
        var at = Array.FindIndex(bounds, bound => value <= bound);
        lock (_lock)
        {
            _counts[at < 0 ? bounds.Length : at]++;
            _sum += value;
        }
    }

    /// <returns>Bounds with the number of values up to each, the last without bound; and the sum of all values.</returns>
    public (IReadOnlyList<(double UpTo, long Count)> Buckets, double Sum) Read()
    {
        var buckets = new (double, long)[bounds.Length + 1];
        lock (_lock)
        {
            var total = 0L;
            for (var i = 0; i < buckets.Length; i++)
                buckets[i] = (i < bounds.Length ? bounds[i] : double.PositiveInfinity, total += _counts[i]);
            return (buckets, _sum);
        }
    }
}
