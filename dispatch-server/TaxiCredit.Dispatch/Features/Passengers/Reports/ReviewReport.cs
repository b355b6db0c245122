using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

/// <summary>A person has looked at a report that was held back and lets it go its way: it becomes a case if it is known who drove and what for.</summary>
/// <param name="Version">Version of the report that was read; refused if it has changed since.</param>
internal sealed record ReleaseReport(Acting Actor, Guid? Version = null)
{
    private static readonly OperationRule Rule = new("release-report", Permission.ReviewReports);

    public static Task<Outcome<PassengerReport>> HandleAsync(string number, ReleaseReport command, OperationContext context, CancellationToken stop) =>
        ReviewRules.ChangeAsync(number, command.Actor, command.Version, Rule, context, async report =>
        {
            if (report.Move(ReportSignal.Release) is { } refused)
                return refused;
            return report.Code is { } code && await WhoDrove.FindAsync(report, context, stop) is { } driver
                ? await MakeCase.OfAsync(report, driver, code, command.Actor.Name, context, stop)
                : null;
        }, stop);
}

/// <summary>An officer says against whom a report is, and what the conduct is called; it becomes a case.</summary>
/// <param name="Driver">Public code of the driver.</param>
/// <param name="Code">Conduct code of the rulebook that was in force on the day.</param>
/// <param name="Version">Version of the report that was read; refused if it has changed since.</param>
internal sealed record AssignReport(Acting Actor, string Driver, string Code, Guid? Version = null)
{
    public string Driver { get; init; } = Spelling.Code(Driver);

    private static readonly OperationRule Rule = new("assign-report", Permission.ReviewReports);

    public static Task<Outcome<PassengerReport>> HandleAsync(string number, AssignReport command, OperationContext context, CancellationToken stop) =>
        ReviewRules.ChangeAsync(number, command.Actor, command.Version, Rule, context, async report =>
        {
            if (await context.Db.Drivers.SingleOrDefaultAsync(d => d.Code == command.Driver, stop) is not { } driver)
                return RosterRules.NoDriver(command.Driver);
            return ConductRules.Find(command.Code, report.ConductOn, report.Kind, context.Rulebooks).Refusal
                ?? await MakeCase.OfAsync(report, driver, command.Code, command.Actor.Name, context, stop);
        }, stop);
}

/// <summary>A person has looked at a report and makes no case of it.</summary>
/// <param name="Reason">Why, 1 to 2,000 characters; for the bureau alone.</param>
/// <param name="Version">Version of the report that was read; refused if it has changed since.</param>
internal sealed record RejectReport(Acting Actor, string Reason, Guid? Version = null)
{
    private static readonly OperationRule Rule = new("reject-report", Permission.ReviewReports);

    public static Task<Outcome<PassengerReport>> HandleAsync(string number, RejectReport command, OperationContext context, CancellationToken stop) =>
        ReviewRules.ChangeAsync(number, command.Actor, command.Version, Rule, context, report =>
        {
            if (string.IsNullOrWhiteSpace(command.Reason) || command.Reason.Length > 2000)
                return Task.FromResult<Refusal?>(Refusal.Malformed("reason-length", "Say in 1 to 2,000 characters why no case is made of it."));
            report.Remarked(command.Reason.Trim(), context.Today);
            return Task.FromResult(report.Move(ReportSignal.Reject));
        }, stop);
}

internal static class ReviewRules
{
    public static Refusal NoReport(string number) => Refusal.Missing("report-unknown", $"No report has the number '{number}'; see GET /api/v1/reports.");

    /// <summary>Loads a report and changes it.</summary>
    /// <param name="seen">Version that was read; null where nobody looked.</param>
    public static Task<Outcome<PassengerReport>> ChangeAsync(
        string number, Acting actor, Guid? seen, OperationRule rule, OperationContext context, Func<PassengerReport, Task<Refusal?>> change,
        CancellationToken stop) =>
        context.RunAsync<PassengerReport>(rule, actor, null, async _ =>
        {
            if (await FindAsync(number, context.Db.PassengerReports, stop) is not { } report)
                return NoReport(number);
            if ((report.Unless(seen) ?? await change(report)) is { } refused)
                return refused;

            return Done.With(report, report.Number, $"{report.Status} {report.Case?.Number}".TrimEnd());
        }, stop);

    /// <summary>By the bureau's number, <c>p-000123</c>, with its cab and its case.</summary>
    public static async Task<PassengerReport?> FindAsync(string number, IQueryable<PassengerReport> reports, CancellationToken stop) =>
        PassengerReport.IdOf(number) is { } id
            ? await reports.Include(r => r.Cab).Include(r => r.Case).SingleOrDefaultAsync(r => r.Id == id, stop)
            : null;
}
