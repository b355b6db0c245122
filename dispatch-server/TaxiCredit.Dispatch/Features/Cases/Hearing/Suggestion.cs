namespace TaxiCredit.Dispatch.Features.Cases.Hearing;

/// <summary>What an officer is offered as hours and place for the driver's eyes: a part of the day, and a district if the place names one.</summary>
internal sealed record Suggestion(int? FromHour, int? ToHour, string Place)
{
    /// <summary>Hours of a part of the day: night, morning, afternoon, evening.</summary>
    public const int PartOfDay = 6;

    public static Suggestion Of(Case report, HearingSettings settings) => new(
        report.ConductHour is { } hour ? hour / PartOfDay * PartOfDay : null,
        report.ConductHour is { } end ? (end / PartOfDay * PartOfDay) + PartOfDay : null,
        settings.DistrictList.FirstOrDefault(district => report.Place.Contains(district, StringComparison.OrdinalIgnoreCase)) ?? settings.Anywhere);
}
