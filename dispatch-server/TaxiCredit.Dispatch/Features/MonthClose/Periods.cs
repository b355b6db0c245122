using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>Months that an address names.</summary>
internal static class Periods
{
    /// <summary>Reads exactly the form <c>2017-12</c>. The first and last years of the calendar have months without a neighbour, and are none.</summary>
    /// <returns>The month; <c>period-form</c> (404) for anything else: an address that is malformed names nothing.</returns>
    public static Outcome<Month> Read(string period) => Month.TryParse(period, out var month) && month.Year is > 1 and < 9999
        ? month
        : Refusal.Missing("period-form", $"'{period}' is not a month; write it as 2017-12.");
}
