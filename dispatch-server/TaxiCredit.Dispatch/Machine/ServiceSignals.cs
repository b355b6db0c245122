using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting.Systemd;

namespace TaxiCredit.Dispatch.Machine;

/// <summary>
/// Tells the system's service supervisor what systemd's sd_notify(3) names: ready, stopping, and, while this server answers itself over HTTP, that it
/// lives. A server that hangs is so ended and started again. Does nothing where no supervisor listens.
/// </summary>
internal sealed partial class ServiceSignals(
    ISystemdNotifier supervisor, IServer server, IHostApplicationLifetime life, IConfiguration configuration, TimeProvider time,
    ILogger<ServiceSignals> log) : BackgroundService
{
    private const string WatchdogVariable = "WATCHDOG_USEC";

    /// <summary>Signs of life in the supervisor's patience: one may be late.</summary>
    private const int BeatsInPatience = 3;

    private static readonly ServiceState Alive = new("WATCHDOG=1");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!supervisor.IsEnabled)
            return;
        life.ApplicationStopping.Register(() => supervisor.Notify(ServiceState.Stopping));
        await StartedAsync(stoppingToken);
        supervisor.Notify(ServiceState.Ready);
        if (!long.TryParse(configuration[WatchdogVariable], out var patience) || patience <= 0)
            return;
        var every = TimeSpan.FromMicroseconds(patience) / BeatsInPatience;
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = every };
        using var beat = new PeriodicTimer(every, time);
        do
        {
            if (await AnswersAsync(client, stoppingToken))
                supervisor.Notify(Alive);
        }
        while (await beat.WaitForNextTickAsync(stoppingToken));
    }

    private async Task StartedAsync(CancellationToken stop)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = life.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stop);
    }

    /// <summary>Any answer is one: which host names and schemes are allowed is not the question.</summary>
    private async Task<bool> AnswersAsync(HttpClient client, CancellationToken stop)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/livez"), stop);
            return true;
        }
        catch (Exception silence) when (silence is HttpRequestException || (silence is OperationCanceledException && !stop.IsCancellationRequested))
        {
            LogSilent(silence.Message);
            return false;
        }
    }

    [LoggerMessage(5012, LogLevel.Error, "The server does not answer itself, and no sign of life is given to the supervisor: {Reason}")]
    private partial void LogSilent(string reason);
}
