using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Health;

internal enum HealthState
{
    Ok,

    /// <summary>A person should look at it; everything is served.</summary>
    Warning,

    /// <summary>Something is not done that ought to be.</summary>
    Failed,
}

/// <summary>What a look has found.</summary>
/// <param name="Detail">Figures and names for whoever looks after the server, in English; what to do is in operations.md and on the page.</param>
internal sealed record Finding(HealthState State, string Detail)
{
    public static Finding Ok(string detail) => new(HealthState.Ok, detail);

    public static Finding Warn(string detail) => new(HealthState.Warning, detail);

    public static Finding Fail(string detail) => new(HealthState.Failed, detail);
}

/// <summary>One thing that is looked at every <see cref="HealthBoard.Every"/>.</summary>
/// <param name="Name">Kebab-case: <c>database</c>.</param>
/// <param name="LookAsync">Null where there is nothing of the kind here. What it throws counts as failed.</param>
internal sealed record HealthCheck(string Name, Func<HealthLook, CancellationToken, Task<Finding?>> LookAsync);

/// <summary>What a look works with.</summary>
internal sealed record HealthLook(IServiceProvider Services, DateTimeOffset Now)
{
    public DispatchContext Db => Of<DispatchContext>();

    public T Of<T>()
        where T : notnull => Services.GetRequiredService<T>();
}

/// <param name="At">System time of the look.</param>
internal sealed record HealthLine(string Name, Finding Finding, DateTimeOffset At);
