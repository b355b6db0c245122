using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Upkeep;

/// <param name="Server">Machine and process that ran it, <c>host/1234</c>.</param>
/// <param name="DurationMs">ms.</param>
/// <param name="Fault">Type of the fault of a failed run; the server's log has the rest.</param>
/// <param name="SucceededAt">Start of the last run that succeeded.</param>
internal sealed record JobView(
    string Name, string Server, DateTimeOffset StartedAt, long DurationMs, JobOutcome Outcome, string? Fault, DateTimeOffset? SucceededAt,
    DateTimeOffset NextAt)
{
    public static JobView Of(JobRun run) => new(run.Name, run.Server, run.StartedAt, run.Duration, run.Outcome, run.Fault, run.SucceededAt, run.NextAt);
}

/// <summary>What the servers do by themselves, for those who look after them.</summary>
internal static class UpkeepFeature
{
    public static void MapUpkeep(this RouteGroupBuilder api) =>
        api.MapGet("/jobs", async (OperationContext context, CancellationToken stop) => (await context.Db.LastJobRunsAsync(stop)).ConvertAll(JobView.Of))
            .WithSummary("The last run of each periodic job").WithTags("Upkeep").ProducesProblem(403).Reads(Permission.ReadJobs);
}
