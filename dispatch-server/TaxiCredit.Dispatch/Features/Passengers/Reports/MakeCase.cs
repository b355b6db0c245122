using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

internal static class MakeCase
{
    /// <summary>
    /// Makes a case of a report that waits for it, inside the operation on the report. The case does not name who reported and gives no finer time
    /// than the hour. It has its own audit line in addition to that of the operation.
    /// </summary>
    public static async Task<Refusal?> OfAsync(
        PassengerReport report, Driver driver, string code, string actor, OperationContext context, CancellationToken stop)
    {
        if (report.Move(ReportSignal.Assign) is { } refused)
            return refused;

        var content = new CaseContent(report.Kind, driver, code, report.ConductOn, report.ConductHour, report.Place, report.Account);
        var made = await content.SubmitAsync(actor, context, stop);
        report.Became(made);
        context.Record(actor, "record-case", made.Number, $"{made.Kind} {code} {driver.Code} of {report.Number}");
        return null;
    }
}
