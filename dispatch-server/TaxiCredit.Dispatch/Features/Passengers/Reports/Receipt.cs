using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

/// <summary>Progress of a report, as far as its sender may know.</summary>
public enum Progress { Received, UnderReview, Upheld, Dismissed, Withdrawn, Merged, Reversed, NotPursued }

/// <summary>What a receipt shows: no driver, no points, no reasons, nothing that the passenger has not said or may not know.</summary>
/// <param name="Code">A <see cref="ShortCode"/>.</param>
/// <param name="SettledOn">Day of the decision; null until then.</param>
/// <param name="ComplexUntil">Last day for the decision of a matter that was declared complex; null for any other.</param>
internal sealed record Receipt(
    string Code, CaseKind Kind, string Plate, DateOnly ConductOn, DateOnly SubmittedOn, Progress Progress, DateOnly? SettledOn, DateOnly? ComplexUntil)
{
    /// <returns>Null if there is no such receipt.</returns>
    public static async Task<Receipt?> FindAsync(string? typed, OperationContext context, CancellationToken stop)
    {
        if (!ShortCode.TryRead(typed, out var code))
            return null;
        var report = await context.Db.PassengerReports.AsNoTracking()
            .Include(r => r.Cab).Include(r => r.Case).SingleOrDefaultAsync(r => r.Receipt == code, stop);
        return report is null ? null : new(
            code, report.Kind, report.Cab.Plate, report.ConductOn, report.SubmittedOn, ProgressOf(report), report.Case?.DecidedOn,
            report.Case is { ComplexOn: not null } complex ? complex.Deadline(CaseQueue.DeadlinesOf(context)) : null);
    }

    /// <summary>A report that is held back is told like any other: who floods learns nothing.</summary>
    private static Progress ProgressOf(PassengerReport report) => (report.Status, report.Case?.Status) switch
    {
        (ReportStatus.Rejected, _) => Progress.NotPursued,
        (_, CaseStatus.Triaged or CaseStatus.AwaitingAnswer or CaseStatus.UnderReview) => Progress.UnderReview,
        // That the driver objects is the driver's matter until it is ruled on.
        (_, CaseStatus.Upheld or CaseStatus.Objected or CaseStatus.Confirmed or CaseStatus.Amended or CaseStatus.Repaired) => Progress.Upheld,
        (_, CaseStatus.Dismissed) => Progress.Dismissed,
        (_, CaseStatus.Withdrawn) => Progress.Withdrawn,
        (_, CaseStatus.Merged) => Progress.Merged,
        (_, CaseStatus.Reversed or CaseStatus.Overturned or CaseStatus.Lapsed) => Progress.Reversed,
        _ => Progress.Received,
    };
}
