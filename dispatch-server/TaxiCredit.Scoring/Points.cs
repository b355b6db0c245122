using System.Globalization;

namespace TaxiCredit.Scoring;

/// <summary>An amount of credit points, held exactly as a whole number of hundredths.</summary>
/// <remarks>
/// Negative amounts are deductions. Range: ±92,233,720,368,547,758.07, so that no number of entries of one driver leaves it; an amount that is read or
/// booked lies within ±21,474,836.47. Arithmetic that leaves the range throws <see cref="OverflowException"/>; nothing wraps. The default is zero.
/// </remarks>
/// <param name="Hundredths">Hundredths of a point; 990.01 points are 99,001.</param>
public readonly record struct Points(long Hundredths) : IComparable<Points>
{
    /// <summary>No points.</summary>
    public static Points Zero => default;

    /// <summary>Makes an amount of whole points.</summary>
    /// <param name="points">Points, positive or negative.</param>
    public static Points FromWhole(int points) => new(points * 100L);

    /// <summary>Makes an amount of points with at most two decimals.</summary>
    /// <returns>False where the amount has a third decimal or lies outside ±21,474,836.47, the range of one booking.</returns>
    public static bool TryFromDecimal(decimal points, out Points result)
    {
        result = Zero;
        if (points is < -int.MaxValue / 100m or > int.MaxValue / 100m) return false;
        var hundredths = points * 100m;
        if (hundredths != decimal.Truncate(hundredths)) return false;
        result = new((long)hundredths);
        return true;
    }

    /// <summary>The amount in points, with two decimals.</summary>
    public decimal ToDecimal() => Hundredths * 0.01m;

    /// <summary>A share of this amount. What is not a whole hundredth is rounded up, which is always in the driver's favour.</summary>
    /// <remarks>The only rounding in the tally (ADR 0002): a deduction is rounded towards zero, a merit or what merits may offset away from it.</remarks>
    /// <param name="percent">Percent, 0 or more.</param>
    public Points Percent(int percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        var product = checked(Hundredths * percent);
        // Integer division truncates towards zero, which already rounds a negative product up.
        return new(product > 0 ? checked(product + 99) / 100 : product / 100);
    }

    /// <inheritdoc/>
    public int CompareTo(Points other) => Hundredths.CompareTo(other.Hundredths);

    /// <summary>The amount with two decimals and a point, in every culture: <c>-12.50</c>.</summary>
    public override string ToString() => ToDecimal().ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>The smaller of two amounts.</summary>
    public static Points Min(Points left, Points right) => left < right ? left : right;

    /// <summary>The greater of two amounts.</summary>
    public static Points Max(Points left, Points right) => left > right ? left : right;

    /// <summary>Sum.</summary>
    public static Points operator +(Points left, Points right) => new(checked(left.Hundredths + right.Hundredths));

    /// <summary>Difference.</summary>
    public static Points operator -(Points left, Points right) => new(checked(left.Hundredths - right.Hundredths));

    /// <summary>The opposite amount.</summary>
    public static Points operator -(Points value) => new(checked(-value.Hundredths));

    /// <summary>Whether the left amount is smaller.</summary>
    public static bool operator <(Points left, Points right) => left.Hundredths < right.Hundredths;

    /// <summary>Whether the left amount is smaller or equal.</summary>
    public static bool operator <=(Points left, Points right) => left.Hundredths <= right.Hundredths;

    /// <summary>Whether the left amount is greater.</summary>
    public static bool operator >(Points left, Points right) => left.Hundredths > right.Hundredths;

    /// <summary>Whether the left amount is greater or equal.</summary>
    public static bool operator >=(Points left, Points right) => left.Hundredths >= right.Hundredths;
}
