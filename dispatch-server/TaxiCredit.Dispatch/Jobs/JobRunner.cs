namespace TaxiCredit.Dispatch.Jobs;

/// <summary>
/// Runs every <see cref="Job"/> that a feature adds by <c>AddJob</c>, each on its own: a slow one delays no other. What reacts to events and only
/// falls back on time (the reconciler, the leadership of the displays, the broker's link) has a loop of its own. ADR 0022.
/// </summary>
internal sealed class JobRunner : BackgroundService
{
    private readonly JobLoop[] _loops;

    /// <exception cref="InvalidOperationException">Two jobs have one name, or a name or interval is out of its range.</exception>
    public JobRunner(IEnumerable<Job> jobs, IServiceScopeFactory scopes, TimeProvider time, ILogger<JobRunner> log)
    {
        var names = new HashSet<string>();
        foreach (var job in jobs)
        {
            if (!IsName(job.Name) || !names.Add(job.Name))
                throw new InvalidOperationException($"Job '{job.Name}': the name is taken, or not 1 to {Job.MaxName} characters of a-z, 0-9 and '-'.");
            if (job.Every <= TimeSpan.Zero || job.RetryAfter <= TimeSpan.Zero)
                throw new InvalidOperationException($"Job '{job.Name}': its intervals must be above zero.");
        }

        _loops = [.. jobs.Select(job => new JobLoop(job, scopes, time, log))];
    }

    // A thread for each: SQLite's asynchronous methods are not, and the first look of one would hold up the others.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_loops.Select(loop => Task.Run(() => loop.RunAsync(stoppingToken), CancellationToken.None)));

    private static bool IsName(string name) =>
        name.Length is >= 1 and <= Job.MaxName && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}

internal static class JobsFeature
{
    /// <summary>Jobs may be added before or after. Needs a scoped <see cref="Data.DispatchContext"/>; the database must exist when the host starts.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services) => services.AddHostedService<JobRunner>();

    public static IServiceCollection AddJob(this IServiceCollection services, Job job) => services.AddSingleton(job);
}
