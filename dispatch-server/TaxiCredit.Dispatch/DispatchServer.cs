using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Hosting.Systemd;
using TaxiCredit.Dispatch.Components;
using TaxiCredit.Dispatch.Components.Access;
using TaxiCredit.Dispatch.Components.Accounts;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Features.Archive;
using TaxiCredit.Dispatch.Features.Backups;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Features.Desk;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Health;
using TaxiCredit.Dispatch.Features.Holds;
using TaxiCredit.Dispatch.Features.LostProperty;
using TaxiCredit.Dispatch.Features.Metrics;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Notices;
using TaxiCredit.Dispatch.Features.Passengers;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Features.Photos;
using TaxiCredit.Dispatch.Features.Prospects;
using TaxiCredit.Dispatch.Features.Readiness;
using TaxiCredit.Dispatch.Features.Recognition;
using TaxiCredit.Dispatch.Features.Registers;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Features.Statistics;
using TaxiCredit.Dispatch.Features.Upkeep;
using TaxiCredit.Dispatch.Features.Workshop;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Logs;
using TaxiCredit.Dispatch.Machine;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Operations.Reads;
using TaxiCredit.Dispatch.Outbox;
using TaxiCredit.Dispatch.Pdf;

namespace TaxiCredit.Dispatch;

/// <summary>Puts the server together: services, pages and the API.</summary>
internal static partial class DispatchServer
{
    /// <summary>Files that a warning names.</summary>
    private const int MaxNamed = 5;

    /// <summary>What is not done by then is cut off: whoever restarts the machine waits no longer.</summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(4);

