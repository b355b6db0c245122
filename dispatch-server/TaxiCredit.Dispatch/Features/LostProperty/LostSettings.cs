namespace TaxiCredit.Dispatch.Features.LostProperty;

/// <summary>Section <c>LostProperty</c> of the configuration.</summary>
internal sealed class LostSettings
{
    public const string Section = "LostProperty";

    /// <summary>
    /// Hours within which a passenger is answered, 1 to 720. GB/T 22485-2013 is quoted with 72; its successor of 2021 could not be read, so that a city sets
    /// what it works by.
    /// </summary>
    public int AnswerHours { get; init; } = 72;

    /// <summary>
    /// Days for which a thing is kept that nobody claims, 1 to 3,650; after that the page asks to pass it on. One year by the Civil Code of 2020,
    /// article 318, from the public notice.
    /// </summary>
    public int KeepDays { get; init; } = 365;

    /// <summary>Losses of one cab within a day for which drivers are asked at once; those beyond wait for a person. 1 to 1,000.</summary>
    public int LossesOfCab { get; init; } = 5;

    /// <summary>How many days back a loss may lie, 1 to 3,650.</summary>
    public int LongestAgoDays { get; init; } = 60;

    /// <summary>The first setting outside its range, or null.</summary>
    public string? FindFault() =>
        OutOfRange(nameof(AnswerHours), AnswerHours, 720) ?? OutOfRange(nameof(KeepDays), KeepDays, 3_650)
        ?? OutOfRange(nameof(LossesOfCab), LossesOfCab, 1_000) ?? OutOfRange(nameof(LongestAgoDays), LongestAgoDays, 3_650);

    private static string? OutOfRange(string name, int value, int max) =>
        value >= 1 && value <= max ? null : $"{Section}:{name} is {value}; it takes 1 to {max}.";
}
