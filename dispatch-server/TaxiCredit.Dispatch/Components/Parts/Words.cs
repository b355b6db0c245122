using System.Globalization;

namespace TaxiCredit.Dispatch.Components.Parts;

/// <summary>Words and forms that several pages share, in one place for the day they are translated.</summary>
internal static class Words
{
    public static string Of(int? stars) => stars switch
    {
        null => "unrated",
        1 => "1 star",
        _ => string.Create(CultureInfo.InvariantCulture, $"{stars} stars"),
    };

    /// <summary>For everything but <see cref="WindscreenFace.Rated"/>, whose word are its stars.</summary>
    public static string Of(WindscreenFace face) => face switch
    {
        WindscreenFace.Waiting => "waiting",
        WindscreenFace.Unrated => "unrated",
        WindscreenFace.Vacant => "vacant",
        WindscreenFace.Stale => "stale",
        WindscreenFace.Fault => "fault",
        WindscreenFace.Dark => "dark",
        WindscreenFace.Offline => "offline",
        _ => throw new ArgumentOutOfRangeException(nameof(face), face, null),
    };

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
    public static string Class(WindscreenFace face) => face == WindscreenFace.Rated ? "rated" : Of(face);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>System time as the city's clocks show it; they have no summer time.</summary>
    public static string Instant(DateTimeOffset instant) =>
        instant.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd 'at' HH:mm:ss 'UTC+8'", CultureInfo.InvariantCulture);

    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>1,000.00, with a minus sign that lines up.</summary>
    public static string Points(decimal points) => points.ToString("#,0.00;−#,0.00", CultureInfo.InvariantCulture);

    /// <summary>The same with its sign always.</summary>
    public static string Change(decimal points) => points.ToString("+#,0.00;−#,0.00;0.00", CultureInfo.InvariantCulture);

    public static string Plural(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";
}
