using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases.Hearing;

/// <summary>
/// Sends what was triaged before the last fixed hour, all of it together, and lets hearings lapse whose time is over. Nobody acts, so that it writes its audit
/// lines itself. Safe beside another server: each works under the write lock on what it finds there.
/// </summary>
internal static partial class ReleaseNotices
{
    /// <summary>Who acts in the audit log.</summary>
    public const string Actor = "release";

    public static readonly Job Job = new("hearings", TimeSpan.FromMinutes(1), async (job, stop) =>
    {
        var services = job.Services;
        var settings = services.GetRequiredService<IOptions<HearingSettings>>().Value;
        var context = services.GetRequiredService<OperationContext>();
        await RunAsync(settings.LastRelease(context.Now), context, settings, services.GetRequiredService<ILogger<HearingSettings>>(), stop);
    });

    /// <param name="triagedBy">What was triaged later waits for another release.</param>
    /// <returns>How many notices were sent.</returns>
    public static async Task<int> RunAsync(
        DateTimeOffset triagedBy, OperationContext context, HearingSettings settings, ILogger log, CancellationToken stop)
    {
        var db = context.Db;
        if (!await Due(triagedBy, db).AnyAsync(stop) && !await Over(context).AnyAsync(stop))
            return 0;

        await using var batch = await context.BeginAsync(stop);
        var days = CaseQueue.DeadlinesOf(context).HearingDays;
        var sent = 0;
        // Found again under the lock: one may have been withdrawn meanwhile.
        foreach (var (report, triage) in (await Due(triagedBy, db).ToListAsync(stop)).Select(due => (due.Report, due.Triage)))
        {
            var conduct = context.Rulebooks.InForceOn(report.ConductOn).Value.Find(report.Code)!;
            var content = NoticeContent.Of(report, triage, conduct, context.Today.AddDays(days), settings);
            if (content.FindLack() is { } lack)
            {
                LogLacking(log, report.Number, lack);
                continue;
            }

            report.Move(CaseSignal.Serve);
            db.Add(new HearingNotice
            {
                CaseId = report.Id,
                Code = ShortCode.New(),
                ServedOn = context.Today,
                ServedAt = context.Now,
                AnswerBy = content.AnswerBy,
                Content = content.ToJson(),
            });
            context.Record(Actor, "serve-notice", report.Number, $"until {content.AnswerBy:yyyy-MM-dd}");
            sent++;
        }

        foreach (var report in await Over(context).ToListAsync(stop))
        {
            report.Move(CaseSignal.Lapse);
            context.Record(Actor, "lapse-hearing", report.Number);
        }

        await batch.CommitAsync(stop);
        db.ChangeTracker.Clear();
        return sent;
    }

    private static IQueryable<DueNotice> Due(DateTimeOffset triagedBy, DispatchContext db) =>
        from triage in db.Triages
        where triage.At <= triagedBy
        join report in db.Cases on triage.CaseId equals report.Id
        where report.Status == CaseStatus.Triaged && report.Kind != CaseKind.Merit && report.Authority == null && report.ConfirmedAt == null
        orderby report.Id
        select new DueNotice(report, triage);

    private static IQueryable<Case> Over(OperationContext context) =>
        from notice in context.Db.Notices
        where notice.AnswerBy < context.Today
        join report in context.Db.Cases on notice.CaseId equals report.Id
        where report.Status == CaseStatus.AwaitingAnswer
        select report;

    [LoggerMessage(6101, LogLevel.Warning, "The notice of case {Case} lacks its {Item} and was not sent; triage the case again")]
    private static partial void LogLacking(ILogger log, string @case, string item);

    private sealed record DueNotice(Case Report, Triage Triage);
}
