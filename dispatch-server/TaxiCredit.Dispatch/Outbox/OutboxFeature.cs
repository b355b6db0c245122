using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Outbox.Channels;

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
        services.AddSingleton<IOutboxChannel>(all => new WebhookChannel(WebhookChannel.CreateClient(), all.GetRequiredService<TimeProvider>()));
        services.AddChannels(configuration);
        services.AddJob(new(OutboxDelivery.JobName, OutboxDelivery.Every, DeliverAsync) { NeedsLease = true });
        return services.AddJob(new(RetentionJob, TimeSpan.FromDays(1), EraseSettledAsync) { NeedsLease = true, RetryAfter = TimeSpan.FromHours(1) });
    }

    public static void MapOutbox(this RouteGroupBuilder api)
    {
        var outbox = api.MapGroup("/outbox").WithTags("Outbox");
        outbox.MapGet("/failed", (DispatchContext db, CancellationToken stop) => db.FailedMessagesAsync(stop))
            .WithSummary("Messages that failed for good and hold up their recipients, oldest first").ProducesProblem(403).Reads(Permission.ManageOutbox);
        outbox.MapPost("/{id:long}/retry", async (long id, Acting actor, OperationContext context, CancellationToken stop) =>
                (await RetryMessage.HandleAsync(id, new(actor), context, stop)).ToHttp(_ => Results.NoContent()))
            .WithSummary("Give a failed message all its attempts again").Produces(204).ProducesProblem(404).ProducesProblem(409).Takes(Permission.ManageOutbox);
        outbox.MapPost("/{id:long}/discard", async (long id, DiscardMessage command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await DiscardMessage.HandleAsync(id, command with { Actor = actor }, context, stop)).ToHttp(_ => Results.NoContent()))
            .WithSummary("Give a failed message up, with a reason on record").Produces(204).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
            .Takes(Permission.ManageOutbox);
    }

    private static Task DeliverAsync(JobContext job, CancellationToken stop) => job.Services.GetRequiredService<OutboxDelivery>().RunAsync(job, stop);

    private static async Task EraseSettledAsync(JobContext job, CancellationToken stop)
    {
        var (time, settings) = (job.Services.GetRequiredService<TimeProvider>(), job.Services.GetRequiredService<IOptions<OutboxSettings>>());
        var last = time.GetUtcNow().AddDays(-settings.Value.KeepDays);
        await job.Services.GetRequiredService<DispatchContext>().Set<OutboxMessage>().Where(m => m.SettledAt < last).ExecuteDeleteAsync(stop);
    }
}
