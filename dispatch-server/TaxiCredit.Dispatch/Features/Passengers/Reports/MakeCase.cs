using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

internal static class MakeCase
{
    /// <summary>Makes a case of a report that waits for it, under the write lock. The case does not name who reported and gives no finer time than the hour.</summary>
    public static async Task<Refusal?> OfAsync(PassengerReport report, Driver driver, string code, string actor, OperationContext context, CancellationToken stop)
    {
        if (report.Move(ReportSignal.Assign) is { } refused)
            return refused;

        var id = await CaseNumber.NextAsync(context.Db, stop);
        var made = new Case
        {
            Id = id,
            Number = CaseNumber.Of(id),
            Kind = report.Kind,
            DriverId = driver.Id,
            Code = code,
            ConductOn = report.ConductOn,
            ConductHour = report.ConductHour,
            Place = report.Place,
            Account = report.Account,
            SubmittedOn = context.Today,
            SubmittedBy = actor,
        };
        context.Db.Cases.Add(made);
        report.Became(made);
        context.Record(actor, "record-case", made.Number, $"{made.Kind} {code} {driver.Code} of {report.Number}");
        return null;
    }
}
