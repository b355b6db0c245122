using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Cases.Decisions;

/// <summary>
/// Takes decisions whose time to be taken back is over: books, and makes the document. What was confirmed is in the database, so that a crash in between
/// delays a decision and loses none. Safe beside another server: each decision is found again under the write lock.
/// </summary>
internal static partial class FinishDecisions
{
    /// <summary>So long a confirmed decision can be taken back.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    public static readonly Job Job = new("decisions", TimeSpan.FromSeconds(1), async (job, stop) => await RunAsync(
        job.Services.GetRequiredService<OperationContext>(), job.Services.GetRequiredService<IStarsForecast>(),
        job.Services.GetRequiredService<ILogger<IStarsForecast>>(), stop));

    /// <summary>At exactly <see cref="Wait"/> it is over.</summary>
    public static bool IsOver(DateTimeOffset confirmed, DateTimeOffset now) => now - confirmed >= Wait;

    public static async Task RunAsync(OperationContext context, IStarsForecast forecast, ILogger log, CancellationToken stop)
    {
        var last = context.Now - Wait;
        foreach (var id in await context.Db.PendingDecisions.AsNoTracking().Where(d => d.At <= last).OrderBy(d => d.At).Select(d => d.CaseId).ToListAsync(stop))
        {
            if ((await FinishAsync(id, context.Now, context, forecast, stop)).Refusal is { Code: not "decision-gone" } refused)
                LogRefused(log, id, refused.Code, refused.Detail);
            context.Db.ChangeTracker.Clear();
        }
    }

    /// <summary>Takes one decision, if it is over by this instant.</summary>
    public static async Task<Outcome<Case>> FinishAsync(
        long id, DateTimeOffset now, OperationContext context, IStarsForecast forecast, CancellationToken stop)
    {
        var by = await context.Db.PendingDecisions.AsNoTracking().Where(d => d.CaseId == id).Select(d => d.By).SingleOrDefaultAsync(stop);
        var done = await context.RunWithoutPermissionAsync<Case>("decide-case", by ?? ReleaseNotices.Actor,
            () => BookAsync(id, now, context, forecast, stop), stop);
        if (done.Refusal is not { Code: not "decision-gone" } refused)
            return done;

        // It can never be booked as it is: somebody must look, and decide again.
        context.Db.ChangeTracker.Clear();
        await context.RunWithoutPermissionAsync<Case>("drop-decision", by ?? ReleaseNotices.Actor, async () =>
        {
            var report = await context.Db.Cases.SingleAsync(c => c.Id == id, stop);
            await TakeBackDecision.DropAsync(report, context, stop);
            return Done.With(report, report.Number, refused.Code);
        }, stop);
        return refused;
    }

    private static async Task<Outcome<Done<Case>>> BookAsync(
        long id, DateTimeOffset now, OperationContext context, IStarsForecast forecast, CancellationToken stop)
    {
        var pending = await context.Db.PendingDecisions.SingleOrDefaultAsync(d => d.CaseId == id, stop);
        if (pending is null || !IsOver(pending.At, now))
            return Refusal.Conflict("decision-gone", $"No decision of case {id} waits to be taken.");

        var report = await context.Db.Cases.Include(c => c.Driver).SingleAsync(c => c.Id == id, stop);
        if (report.Move(pending.Verdict == Verdict.Upheld ? CaseSignal.Uphold : CaseSignal.Dismiss) is { } refused)
            return refused;

        var conduct = pending.Code is null ? null : context.Rulebooks.InForceOn(report.ConductOn).Value.Find(pending.Code);
        var told = await context.Db.Triages.AsNoTracking().SingleOrDefaultAsync(t => t.CaseId == id, stop);
        var stars = conduct is null ? null : await forecast.OfAsync(report, conduct, context, stop);
        report.Record(new CaseDecided(context.Today, pending.By, conduct?.Id, pending.Reason));
        report.Confirm(null);
        if (conduct is not null)
            report.BookedAs((await AppendAsync(report, conduct, pending, told, context, stop)).Sequence);
        await DecisionContent.AddDocumentAsync(report, conduct, stars, context, stop);
        context.Db.Remove(pending);
        return Done.With(report, report.Number, $"{pending.Verdict} {conduct?.Id}");
    }

    private static Task<LedgerRow> AppendAsync(
        Case report, ConductCode conduct, PendingDecision pending, Triage? told, OperationContext context, CancellationToken stop) =>
        context.Db.AppendAsync(
            new NewEntry(
                report.DriverId, report.Driver.Code, EntryKind.Decision, conduct.Id, conduct.Points, conduct.MaxStars, report.ConductOn, context.Today,
                report.Number, null),
            ToldDetails.Of(report, told, pending),
            stop);

    [LoggerMessage(6102, LogLevel.Warning, "The decision of case id {Case} could not be booked and was dropped ({Code}): {Detail}")]
    private static partial void LogRefused(ILogger log, long @case, string code, string detail);
}

/// <summary>What an entry would do to the running month's stars; the feature that tallies knows.</summary>
internal interface IStarsForecast
{
    /// <returns>Stars without and with the entry, null for unrated; null where it cannot be told.</returns>
    Task<StarsForecast?> OfAsync(Case report, ConductCode conduct, OperationContext context, CancellationToken stop);
}

/// <param name="Month">The month that runs: <c>2017-12</c>.</param>
internal sealed record StarsForecast(string Month, int? Without, int? With);
