using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Health;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Outbox;

namespace TaxiCredit.Dispatch.Features.Metrics;

/// <summary>Figures for Prometheus on a port of their own, which serves nothing else: <c>Metrics:Port</c>, none by default.</summary>
internal static class MetricsFeature
{
    public const string PortKey = "Metrics:Port";

    /// <exception cref="InvalidDataException">The setting is no port.</exception>
    public static int? PortOf(IConfiguration configuration) => configuration[PortKey] switch
    {
        null or "" => null,
        var said when ushort.TryParse(said, out var port) && port > 0 => port,
        var said => throw new InvalidDataException($"{PortKey} is '{said}'; it takes 1 to 65535."),
    };

    public static void AddMetricsText(this IServiceCollection services) =>
        services.AddSingleton<ShownLatency>().AddHostedService(all => all.GetRequiredService<ShownLatency>());

    /// <summary>Goes before everything else: what comes by that port is answered here.</summary>
    public static void UseMetricsPort(this WebApplication app, int? port)
    {
        if (port is null)
            return;
        app.Use(async (context, next) =>
        {
            if (context.Connection.LocalPort != port)
            {
                await next(context);
                return;
            }

            if (context.Request.Path != "/metrics")
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            context.Response.ContentType = MetricsText.ContentType;
            await context.Response.WriteAsync(await ReadAsync(context.RequestServices, context.RequestAborted), context.RequestAborted);
        });
    }

    /// <summary>What lies in memory is always told; what the database must be asked for is left out while it does not serve.</summary>
    public static async Task<string> ReadAsync(IServiceProvider services, CancellationToken stop)
    {
        var text = new MetricsText();
        WriteServer(text, services);
        WriteDisplays(text, services);
        try
        {
            await WriteStoredAsync(text, services.GetRequiredService<DispatchContext>(), services.GetRequiredService<TimeProvider>().GetUtcNow(), stop);
        }
        catch (Exception fault) when (Outages.Of(fault) is not null)
        {
            // The check named database says so.
        }

        return text.ToString();
    }

    private static void WriteServer(MetricsText text, IServiceProvider services)
    {
        var (gate, now) = (services.GetRequiredService<WriteGate>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        var health = services.GetRequiredService<HealthBoard>().All;
        text.Gauge("taxicredit_health", "1 in order, 0.5 to be looked at, 0 failed", health.Select(line => ("check", line.Name, ValueOf(line.Finding.State))));
        text.Gauge("taxicredit_health_age_seconds", "Since the check was looked at", health.Select(line => ("check", line.Name, (now - line.At).TotalSeconds)));
        text.Gauge("taxicredit_write_waiting", "Writers that wait for their turn", gate.Waiting);
        text.Counter("taxicredit_write_sent_away_total", "Writers that were told to come again", [("", "", gate.SentAway)]);
        text.Histogram("taxicredit_write_wait_seconds", "What writers waited for their turn", [("", "", gate.Waits)]);
        text.Histogram(
            "taxicredit_operation_seconds", "From the beginning of an operation to its commit, waiting included",
            services.GetRequiredService<OperationTimes>().All.Select(one => ("operation", one.Key, one.Value)));
        text.Gauge("process_resident_memory_bytes", "Resident memory of the server", Environment.WorkingSet);
    }

    private static double ValueOf(HealthState state) => state switch
    {
        HealthState.Ok => 1,
        HealthState.Warning => 0.5,
        _ => 0,
    };

    private static void WriteDisplays(MetricsText text, IServiceProvider services)
    {
        var standings = services.GetRequiredService<DisplayStandings>();
        var all = standings.All;
        text.Gauge(
            "taxicredit_displays", "Displays by what the server knows of them",
            Enum.GetValues<DisplayState>().Select(state =>
                ("state", state.ToString().ToLowerInvariant(), (double)all.Count(one => one.Standing.State == state))));
        text.Gauge("taxicredit_display_alarms", "Alarms on the wall; many displays with one cause are one", DisplayAlarms.Of(all, standings.Link).Count);
        text.Gauge("taxicredit_display_backlog", "Incidents that displays have noted and not yet sent", all.Sum(one => (double)one.Twin.Reported.Backlog));
        text.Histogram(
            "taxicredit_publish_to_shown_seconds", "From signing to the lights as measured, in whole seconds",
            [("", "", services.GetRequiredService<ShownLatency>().Seconds)]);
        text.Counter(
            "taxicredit_refused_total", "What came over MQTT and was refused, by reason",
            services.GetRequiredService<RefusedCounts>().Of(null).Select(refused => ("reason", refused.Key, (double)refused.Value)));
    }

    private static async Task WriteStoredAsync(MetricsText text, DispatchContext db, DateTimeOffset now, CancellationToken stop)
    {
        var open = db.Set<OutboxMessage>().Where(m => m.SettledAt == null);
        var oldest = await open.MinAsync(m => (DateTimeOffset?)m.CreatedAt, stop);
        var age = oldest is { } at ? (now - at).TotalSeconds : 0;
        text.Gauge("taxicredit_outbox_oldest_seconds", "Age of the oldest message that is not delivered; 0 for none", age);
        text.Gauge("taxicredit_outbox_failed", "Messages that wait for a person", await open.CountAsync(m => m.Status == OutboxStatus.Failed, stop));
        var undecided = db.Cases.Where(c => CaseLife.Open.Contains(c.Status));
        text.Gauge("taxicredit_cases_undecided", "Cases that wait for a decision", await undecided.CountAsync(stop));
        var closes = await db.Closes.AsNoTracking().Where(c => c.Status == CloseStatus.Open)
            .Select(c => new { c.Period, c.TalliedThrough, c.DriversThrough }).ToListAsync(stop);
        text.Gauge(
            "taxicredit_close_progress_ratio", "Part of the drivers' ids that a close being tallied has passed",
            closes.Select(c => ("period", c.Period, c.DriversThrough == 0 ? 0 : c.TalliedThrough / (double)c.DriversThrough)));
    }
}
