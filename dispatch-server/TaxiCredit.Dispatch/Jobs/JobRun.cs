using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Jobs;

internal enum JobOutcome { Succeeded, Failed }

/// <summary>The last run of a job that was recorded, whichever server ran it: one row a job.</summary>
internal sealed class JobRun
{
    public required string Name { get; init; }

    /// <summary>Machine and process, <c>host/1234</c>.</summary>
    public required string Server { get; init; }

    /// <summary>System time.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>ms, by the monotonic clock.</summary>
    public required long Duration { get; init; }

    public required JobOutcome Outcome { get; init; }

    /// <summary>Type of what was thrown; null after success. Its message may hold secrets and is in the log alone.</summary>
    public string? Fault { get; init; }

    /// <summary>Start of the last run that succeeded; null before the first.</summary>
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>When the next is due on that server.</summary>
    public required DateTimeOffset NextAt { get; init; }
}

internal sealed class JobTables : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> table)
    {
        table.ToTable("JobRuns");
        table.HasKey(run => run.Name);
    }
}

internal static class JobRuns
{
    /// <summary>The last run of each job, by name. A job that has never run is not among them.</summary>
    public static Task<List<JobRun>> LastJobRunsAsync(this DispatchContext db, CancellationToken stop) =>
        db.Set<JobRun>().AsNoTracking().OrderBy(run => run.Name).ToListAsync(stop);

    /// <summary>Replaces the previous run in one statement; a failure keeps the time of the last success.</summary>
    public static Task RecordAsync(this DispatchContext db, JobRun run, CancellationToken stop)
    {
        var (started, next, outcome) = (run.StartedAt.ToUnixTimeMilliseconds(), run.NextAt.ToUnixTimeMilliseconds(), $"{run.Outcome}");
        var succeeded = run.Outcome == JobOutcome.Succeeded ? started : (long?)null;
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "JobRuns" ("Name", "Server", "StartedAt", "Duration", "Outcome", "Fault", "SucceededAt", "NextAt")
            VALUES ({run.Name}, {run.Server}, {started}, {run.Duration}, {outcome}, {run.Fault}, {succeeded}, {next})
            ON CONFLICT ("Name") DO UPDATE SET "Server" = excluded."Server", "StartedAt" = excluded."StartedAt", "Duration" = excluded."Duration",
                "Outcome" = excluded."Outcome", "Fault" = excluded."Fault", "NextAt" = excluded."NextAt",
                "SucceededAt" = coalesce(excluded."SucceededAt", "JobRuns"."SucceededAt")
            """, stop);
    }
}
