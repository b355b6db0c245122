using System.Globalization;

namespace TaxiCredit.Scoring;

/// <summary>A calendar month of the Gregorian calendar in the city's own time zone.</summary>
/// <remarks>The default value is no month: its dates throw.</remarks>
/// <param name="Year">Year, 1 to 9999.</param>
/// <param name="Number">Month of the year, 1 to 12.</param>
public readonly record struct Month(int Year, int Number) : IComparable<Month>
{
    /// <summary>Year, 1 to 9999.</summary>
    public int Year { get; } = Year is >= 1 and <= 9999 ? Year : throw new ArgumentOutOfRangeException(nameof(Year), Year, "A year is 1 to 9999.");

    /// <summary>Month of the year, 1 to 12.</summary>
    public int Number { get; } = Number is >= 1 and <= 12 ? Number : throw new ArgumentOutOfRangeException(nameof(Number), Number, "A month is 1 to 12.");

    /// <summary>The first day of the month.</summary>
    public DateOnly FirstDay => new(Year, Number, 1);

    /// <summary>The last day of the month.</summary>
    public DateOnly LastDay => new(Year, Number, DateTime.DaysInMonth(Year, Number));

    /// <summary>The month after this one.</summary>
    public Month Next => AddMonths(1);

    /// <summary>The month before this one.</summary>
    public Month Previous => AddMonths(-1);

    /// <summary>Quarter of the year, 1 to 4.</summary>
    public int Quarter => (Number + 2) / 3;

    private int Index => (Year * 12) + Number - 1;

    /// <summary>The month that a day lies in.</summary>
    public static Month Of(DateOnly day) => new(day.Year, day.Month);

    /// <summary>The month that lies a number of months later, or earlier for a negative number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The result lies outside the years 1 to 9999.</exception>
    public Month AddMonths(int months)
    {
        var index = Index + (long)months;
        return new((int)Math.DivRem(index, 12, out var remainder), (int)remainder + 1);
    }

    /// <summary>Months from an earlier month to this one; negative if it is in fact a later one.</summary>
    public int MonthsSince(Month earlier) => Index - earlier.Index;

    /// <summary>Reads exactly the form <c>2017-12</c>.</summary>
    /// <exception cref="FormatException">The text has another form or names no month.</exception>
    public static Month Parse(string text) =>
        TryParse(text, out var month) ? month : throw new FormatException($"'{text}' is not a month of the form 2017-12.");

    /// <summary>Reads exactly the form <c>2017-12</c>; four and two ASCII digits.</summary>
    public static bool TryParse(string? text, out Month month)
    {
        var read = DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        month = read ? Of(day) : default;
        return read;
    }

    /// <inheritdoc/>
    public int CompareTo(Month other) => Index.CompareTo(other.Index);

    /// <summary>The form <c>2017-12</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Number:00}");

    /// <summary>Whether the left month is earlier.</summary>
    public static bool operator <(Month left, Month right) => left.Index < right.Index;

    /// <summary>Whether the left month is earlier or the same.</summary>
    public static bool operator <=(Month left, Month right) => left.Index <= right.Index;

    /// <summary>Whether the left month is later.</summary>
    public static bool operator >(Month left, Month right) => left.Index > right.Index;

    /// <summary>Whether the left month is later or the same.</summary>
    public static bool operator >=(Month left, Month right) => left.Index >= right.Index;
}
