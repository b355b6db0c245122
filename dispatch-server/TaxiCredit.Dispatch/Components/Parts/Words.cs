using System.Globalization;
using Microsoft.Extensions.Localization;
using TaxiCredit.Dispatch.Features.Photos;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Components.Parts;

/// <summary>Words and forms that several pages share, in the language of whoever looks.</summary>
internal sealed class Words(IStringLocalizer<Words> texts, IStringLocalizer<RefusalTexts> refusals)
{
    /// <summary>The city's clocks; they have no summer time.</summary>
    private static readonly TimeSpan CityOffset = TimeSpan.FromHours(8);

    public string Of(int? stars) => stars is { } count ? Plural(texts, "Stars", count) : texts["Unrated"];

    /// <param name="stars">What a face that is <see cref="WindscreenFace.Rated"/> shows.</param>
    public string Of(WindscreenFace face, int? stars = null) => face == WindscreenFace.Rated ? Of(stars) : texts[$"Face.{face}"];

    /// <summary>A text that the rulebook tells in both languages; in English where it lacks the other.</summary>
    public static string? Conduct(string? chinese, string? english) => CultureInfo.CurrentUICulture.Name == Languages.Languages.Chinese ? chinese ?? english : english;

    /// <summary>Why something was not done. English tells the refusal itself, with its values; other languages tell the rule.</summary>
    public string Of(Refusal refusal) => refusals[refusal.Code] is { ResourceNotFound: false } told ? told : refusal.Detail;

    /// <summary>What is wrong with a photo.</summary>
    public string Of(PhotoFault fault) => texts[$"Photo.{fault}"];

    public string Day(DateOnly day) => day.ToString(texts["DayPattern"], CultureInfo.CurrentCulture);

    /// <param name="period"><c>2017-12</c>.</param>
    public string Month(string period) => Scoring.Month.Parse(period).FirstDay.ToString(texts["MonthPattern"], CultureInfo.CurrentCulture);

    /// <summary>System time as the city's clocks show it.</summary>
    public string Instant(DateTimeOffset instant) => instant.ToOffset(CityOffset).ToString(texts["InstantPattern"], CultureInfo.CurrentCulture);

    /// <summary>A figure about people who complained: never told below five of them.</summary>
    public string FromFive(int? count) => count is { } told ? Count(told) : texts["FewerThanFive"];

    /// <summary>The text of that key, or of the key with <c>.1</c> for one alone; the number is its first argument.</summary>
    public static string Plural(IStringLocalizer texts, string key, long count) => texts[count == 1 ? key + ".1" : key, Count(count)];

    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>1,000.00, with a minus sign that lines up.</summary>
    public static string Points(decimal points) => points.ToString("#,0.00;−#,0.00", CultureInfo.InvariantCulture);

    /// <summary>The same with its sign always.</summary>
    public static string Change(decimal points) => points.ToString("+#,0.00;−#,0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>Digits of bar and stars for a rating; all dark for unrated.</summary>
    public static string Lit(int? stars) => stars switch
    {
        4 => "11111",
        3 => "11110",
        2 => "11100",
        1 => "11000",
        0 => "10000",
        _ => "00000",
    };

    /// <summary>Last part of the face's class in the stylesheet.</summary>
    public static string Class(WindscreenFace face) => face.ToString().ToLowerInvariant();
}

/// <summary>Refusals by their code, in every language but English.</summary>
internal sealed class RefusalTexts;