    /// <summary>A server that is ready to start. Its database is brought up to date by <see cref="PrepareAsync"/>.</summary>
    /// <param name="change">Last word on the services: what a program adds to the server, or a test's clock.</param>
    public static WebApplication Build(DispatchOptions options, Action<IServiceCollection>? change = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(DispatchServer).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseStaticWebAssets();
        // From a build folder, files of wwwroot would be read each time and sent uncompressed, in case they are edited while the server runs.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] ??= "false";
        var connections = new OpenConnections();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = Problems.MaxBodyBytes;
            kestrel.Listen(FrontSettings.Read(builder.Configuration).ListenAddress, options.Port, connections.Watch);
            if (MetricsFeature.PortOf(builder.Configuration) is { } metrics)
                kestrel.Listen(IPAddress.Loopback, metrics);
        });
        builder.Logging.ClearProviders().AddProvider(new ConsoleLines(Console.Out, TimeProvider.System));
        var file = SettingsFile.Add(builder.Configuration, options.SettingsFile);
        builder.Configuration["Mqtt:Port"] = $"{options.MqttPort}";
        builder.Configuration.AddInMemoryCollection(options.DatabaseConfiguration);
        builder.Configuration.AddInMemoryCollection(options.Settings);
        _ = MetricsFeature.PortOf(builder.Configuration);
        Directory.CreateDirectory(options.Data);
        AddServices(builder.Services, options, builder.Configuration);
        if (KnownSettings.Of(builder.Services).FindFault(builder.Configuration, file) is { } fault)
            throw new InvalidDataException(fault);
        change?.Invoke(builder.Services);
        var app = builder.Build();
        connections.EndWithin(app.Lifetime);
        app.Lifetime.ApplicationStarted.Register(app.Services.GetRequiredService<WriteGate>().Serve);
        Map(app);
        return app;
    }

    /// <summary>Brings the database up to date and takes up what an earlier run has set. Call once before starting.</summary>
    /// <exception cref="InvalidDataException">
    /// The database belongs to a newer version of this program, or to one that is too early to be taken over; or a rulebook's file reaches back to what is
    /// settled; or a restore into the data folder was cut off.
    /// </exception>
    /// <param name="isReadOnly">Nothing will be decided or closed: a rulebook that reaches back is left out instead.</param>
    public static async Task PrepareAsync(this WebApplication app, string city, CancellationToken stop, bool isReadOnly = false)
    {
        var folder = app.Services.GetRequiredService<DataFolder>();
        if (RestoreFolder.IsBegun(folder))
            throw new InvalidDataException($"A restore into {folder.Path} is at work or was cut off. Run it again; it begins anew.");
        if (PrivateFiles.FindLooser(folder.Path, MaxNamed) is { Count: > 0 } looser)
            LogLooser(app.Services.GetRequiredService<ILogger<DataFolder>>(), string.Join(", ", looser));
        await using var alone = await StartLock.TakeAsync(app.Services.GetRequiredService<DatabaseSettings>(), stop);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DispatchContext>();
        await DatabaseUpgrade.RunAsync(db, stop);
        await ChronicleAdoption.RunAsync(db, scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow(), stop);
        await CabCodes.GiveMissingAsync(db, stop);
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Spelling));
        await SpellingKeys.GiveMissingAsync(db, log, stop);
        await AccountNumbers.RespellAsync(db, log, stop);
        if (await db.Settings.FindAsync([Setting.City], stop) is null)
        {
            db.Settings.Add(new Setting { Name = Setting.City, Value = city });
            await db.SaveChangesAsync(stop);
        }

        await LeafAdoption.RunAsync(db, stop);
        await RestoredMark.TakeAsync(folder, db, scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow(), stop);
        await scope.ServiceProvider.GetRequiredService<BureauTime>().LoadAsync(db, stop);
        await CaseLifeAdoption.RunAsync(scope.ServiceProvider.GetRequiredService<OperationContext>(), stop);
        await scope.ServiceProvider.GetRequiredService<RulebookUse>().LoadAsync(db, stop);
        if (!isReadOnly && scope.ServiceProvider.GetRequiredService<InstalledRulebooks>().Faults is { Count: > 0 } faults)
            throw new InvalidDataException(string.Join('\n', faults));
        // A file that cannot be read stops the start, not the first that needs it.
        if (!isReadOnly)
            app.Services.GetRequiredService<BureauCalendar>();
    }

    [LoggerMessage(5001, LogLevel.Warning, "Other users of this machine may read or change {Paths}: chmod -R go= the data folder")]
    private static partial void LogLooser(ILogger log, string paths);

    private static void AddServices(IServiceCollection services, DispatchOptions options, IConfiguration configuration)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = StopWithin);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<BureauTime>();
        services.AddSingleton<ChainVerification>();
        services.AddStatistics();
        services.AddSingleton(InstalledRulebooks.Read(InstalledRulebooks.UsualFolder, options.Rulebook));
        services.AddSingleton(options.Folder);
        DatabaseSettings.Read(configuration, options.Folder).AddTo(services);
        services.AddScoped<OperationContext>().AddSingleton<OperationTimes>().AddSingleton<Facts>().AddSingleton<Beginnings>();
        services.AddSingleton<RulebookUse>().AddSingleton<EntryGuard>();
        KnownSettings.Of(services).AddFree("Logging").Add(
            "AllowedHosts", DatabaseSettings.ProviderKey, DatabaseSettings.ConnectionKey, MetricsFeature.PortKey, PdfFonts.RegularKey, PdfFonts.BoldKey);
        services.AddSettings<ReachSettings>(configuration, ReachSettings.Section, _ => null);
        services.AddSingleton<Reachability>();
        services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(options.Folder.Keys)).SetApplicationName("TaxiCredit");
        services.AddAccounts(configuration);
        services.AddTransport(configuration);
        services.AddFormLimit(configuration);
        services.AddAnchor(configuration);
        services.AddDisplays(configuration);
        services.AddPhotos();
        services.AddRegisters();
        services.AddPassengers(configuration);
        services.AddLostProperty(configuration);
        services.AddMonthClose(configuration);
        services.AddMembers();
        services.AddCases(configuration);
        services.AddSingleton<IStarsForecast, ProspectForecast>();
        services.AddSingleton<ICaseCompanions, ReportsOfCases>();
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Problems.Complete);
        services.AddOutbox(configuration);
        services.AddHealth();
        services.AddBackups(configuration);
        services.AddMetricsText();
        services.AddSingleton<ReadSpool>().AddSingleton<ReadsToLog>().AddJob(ReadsToLog.Job);
        services.AddNotices(configuration);
        services.AddCalendar(configuration);
        services.AddJob(Once.Job);
        services.AddSingleton<ISystemdNotifier, SystemdNotifier>().AddHostedService<ServiceSignals>();
        services.AddJobs();
        services.AddExceptionHandler<Problems>();
        services.AddOpenApi("v1", document => document.AddSchemaTransformer(ActorOfBodies.HideAsync));
        services.AddPages();
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new PlainTextConverter());
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            ActorOfBodies.Leave(json.SerializerOptions);
        });
    }

    private static void Map(WebApplication app)
    {
        app.UseMetricsPort(MetricsFeature.PortOf(app.Configuration));
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            SuppressDiagnosticsCallback = c => c.ExceptionHandledBy == ExceptionHandledType.ExceptionHandlerService,
        });
        app.UseTransport();
        app.UseStatusCodePages();
        app.UsePageHeaders();
        app.UseBodyLimit();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseTypedCodes();
        app.UseAdmission();
        RateLimits.Use(app);
        app.UseAntiforgery();
        app.UseStaleForms();
        app.UsePlainText();
        app.MapPages();
        app.MapAccountEndpoints();

        app.MapOpenApi();
        app.MapHealth(context => context.RequestServices.GetRequiredService<Caller>().Current is { } person && person.MayWithAll(Permission.ReadJobs));
        app.MapGroup("/api/v1").MapPublicMonths();
        app.MapLog();
        app.MapRulebookTexts();
        app.MapBulletins();
        var api = app.MapGroup("/api/v1").RequireAuthorization(AccountsFeature.Api);
        api.MapAccounts();
        api.MapRoster();
        api.MapRegisters();
        api.MapCases();
        api.MapMonthClose();
        api.MapReadiness();
        api.MapDisplays();
        api.MapWorkshop();
        api.MapRecognition();
        api.MapPassengers();
        api.MapDesk();
        api.MapLostProperty();
        api.MapRulebooks();
        api.MapHolds();
        api.MapUpkeep();
        api.MapHealthDetails();
        api.MapOutbox();
        api.MapCalendar();
    }
}
