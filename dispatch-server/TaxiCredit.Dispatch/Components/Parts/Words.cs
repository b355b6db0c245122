using System.Globalization;
using Microsoft.Extensions.Localization;
using TaxiCredit.Dispatch.Features.Photos;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Components.Parts;

/// <summary>Words and forms that several pages share, in the reader's language.</summary>
internal sealed class Words(IStringLocalizer<Words> texts, IStringLocalizer<RefusalTexts> refusals)
{
    /// <summary>The city's clocks; they have no summer time.</summary>
    private static readonly TimeSpan CityOffset = TimeSpan.FromHours(8);

    public string Of(int? stars) => stars is { } count ? Plural(texts, "Stars", count) : texts["Unrated"];

    /// <param name="stars">What a face that is <see cref="WindscreenFace.Rated"/> shows.</param>
    public string Of(WindscreenFace face, int? stars = null) => face == WindscreenFace.Rated ? Of(stars) : texts[$"Face.{face}"];

    /// <summary>A text that the rulebook tells in both languages; in English where it lacks the other.</summary>
    public static string? Conduct(string? chinese, string? english) =>
        CultureInfo.CurrentUICulture.Name == Languages.Languages.Chinese ? chinese ?? english : english;

    /// <summary>
    /// Why something was not done, and what to do next. The refusal's own detail is for callers of the API: it has the values, and names fields and routes.
    /// </summary>
    public string Of(Refusal refusal) => refusal.Facts?.GetValueOrDefault(Spelling.Fact) is UnfitCharacter unfit
        ? refusals[refusal.Code, unfit.At, unfit.ToString()]
        : refusals[refusal.Code] is { ResourceNotFound: false } told ? told : refusals["request-malformed"];

    /// <summary>What is wrong with a photo.</summary>
    public string Of(PhotoFault fault) => texts[$"Photo.{fault}"];

    /// <summary>A label and what stands behind its colon.</summary>
    public string Pair(string label, string value) => texts["Pair", label, value];

    /// <summary>Two parts of a sentence with a comma between them; one alone where the other is empty.</summary>
    public string Clauses(string first, string second) => first.Length > 0 && second.Length > 0 ? texts["Clauses", first, second] : first + second;

    /// <summary>A text with another in brackets behind it.</summary>
    public string Aside(string text, string aside) => texts["Aside", text, aside];

    public string List(IEnumerable<string> items) => string.Join(texts["List.Separator"], items);

    /// <summary>Who acted: a person by name, the server's own actors in words.</summary>
    public string Actor(string name)
    {
        var key = name switch { "?" => "unknown", "first start" => "first-start", _ => name };
        return texts[$"Actor.{key}"] is { ResourceNotFound: false } told ? told : name;
    }

    public string Day(DateOnly day) => day.ToString(texts["DayPattern"], CultureInfo.CurrentCulture);

    /// <param name="period"><c>2017-12</c>; anything else, as somebody may type it into an address, is told as it is.</param>
    public string Month(string period) =>
        Scoring.Month.TryParse(period, out var month) ? month.FirstDay.ToString(texts["MonthPattern"], CultureInfo.CurrentCulture) : period;

    /// <summary>System time as the city's clocks show it.</summary>
    public string Instant(DateTimeOffset instant) => instant.ToOffset(CityOffset).ToString(texts["InstantPattern"], CultureInfo.CurrentCulture);

    /// <summary>A figure about people who complained: never told below five of them.</summary>
    public string FromFive(int? count) => count is { } told ? Count(told) : texts["FewerThanFive"];

    /// <summary>The text of that key, or of the key with <c>.1</c> for one alone; the number is its first argument.</summary>
    public static string Plural(IStringLocalizer texts, string key, long count) => texts[count == 1 ? key + ".1" : key, Count(count)];

    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>1,000 or 989.99: points in a sentence, without decimals that say nothing.</summary>
    public static string InSentence(decimal points) => points.ToString("#,0.##;−#,0.##", CultureInfo.InvariantCulture);

    /// <summary>The same with its sign always.</summary>
    public static string ChangeInSentence(decimal points) => points.ToString("+#,0.##;−#,0.##;0", CultureInfo.InvariantCulture);

    /// <summary>1,000.00: points in a column, with a minus sign that lines up.</summary>
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

/// <summary>What a person reads of a refusal, by its code.</summary>
internal sealed class RefusalTexts;
