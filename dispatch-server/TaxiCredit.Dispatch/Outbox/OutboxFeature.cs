using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Outbox;

/// <summary>Section <c>Outbox</c> of the configuration.</summary>
internal sealed class OutboxSettings
{
    public const string Section = "Outbox";

    /// <summary>Folder of <see cref="FileDropChannel"/>, an absolute path. Without it nothing is delivered to channel <c>file</c>.</summary>
    public string? Folder { get; init; }

    /// <summary>Failed attempts until a person must decide, 1 to 1,000. 20 last between 5 and 11 hours.</summary>
    public int MaxAttempts { get; init; } = 20;

    /// <summary>Days after which what was delivered or discarded is erased, 1 to 3,650.</summary>
    public int KeepDays { get; init; } = 30;

    /// <summary>The first setting outside its range, or null.</summary>
    public string? FindFault() => this switch
    {
        { MaxAttempts: < 1 or > 1_000 } => $"{Section}:MaxAttempts is {MaxAttempts}; 1 to 1000.",
        { KeepDays: < 1 or > 3_650 } => $"{Section}:KeepDays is {KeepDays}; 1 to 3650 days.",
        { Folder: { } folder } when !Path.IsPathFullyQualified(folder) => $"{Section}:Folder is '{folder}'; an absolute path.",
        _ => null,
    };
}

internal static class OutboxFeature
{
    public const string RetentionJob = "outbox-retention";

    public static IServiceCollection AddOutbox(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<OutboxSettings>(configuration, OutboxSettings.Section, settings => settings.FindFault());
        services.AddSingleton(Random.Shared);
        services.AddScoped<OutboxDelivery>();
        if (configuration.GetSection(OutboxSettings.Section)[nameof(OutboxSettings.Folder)] is not null)
            services.AddSingleton<IOutboxChannel, FileDropChannel>();
        services.AddSingleton<IOutboxChannel>(_ => new WebhookChannel(WebhookChannel.CreateClient()));
        services.AddJob(new(OutboxDelivery.JobName, OutboxDelivery.Every, DeliverAsync) { NeedsLease = true });
        return services.AddJob(new(RetentionJob, TimeSpan.FromDays(1), EraseSettledAsync) { NeedsLease = true, RetryAfter = TimeSpan.FromHours(1) });
    }

    private static Task DeliverAsync(JobContext job, CancellationToken stop) => job.Services.GetRequiredService<OutboxDelivery>().RunAsync(job, stop);

    private static async Task EraseSettledAsync(JobContext job, CancellationToken stop)
    {
        var (time, settings) = (job.Services.GetRequiredService<TimeProvider>(), job.Services.GetRequiredService<IOptions<OutboxSettings>>());
        var last = time.GetUtcNow().AddDays(-settings.Value.KeepDays);
        await job.Services.GetRequiredService<DispatchContext>().Set<OutboxMessage>().Where(m => m.SettledAt < last).ExecuteDeleteAsync(stop);
    }
}
