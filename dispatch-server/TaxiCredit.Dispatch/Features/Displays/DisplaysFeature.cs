using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays.Life;
using TaxiCredit.Dispatch.Features.Displays.Mosquitto;
using TaxiCredit.Dispatch.Features.Displays.Reports;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Mqtt.Tls;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <summary>Displays: provisioning, twins, commands, incidents, and the broker that leads to them.</summary>
internal static class DisplaysFeature
{
    private const int MaxIncidents = 200;

    /// <summary>
    /// Needs a scoped <see cref="DispatchContext"/>, a <see cref="TimeProvider"/> and Data Protection with its key ring outside the
    /// database. The database must exist when the host starts.
    /// </summary>
    public static IServiceCollection AddDisplays(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<DisplaySettings>(configuration, DisplaySettings.Section, settings => settings.FindFault());
        services.AddSettings<MqttSettings>(configuration, MqttSettings.Section, settings => settings.FindFault());

        services.AddSingleton<SigningClock>().AddSingleton<RootKeySeal>().AddSingleton<MosquittoAccess>().AddSingleton<RefusedCounts>();
        services.AddSingleton<DisplayRegistry>().AddSingleton<ICabIdentities>(all => all.GetRequiredService<DisplayRegistry>());
        services.AddSingleton<TwinBoard>().AddSingleton<DisplayStandings>().AddSingleton<Repetition>().AddSingleton<ReportReader>().AddSingleton<LostCabs>();
        services.AddSingleton<CabInbox>().AddSingleton<CabAccess>().AddSingleton<DisplayLeadership>().AddSingleton<Reconciler>();
        services.AddSingleton<DisplayServices>().AddScoped<ReconcilePass>().AddScoped<CabClaims>().AddSingleton<FirstWord>().AddSingleton<DeadIdentities>();
        services.AddSingleton<IFactListener, ReconcileOnFacts>();

        // In this order: the broker refuses whom the registry does not know, and stops after those who publish through it.
        services.AddHostedService<DisplaysStart>();
        var external = configuration.GetSection(BrokerSettings.Section);
        if (external.Exists())
        {
            services.AddBroker<ExternalBroker>();
        }
        else
        {
            if (configuration.GetSection(TlsSettings.Section).Exists())
                services.AddSingleton<BrokerCertificate>().AddHostedService<CertificateUpkeep>();
            services.AddBroker<EmbeddedBroker>();
        }

        if (external[nameof(BrokerSettings.AccessFolder)] is not null)
            services.AddHostedService<AccessUpkeep>();
        services.AddHostedService(all => all.GetRequiredService<DisplayLeadership>());
        services.AddHostedService<ReportWriter>();
        services.AddHostedService(all => all.GetRequiredService<Reconciler>());
        return services;
    }

    public static RouteGroupBuilder MapDisplays(this RouteGroupBuilder api)
    {
        var displays = api.MapGroup("/displays").WithTags("Displays");
        displays.MapPost("/", ProvisionAsync).WithName("ProvisionDisplay").WithSummary("Provision a display for a cab")
            .WithDescription("Returns the unit's config.json with its root key. The key is shown this once and cannot be read again.")
            .Produces<UnitConfig>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
            .Takes(Permission.ProvisionDisplay);
        displays.MapGet("/", List).WithName("ListDisplays").WithSummary("All windscreens: what they ought to show and what they last measured")
            .Reads(Permission.ReadDisplays);
        displays.MapGet("/{id}", GetAsync).WithName("GetDisplay").WithSummary("Twin of one display, desired and reported")
            .Produces<DisplayView>().ProducesProblem(404).Reads(Permission.ReadDisplays);
        displays.MapGet("/{id}/incidents", ListIncidentsAsync).WithName("ListIncidents").WithSummary("What a display noticed, in order of arrival")
            .WithDescription($"Up to {MaxIncidents} after the id given as `after`.").Produces<IReadOnlyList<IncidentView>>().ProducesProblem(404)
            .Reads(Permission.ReadDisplays);
        displays.MapPost("/{id}/keys/rotate", RotateAsync).WithName("RotateDisplayKeys").WithSummary("Announce the next key epoch")
            .WithDescription("The display confirms it with its next state; until then the keys of both epochs are valid.")
            .Produces<KeyEpochs>().ProducesProblem(404).ProducesProblem(409).Takes(Permission.RotateKeys);
        displays.MapPost("/{id}/commands", CommandAsync).WithName("CommandDisplay").WithSummary("Self-test, identify or reboot a display that is online")
            .Produces<CommandView>(StatusCodes.Status202Accepted).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
            .Takes(Permission.CommandDisplay);
        displays.MapUnits();
        return api;
    }

