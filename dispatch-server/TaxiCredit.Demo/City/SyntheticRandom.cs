namespace TaxiCredit.Demo.City;

/// <summary>
/// Random numbers that are the same on every platform and version of .NET: xoshiro256** (Blackman and Vigna, 2018), its state filled by
/// SplitMix64. Only additions, multiplications and shifts are used, because the last bit of a logarithm differs between C libraries.
/// </summary>
internal sealed class SyntheticRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <param name="seed">The city.</param>
    /// <param name="stream">
    /// What the numbers are for; streams of one seed do not touch each other, so that a month may be made without the months before.
    /// </param>
    public SyntheticRandom(ulong seed, ulong stream)
    {
        var filler = seed;
        filler = SplitMix(ref filler) ^ stream;
        (_a, _b, _c, _d) = (SplitMix(ref filler), SplitMix(ref filler), SplitMix(ref filler), SplitMix(ref filler));
    }

    /// <summary>0 up to, but not, 1; in steps of 2⁻⁵³.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Fraction() < probability;

    /// <summary>A whole number, both ends included.</summary>
    public int Between(int least, int most) => least + (int)Math.BigMul(Next(), (ulong)(most - least + 1), out _);

    public T Pick<T>(IReadOnlyList<T> from) => from[Between(0, from.Count - 1)];

    /// <summary>Index of one of several weights, each as likely as it is heavy.</summary>
    public int PickWeighted(ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights)
            total += weight;
        var left = Fraction() * total;
        for (var i = 0; i < weights.Length - 1; i++)
        {
            left -= weights[i];
            if (left < 0)
                return i;
        }

        return weights.Length - 1;
    }

    /// <summary>Gamma with mean 1: squares of standard normal numbers, averaged.</summary>
    /// <param name="halves">Twice the shape: 3 for a shape of 1.5.</param>
    public double Gamma(int halves)
    {
        var squares = 0.0;
        for (var i = 0; i < halves; i++)
        {
            var normal = Normal();
            squares += normal * normal;
        }

        return squares / halves;
    }

    /// <summary>Near enough to a standard normal number: twelve uniform ones, whose variances add up to 1. It never leaves ±6.</summary>
    private double Normal()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++)
            sum += Fraction();
        return sum;
    }

    private ulong Next()
    {
        var result = ulong.RotateLeft(_b * 5, 7) * 9;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
