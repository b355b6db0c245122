using System.Globalization;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases.Hearing;

/// <summary>What a city sets about hearings: section <c>Hearing</c> of the configuration.</summary>
internal sealed class HearingSettings
{
    public const string Section = "Hearing";

    /// <summary>
    /// Hours of the day in the city at which notices are released, with commas: <c>9,16</c>. All that was triaged before goes out together, so that the moment
    /// tells nothing of a single report. At least one a day: a notice is out within 24 hours of the triage.
    /// </summary>
    public string ReleaseHours { get; set; } = "9,16";

    /// <summary>Districts that a place is coarsened to, with commas.</summary>
    public string Districts { get; set; } = "";

    /// <summary>What is suggested for a place in none of them.</summary>
    public string Anywhere { get; set; } = "市区";

    /// <summary>Where an answer on paper is handed in and where a decision is objected to, in Chinese.</summary>
    public string DeskZh { get; set; } = "交通运输主管部门出租汽车驾驶员窗口";

    /// <summary>The same in English.</summary>
    public string DeskEn { get; set; } = "the transport bureau's desk for taxi drivers";

    /// <summary>Who may help a driver with the answer, in Chinese.</summary>
    public string HelpZh { get; set; } = "工会、班组长，或您信任的任何人";

    /// <summary>The same in English.</summary>
    public string HelpEn { get; set; } = "your union, your team leader, or anybody you trust";

    public IReadOnlyList<string> DistrictList => Districts.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The newest instant of release that is not after now.</summary>
    public DateTimeOffset LastRelease(DateTimeOffset now)
    {
        var hours = Hours()!;
        var city = BureauTime.InCity(now);
        var today = DateOnly.FromDateTime(city.DateTime);
        var due = hours.Where(hour => hour <= city.Hour).ToList();
        return due.Count > 0 ? BureauTime.BeginOf(today).AddHours(due.Max()) : BureauTime.BeginOf(today.AddDays(-1)).AddHours(hours.Max());
    }

    /// <summary>The next instant of release after one.</summary>
    public DateTimeOffset NextRelease(DateTimeOffset after)
    {
        var day = BureauTime.BeginOf(BureauTime.DayOf(after));
        return Hours()!.SelectMany(hour => new[] { day.AddHours(hour), day.AddDays(1).AddHours(hour) }).Where(at => at > after).Min();
    }

    /// <summary>The first setting that cannot be, in words; null if none is.</summary>
    public string? FindFault()
    {
        if (Hours() is not { Count: > 0 })
            return $"{Section}:{nameof(ReleaseHours)} is '{ReleaseHours}'; it takes hours of the day, 0 to 23, with commas between.";
        return new[] { (nameof(Anywhere), Anywhere), (nameof(DeskZh), DeskZh), (nameof(DeskEn), DeskEn), (nameof(HelpZh), HelpZh), (nameof(HelpEn), HelpEn) }
            .Where(text => string.IsNullOrWhiteSpace(text.Item2))
            .Select(text => $"{Section}:{text.Item1} is empty; a notice without it is not sent.").FirstOrDefault();
    }

    private List<int>? Hours()
    {
        var read = ReleaseHours.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour < 24 ? hour : -1).ToList();
        return read.Contains(-1) ? null : read;
    }
}
