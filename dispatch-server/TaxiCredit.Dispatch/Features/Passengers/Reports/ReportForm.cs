using TaxiCredit.Dispatch.Features.Cases;

namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

/// <summary>A field of the form, in the order of the form.</summary>
public enum ReportField { Kind, Conduct, Account, Day, Hour, Place, Photo, Contact }

/// <summary>What is wrong with a field.</summary>
public enum ReportFault { Missing, Unknown, TooLong, Future, TooLongAgo }

/// <summary>What a passenger has typed, as it was typed.</summary>
public sealed class ReportForm
{
    /// <summary>In the place of a conduct code.</summary>
    public const string SomethingElse = "other";

    /// <summary><c>complaint</c> or <c>praise</c>.</summary>
    public string? Kind { get; set; }

    /// <summary>Conduct code or <see cref="SomethingElse"/>; not asked for with praise.</summary>
    public string? Conduct { get; set; }

    public string? Account { get; set; }

    /// <summary><c>2017-08-15</c>, as a browser's date field sends it.</summary>
    public string? Day { get; set; }

    /// <summary>0 to 23; empty if not remembered.</summary>
    public string? Hour { get; set; }

    public string? Place { get; set; }

    public string? Contact { get; set; }

    public bool IsPraise => Kind == "praise";
}

/// <summary>What is to be reported, once it has been read.</summary>
/// <param name="Code">Conduct in force on that day; null for something else.</param>
/// <param name="Contact">Null if none was given.</param>
internal sealed record ReportContent(CaseKind Kind, string? Code, string Account, DateOnly Day, int? Hour, string Place, string? Contact);
