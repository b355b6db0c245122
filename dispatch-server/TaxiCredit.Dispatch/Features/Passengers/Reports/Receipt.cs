using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

/// <summary>Progress of a report, as far as its sender may know.</summary>
public enum Progress { Received, UnderReview, Upheld, Dismissed, Withdrawn, Merged, Reversed, NotPursued }

/// <summary>What taking a report back would do.</summary>
public enum Withdrawing
{
    /// <summary>It is decided, or about to be, or withdrawn.</summary>
    NoMore,

    /// <summary>Others have reported the same: it goes on for them.</summary>
    Shared,

    /// <summary>No driver learns of it.</summary>
    Unnoticed,

    /// <summary>The driver was told of the matter, and will be told that it is withdrawn.</summary>
    TellsDriver,
}

/// <summary>What a receipt shows: no driver, no points, no reasons, nothing that the passenger has not said or may not know; not the contact either.</summary>
/// <param name="Code">A <see cref="ShortCode"/>.</param>
/// <param name="Sent">What was reported, without the contact.</param>
/// <param name="TakenUpOn">Day on which it became a case; null until then.</param>
/// <param name="DriverAskedOn">Day on which the driver was asked for an answer; null until then, and where nobody is asked.</param>
/// <param name="SettledOn">Day of the decision, or on which it ended without one; null until then, and where an earlier version did not keep it.</param>
/// <param name="DecideBy">Last day for the decision.</param>
/// <param name="IsComplex">The matter was declared complex, which is why the decision may take longer.</param>
internal sealed record Receipt(
    string Code, CaseKind Kind, string Plate, ReportContent Sent, bool HasPhoto, bool HasContact, DateOnly SubmittedOn, DateOnly? TakenUpOn,
    DateOnly? DriverAskedOn, Progress Progress, DateOnly? SettledOn, DateOnly DecideBy, bool IsComplex, Withdrawing Withdrawing)
{
    /// <returns>Null if there is no such receipt.</returns>
    public static async Task<Receipt?> FindAsync(string? typed, OperationContext context, CancellationToken stop)
    {
        if (!ShortCode.TryRead(typed, out var code))
            return null;
        var db = context.Db;
        var (photos, contacts, notices) = (db.ReportPhotos, db.ReportContacts, db.Notices);
        var found = await db.PassengerReports.AsNoTracking().Include(r => r.Cab).Include(r => r.Case).Where(r => r.Receipt == code)
            .Select(r => new
            {
                Report = r,
                r.Cab.Plate,
                r.Case,
                HasPhoto = photos.Any(p => p.ReportId == r.Id),
                HasContact = contacts.Any(c => c.ReportId == r.Id),
                DriverAskedOn = notices.Where(n => n.CaseId == r.CaseId).Select(n => (DateOnly?)n.ServedOn).FirstOrDefault(),
            }).SingleOrDefaultAsync(stop);
        if (found is null)
            return null;

        var (report, made, days) = (found.Report, found.Case, CaseQueue.DeadlinesOf(context));
        return new(
            code, report.Kind, found.Plate,
            new(report.Kind, report.Code, report.Account, report.ConductOn, report.ConductHour, report.Place, Contact: null),
            found.HasPhoto, found.HasContact, report.SubmittedOn, made?.SubmittedOn, found.DriverAskedOn, ProgressOf(report.Status, made?.Status),
            made?.DecidedOn ?? report.RejectedOn, made?.Deadline(days) ?? report.SubmittedOn.AddDays(days.CaseDays), made?.ComplexOn is not null,
            await WithdrawingAsync(report, made, context, stop));
    }

    private static async Task<Withdrawing> WithdrawingAsync(PassengerReport report, Case? made, OperationContext context, CancellationToken stop)
    {
        if (made is null)
            return report.Status is ReportStatus.Quarantined or ReportStatus.Received ? Withdrawing.Unnoticed : Withdrawing.NoMore;
        if (made.IsDecided || made.ConfirmedAt is not null)
            return Withdrawing.NoMore;
        if (await CloseCase.FindSharedAsync(made, context, stop) is not null)
            return Withdrawing.Shared;
        return CaseLife.IsNews(made.Status, CaseSignal.Withdraw) && made.HasHearing ? Withdrawing.TellsDriver : Withdrawing.Unnoticed;
    }

    /// <summary>A report that is held back is told like any other: who floods learns nothing.</summary>
    private static Progress ProgressOf(ReportStatus report, CaseStatus? made) => (report, made) switch
    {
        (ReportStatus.Rejected, _) => Progress.NotPursued,
        (ReportStatus.Withdrawn, _) => Progress.Withdrawn,
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
