using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Outbox;

namespace TaxiCredit.Dispatch.Features.Anchor;

/// <summary>The newest public checkpoint, for the month's page.</summary>
/// <param name="Note">Signed note; null while no month was published since the log began.</param>
/// <param name="IsOutside">A recipient outside of this server has acknowledged a checkpoint within the time that the outbox keeps.</param>
internal sealed record AnchorView(string? Note, string? Period, long Size, bool IsOutside)
{
    public static async Task<AnchorView> OfAsync(DispatchContext db, CancellationToken stop)
    {
        var newest = await AnchorFeature.NewestPublicAsync(db, stop);
        var isOutside = await db.Set<OutboxMessage>().AnyAsync(m => m.Kind == CheckpointSigning.MessageKind && m.Status == OutboxStatus.Delivered, stop);
        return new(newest?.Note, newest?.Period, newest?.Size ?? 0, isOutside);
    }
}

/// <summary>The transparency logs: leaves, checkpoints, and the watch over both.</summary>
internal static class AnchorFeature
{
    public static readonly Job Signing = new("log-checkpoints", TimeSpan.FromDays(1), SignBothAsync) { NeedsLease = true, RetryAfter = TimeSpan.FromHours(1) };

    public static readonly Job Publication = new("log-publication", TimeSpan.FromSeconds(5), SignPublicationAsync);

    public static readonly Job Watch = new(LogWatch.JobName, TimeSpan.FromMinutes(1), WatchAsync);

    /// <summary>Register before the displays: what is missing must be known before they are published to.</summary>
    public static void AddAnchor(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<AnchorSettings>(configuration, AnchorSettings.Section, settings => settings.FindFault());
        services.AddSingleton<DeliveredCheckpoints>().AddSingleton<LossEvidence>();
        services.AddSingleton<LogKeyFile>().AddSingleton<CityTree>().AddSingleton<LogWatch>().AddScoped<CheckpointSigning>().AddScoped<ReportSigning>();
        services.AddHostedService(all => all.GetRequiredService<LogWatch>());
        services.AddJob(Signing);
        services.AddJob(Publication);
        services.AddJob(Watch);
    }

    /// <summary>What anybody may read: the newest public checkpoint, and the keys that have signed any.</summary>
    public static void MapLog(this IEndpointRouteBuilder routes)
    {
        var log = routes.MapGroup("/log").WithTags("Log");
        log.MapGet("/checkpoint", async (DispatchContext db, CancellationToken stop) =>
                await NewestPublicAsync(db, stop) is { } newest
                    ? Results.Text(newest.Note)
                    : Refusal.Missing("no-checkpoint", "No month was published since this log began; a checkpoint comes with the next one.").ToProblem())
            .WithSummary("The newest public checkpoint of the city's log, C2SP tlog-checkpoint")
            .Produces<string>(contentType: "text/plain").ProducesProblem(404);
        log.MapGet("/key", async (DispatchContext db, CancellationToken stop) =>
                await db.LogKeys.AsNoTracking().OrderBy(k => k.Since).Select(k => k.Verifier + "\n").ToListAsync(stop) is { Count: > 0 } keys
                    ? Results.Text(string.Concat(keys))
                    : Refusal.Missing("no-log-key", "Nothing was signed yet; the key is made with the first checkpoint, within a day.").ToProblem())
            .WithSummary("Public keys of the logs, one on a line, the newest last").Produces<string>(contentType: "text/plain").ProducesProblem(404);
    }

    public static Task<SignedCheckpoint?> NewestPublicAsync(DispatchContext db, CancellationToken stop) =>
        db.Checkpoints.AsNoTracking().Where(c => c.Period != null).OrderByDescending(c => c.Id).FirstOrDefaultAsync(stop);

    private static Task SignBothAsync(JobContext job, CancellationToken stop)
    {
        var db = job.Services.GetRequiredService<DispatchContext>();
        return job.Services.GetRequiredService<CheckpointSigning>().SignBothAsync(() => job.GuardAsync(db, stop), stop);
    }

    private static Task SignPublicationAsync(JobContext job, CancellationToken stop) =>
        job.Services.GetRequiredService<CheckpointSigning>().SignPublicationAsync(stop);

    private static Task WatchAsync(JobContext job, CancellationToken stop) =>
        job.Services.GetRequiredService<LogWatch>().RunAsync(job.Services.GetRequiredService<DispatchContext>(), stop);
}