    private static void AddBroker<T>(this IServiceCollection services)
        where T : class, ICabLink, IBrokerAddress, IHostedService
    {
        services.AddSingleton<T>();
        services.AddSingleton<ICabLink>(all => all.GetRequiredService<T>());
        services.AddSingleton<IBrokerAddress>(all => all.GetRequiredService<T>());
        services.AddHostedService(all => all.GetRequiredService<T>());
    }

    private static async Task<IResult> ProvisionAsync(
        ProvisionDisplay command, Acting actor, OperationContext context, DisplayServices displays, CancellationToken stop) =>
        (await ProvisionDisplay.HandleAsync(command with { Actor = actor }, context, displays, stop))
            .ToHttp(unit => Results.Created($"/api/v1/displays/{unit.Id}", unit));

    private static DisplaysView List(DisplayStandings standings, RefusedCounts refused, DisplayRegistry registry)
    {
        var (all, link) = (standings.All, standings.Link);
        var alarms = DisplayAlarms.Of(all, link);
        return new(
            ShownCounts.Of(all), all.Count(one => one.Standing.IsOnline), alarms.Count, alarms.Shared, link, refused.Of(null),
            registry.Held, ProgramCounts.Of(all), [.. all.Select(DisplayLine.Of)]);
    }

    private static async Task<IResult> GetAsync(
        string id, DispatchContext db, DisplayRegistry registry, TwinBoard board, DisplayStandings standings, RefusedCounts refused,
        CancellationToken stop)
    {
        // A display that was provisioned at this moment has no twin yet; the reconciler will derive it.
        if (!registry.TryFind(id, out var display) || !board.TryFind(display.Id, out var twin))
            return DisplayRules.Absent(id, registry).ToProblem();
        var config = await db.DesiredConfigs.AsNoTracking().SingleOrDefaultAsync(c => c.DisplayId == display.Id, stop);
        var incidents = await db.Incidents.LongCountAsync(i => i.DisplayId == display.Id, stop);
        return Results.Ok(new DisplayView(
            DisplayLine.Of(new(twin, standings.Of(twin))), DesiredRatingView.Of(twin.Desired), config is null ? null : DesiredConfigView.Of(config),
            ReportedView.Of(twin.Reported), new(display.Keys.Epoch, display.PendingKeys?.Epoch), incidents, refused.Of(display.Code)));
    }

    private static async Task<IResult> ListIncidentsAsync(
        string id, DispatchContext db, CancellationToken stop, long after = 0)
    {
        // Of one that is in no cab any more, too.
        if (await db.Displays.AsNoTracking().SingleOrDefaultAsync(d => d.Code == id, stop) is not { } display)
            return DisplayRules.Unknown(id).ToProblem();
        var incidents = await db.Incidents.AsNoTracking()
            .Where(i => i.DisplayId == display.Id && i.Id > after).OrderBy(i => i.Id).Take(MaxIncidents).ToListAsync(stop);
        return Results.Ok(incidents.ConvertAll(IncidentView.Of));
    }

    private static async Task<IResult> RotateAsync(
        string id, RotateKeys command, Acting actor, OperationContext context, DisplayServices displays, CancellationToken stop) =>
        (await RotateKeys.HandleAsync(id, command with { Actor = actor }, context, displays, stop)).ToHttp(Results.Ok);

    private static async Task<IResult> CommandAsync(
        string id, CommandDisplay command, Acting actor, OperationContext context, DisplayServices displays, CancellationToken stop) =>
        (await CommandDisplay.HandleAsync(id, command with { Actor = actor }, context, displays, stop)).ToHttp(given => Results.Accepted(null, given));
}

/// <summary>Loads displays and their last reports before the first cab can connect.</summary>
internal sealed class DisplaysStart(
    IServiceScopeFactory scopes, DisplayRegistry registry, ReportReader reader, IOptions<MqttSettings> settings) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DispatchContext>();
        await registry.RefreshAsync(db, cabIds: null, cancellationToken);
        // Nobody is connected to a broker that starts with this process; an external one tells who is.
        if (settings.Value.Broker is null)
            await db.ReportedTwins.Where(twin => twin.Online).ExecuteUpdateAsync(set => set.SetProperty(twin => twin.Online, false), cancellationToken);
        await reader.LoadAsync(db, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
