using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Features.Prospects;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Demo.City;

/// <summary>
/// Hears drivers and takes decisions through the operations that people use, without waiting for the hours of release or for the ten seconds: days pass in
/// an instant here.
/// </summary>
internal static class DemoHearing
{
    private static readonly HearingSettings Settings = new();

    private static readonly ProspectForecast Forecast = new();

    /// <summary>Triages a case and releases its notice. Nothing where there is no hearing, or it has begun.</summary>
    public static async Task<Refusal?> BeginAsync(string number, string by, OperationContext context, CancellationToken stop)
    {
        var report = await context.Db.Cases.AsNoTracking().SingleOrDefaultAsync(c => c.Number == number, stop);
        if (report is not { HasHearing: true, Status: CaseStatus.Submitted })
            return null;

        var suggested = Suggestion.Of(report, Settings);
        var triage = new TriageCase(by, suggested.Place, report.Account, "举报人陈述。", suggested.FromHour, suggested.ToHour);
        var triaged = await TriageCase.HandleAsync(number, triage, context, Settings, stop);
        context.Db.ChangeTracker.Clear();
        if (triaged.Refusal is null)
            await ReleaseNotices.RunAsync(DateTimeOffset.MaxValue, context, Settings, NullLogger.Instance, stop);
        return triaged.Refusal;
    }

    /// <summary>Releases every notice that was triaged, whatever the hour.</summary>
    public static async Task<Refusal?> ReleaseAsync(OperationContext context, CancellationToken stop)
    {
        await ReleaseNotices.RunAsync(DateTimeOffset.MaxValue, context, Settings, NullLogger.Instance, stop);
        return null;
    }

    /// <summary>As <see cref="BeginAsync"/>, and records an answer on paper where there is none and its time has not run out.</summary>
    public static async Task<Refusal?> HearAsync(string number, string by, OperationContext context, CancellationToken stop)
    {
        if (await BeginAsync(number, by, context, stop) is { } refused)
            return refused;
        var isDue = from notice in context.Db.Notices
                    where notice.AnswerBy >= context.Today
                    join report in context.Db.Cases on notice.CaseId equals report.Id
                    where report.Number == number && report.Status == CaseStatus.AwaitingAnswer
                    select report;
        if (!await isDue.AnyAsync(stop))
            return null;
        var answered = await AnswerNotice.HandleAsync(
            number, new(by, Stance.Disputed, Text: "情况与举报不符。", HandedInOn: context.Today), context, null, stop);
        context.Db.ChangeTracker.Clear();
        return answered.Refusal;
    }

    /// <summary>Hears the driver, if nobody has yet, and decides.</summary>
    public static async Task<Outcome<Case>> DecideAsync(string number, DecideCase command, OperationContext context, CancellationToken stop)
    {
        if (await HearAsync(number, command.Actor.Name, context, stop) is { } refused)
            return refused;
        var confirmed = await DecideCase.HandleAsync(number, command, context, stop);
        if (confirmed.Refusal is not null)
            return confirmed;

        var id = confirmed.Value.Id;
        context.Db.ChangeTracker.Clear();
        return await FinishDecisions.FinishAsync(id, DateTimeOffset.MaxValue, context, Forecast, stop);
    }
}
