using System.Globalization;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.Exchange.Csv;

/// <summary>Reads the cells of the present record as what they mean; what cannot be read becomes a fault and a default.</summary>
internal static class Cells
{
    public const string DayForms = "a day of the calendar, as 2017-08-15, 2017/8/15 or 2017年8月15日";

    public static string Required(this CsvFile file, string column, int most)
    {
        var text = file.Text(column);
        if (text.Length == 0 || text.Length > most)
            file.Fault(column, $"1 to {most} characters; this has {text.Length}");
        return text;
    }

    /// <summary>A name of a person, a team or a cab; it is stored as it is written.</summary>
    public static string Name(this CsvFile file, string column)
    {
        var text = file.Required(column, 64);
        if (Spelling.FindUnfit(text) is { } unfit)
            file.Fault(column, $"characters that can be seen and that stand for one; {unfit} stands at place {unfit.At}");
        return text;
    }

    /// <returns>Null for an empty cell.</returns>
    public static string? Optional(this CsvFile file, string column, int most) =>
        file.Text(column).Length == 0 ? null : file.Required(column, most);

    public static void RequireEmpty(this CsvFile file, string column, string expected)
    {
        if (file.Text(column).Length > 0)
            file.Fault(column, expected);
    }

    /// <summary>A code of the roster, or a name at the bureau: a-z, 0-9 and '-'.</summary>
    public static string Code(this CsvFile file, string column, int least = 1)
    {
        var text = Spelling.Code(file.Text(column));
        if (text.Length < least || text.Length > 32 || text.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))
            file.Fault(column, $"{least} to 32 characters of a-z, 0-9 and '-'");
        return text;
    }

    public static string? OptionalCode(this CsvFile file, string column, int least = 1) => file.Text(column).Length == 0 ? null : file.Code(column, least);

    /// <summary>Who acted at the bureau: a name there, or an API token, as the server names it.</summary>
    public static string Person(this CsvFile file, string column)
    {
        const string Token = "token:";
        var text = file.Text(column);
        if (!text.StartsWith(Token, StringComparison.Ordinal))
            return file.Code(column, least: 2);
        if (text.Length - Token.Length is < 1 or > 64)
            file.Fault(column, $"{Token} and the token's name, 1 to 64 characters");
        return text;
    }

    /// <returns>Null for an empty cell.</returns>
    public static string? OptionalPerson(this CsvFile file, string column) => file.Text(column).Length == 0 ? null : file.Person(column);

    public static DateOnly Day(this CsvFile file, string column)
    {
        if (!TryDay(file.Text(column), out var day))
            file.Fault(column, DayForms);
        return day;
    }

    public static DateOnly? OptionalDay(this CsvFile file, string column) => file.Text(column).Length == 0 ? null : file.Day(column);

    /// <summary>How files name it: <c>peerReport</c>.</summary>
    public static string InFile(this Enum one) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(one.ToString());

    public static T OneOf<T>(this CsvFile file, string column)
        where T : struct, Enum
    {
        var text = file.Text(column);
        if (text.Length > 0 && char.IsAsciiLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value))
            return value;
        file.Fault(column, string.Join(", ", Enum.GetValues<T>().Select(one => one.InFile())));
        return default;
    }

    public static int? Hour(this CsvFile file, string column)
    {
        var text = file.Text(column);
        if (text.Length == 0)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour <= 23)
            return hour;
        file.Fault(column, "an hour of the day, 0 to 23, or nothing");
        return null;
    }

    /// <summary>An amount in yuan with at most two decimals, as fen.</summary>
    public static long? Fen(this CsvFile file, string column)
    {
        var text = file.Text(column);
        if (text.Length == 0)
            return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var yuan)
            && yuan is > 0 and <= Case.MaxPropertyFen / 100 && yuan * 100 == decimal.Truncate(yuan * 100))
            return (long)(yuan * 100);
        file.Fault(column, "an amount in yuan above 0 with at most two decimals, as 1280.50, or nothing");
        return null;
    }

    /// <summary>Points above 0 with at most two decimals; null with a fault.</summary>
    public static Points? Points(this CsvFile file, string column)
    {
        if (decimal.TryParse(file.Text(column), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var told)
            && told > 0 && TaxiCredit.Scoring.Points.TryFromDecimal(told, out var points))
            return points;
        file.Fault(column, "points above 0 with at most two decimals, as 7.50");
        return null;
    }

    /// <summary>Year, month and day with one kind of sign between them; month and day may have one digit.</summary>
    public static bool TryDay(ReadOnlySpan<char> text, out DateOnly day)
    {
        day = default;
        var afterYear = text.IndexOfAnyExceptInRange('0', '9');
        if (afterYear != 4)
            return false;
        var rest = text[5..];
        var afterMonth = rest.IndexOfAnyExceptInRange('0', '9');
        if (afterMonth is < 1 or > 2)
            return false;
        var last = rest[(afterMonth + 1)..];
        var chinese = text[4] == '年' && rest[afterMonth] == '月' && last is [.., '日'];
        if (chinese)
            last = last[..^1];
        else if (text[4] != rest[afterMonth] || text[4] is not ('-' or '/' or '.'))
            return false;

        if (last.Length is < 1 or > 2 || last.ContainsAnyExceptInRange('0', '9'))
            return false;
        var (year, month, date) = (Number(text[..4]), Number(rest[..afterMonth]), Number(last));
        if (year < 1 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month))
            return false;
        day = new DateOnly(year, month, date);
        return true;
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
