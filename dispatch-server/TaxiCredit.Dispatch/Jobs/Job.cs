namespace TaxiCredit.Dispatch.Jobs;

/// <summary>Periodic work that starts with the server: a name, an interval and a function, run by <see cref="JobRunner"/>.</summary>
/// <param name="Name">1 to 60 characters of <c>a-z</c>, <c>0-9</c> and <c>-</c>; one job a name.</param>
/// <param name="Every">Pause between the beginnings of two runs, above zero. A run that takes longer is followed by the next at once.</param>
/// <param name="RunAsync">One run, in a scope of its own. What it throws is logged and the run counts as failed.</param>
internal sealed record Job(string Name, TimeSpan Every, Func<JobContext, CancellationToken, Task> RunAsync)
{
    public const int MaxName = 60;

    /// <summary>
    /// False: every server runs it, and what it does is safe while another server does the same. True: one server runs it, the one that holds the
    /// lease <see cref="LeaseName"/>; each of its transactions begins with <see cref="JobContext.GuardAsync"/>.
    /// </summary>
    public bool NeedsLease { get; init; }

    /// <summary>Pause after a failed run; <see cref="Every"/> by default.</summary>
    public TimeSpan RetryAfter { get; init; } = Every;

    public string LeaseName => $"job-{Name}";

    /// <summary>A server that dies is replaced after this and a minute at the latest.</summary>
    public TimeSpan LeaseTerm => TimeSpan.FromTicks(Math.Max(TimeSpan.FromSeconds(30).Ticks, 3 * LookEvery.Ticks));

    /// <summary>How often a job with a lease looks whether it is its turn, and renews.</summary>
    public TimeSpan LookEvery => TimeSpan.FromTicks(Math.Min(Every.Ticks, TimeSpan.FromMinutes(1).Ticks));
}
