namespace TaxiCredit.Dispatch.Wire;

/// <summary>What the measured lights say to the front: bar + n stars without a gap is n, nothing is dark, all else is inconsistent.</summary>
internal readonly record struct MeasuredLight
{
    /// <summary>0 to 4; null unless the lights show a rating.</summary>
    public int? Stars { get; private init; }

    public bool IsDark { get; private init; }

    public bool IsInconsistent => Stars is null && !IsDark;

    public static MeasuredLight Dark { get; } = new() { IsDark = true };

    /// <param name="lit">5 digits: bar, star 1 to star 4.</param>
    public static MeasuredLight Of(string lit) => lit switch
    {
        "00000" => Dark,
        "10000" => new() { Stars = 0 },
        "11000" => new() { Stars = 1 },
        "11100" => new() { Stars = 2 },
        "11110" => new() { Stars = 3 },
        "11111" => new() { Stars = 4 },
        _ => new(),
    };

    public static bool IsForm(string lit) => lit.Length == 5 && lit.AsSpan().IndexOfAnyExcept('0', '1') < 0;

    /// <summary><c>0</c> to <c>4</c>, <c>dark</c> or <c>inconsistent</c>.</summary>
    public override string ToString() => this switch
    {
        { Stars: { } stars } => stars.ToString(System.Globalization.CultureInfo.InvariantCulture),
        { IsDark: true } => "dark",
        _ => "inconsistent",
    };
}
