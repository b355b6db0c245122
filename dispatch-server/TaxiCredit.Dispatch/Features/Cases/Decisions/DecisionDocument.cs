using System.Globalization;
using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Cases.Decisions;

/// <summary>The numbered document of a decision, as it was when the decision was taken.</summary>
[Chronicled]
internal sealed class DecisionDocument
{
    public required long CaseId { get; init; }

    /// <summary>Year of the decision, at the bureau.</summary>
    public required int Year { get; init; }

    /// <summary>From 1 within a year, in the order of the decisions.</summary>
    public required int Serial { get; init; }

    /// <summary>What it says, in JSON.</summary>
    public required string Content { get; init; }

    /// <summary>System time.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary><c>2017-000123</c>.</summary>
    public string Number => NumberOf(Year, Serial);

    /// <inheritdoc cref="Number"/>
    public static string NumberOf(int year, int serial) => $"{year}-{serial:D6}";

    /// <summary>Reads what <see cref="Number"/> writes, and nothing else.</summary>
    public static bool TryRead(string number, out int year, out int serial)
    {
        (year, serial) = (0, 0);
        return number.Split('-') is [{ Length: 4 } first, { Length: >= 6 and <= 9 } second]
            && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out year)
            && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out serial);
    }
}
