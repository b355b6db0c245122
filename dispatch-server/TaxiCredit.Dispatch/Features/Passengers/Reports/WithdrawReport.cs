using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

/// <summary>
/// Whoever has the receipt takes a report back, at any time before it is decided: a report ends, a case ends without a decision. A driver who was told of
/// the case is told that it is withdrawn; one who was not learns nothing. A case into which another was merged goes on, as it is not theirs alone.
/// </summary>
/// <param name="Receipt">As typed.</param>
internal sealed record WithdrawReport(string? Receipt)
{
    /// <summary>For the bureau, as the reason of the case's end.</summary>
    private const string Reason = "乘客凭回执撤回。The passenger withdrew it, by the receipt.";

    private static readonly AnonymousRule Rule = new("withdraw-report", SubmitReport.Actor);

    public static Task<Outcome<PassengerReport>> HandleAsync(WithdrawReport command, OperationContext context, CancellationToken stop) =>
        context.RunAnonymousAsync<PassengerReport>(Rule, async () =>
        {
            if (!ShortCode.TryRead(command.Receipt, out var code)
                || await context.Db.PassengerReports.Include(r => r.Case!.Driver).SingleOrDefaultAsync(r => r.Receipt == code, stop) is not { } report)
                return Refusal.Missing("receipt-unknown", "There is no receipt with this number.");
            if (report.Status == ReportStatus.Withdrawn || report.Case?.Status == CaseStatus.Withdrawn)
                return Done.Repeated(report);
            if (await EndAsync(report, context, stop) is { } refused)
                return refused;

            return Done.With(report, report.Number, $"{report.Status} {report.Case?.Number}".TrimEnd());
        }, stop);

    private static async Task<Refusal?> EndAsync(PassengerReport report, OperationContext context, CancellationToken stop)
    {
        if (report.Case is not { } made)
        {
            report.WithdrawnOn(context.Today);
            return report.Move(ReportSignal.Withdraw) is null ? null : TooLate(report);
        }

        if (made.IsDecided || made.ConfirmedAt is not null)
            return TooLate(report);
        if (await CloseCase.FindSharedAsync(made, context, stop) is { } shared)
            return shared;
        if (made.Move(CaseSignal.Withdraw) is { } refused)
            return refused;
        made.Record(new CaseDecided(context.Today, SubmitReport.Actor, null, Reason));
        context.Record(SubmitReport.Actor, "withdraw-case", made.Number, report.Number);
        return null;
    }

    private static Refusal TooLate(PassengerReport report) =>
        Refusal.Conflict("withdrawal-too-late", $"Report {report.Number} is decided, or is about to be; it can no longer be withdrawn.");
}
