using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Mqtt;

namespace TaxiCredit.Dispatch.Features.Displays.Mosquitto;

/// <summary>Writes Mosquitto's files again whenever the registry has changed, and has Mosquitto read them.</summary>
internal sealed partial class AccessUpkeep : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly MosquittoAccess _access;
    private readonly BrokerSettings _settings;
    private readonly IServiceScopeFactory _scopes;
    private readonly ILogger<AccessUpkeep> _log;

    public AccessUpkeep(
        DisplayRegistry registry, MosquittoAccess access, IOptions<MqttSettings> settings, IServiceScopeFactory scopes, ILogger<AccessUpkeep> log)
    {
        (_access, _settings, _scopes, _log) = (access, settings.Value.Broker!, scopes, log);
        registry.Changed += () => _signal.Writer.TryWrite(true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _signal.Reader.WaitToReadAsync(stoppingToken))
        {
            // Signal before work: a change in between gives it again.
            _signal.Reader.TryRead(out _);
            try
            {
                await using var scope = _scopes.CreateAsyncScope();
                var displays = await _access.WriteAsync(
                    _settings.AccessFolder!, _settings, scope.ServiceProvider.GetRequiredService<DispatchContext>(), stoppingToken);
                LogWritten(_settings.AccessFolder!, displays);
                await ReloadAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault, _settings.AccessFolder);
                // What was not written may be an identity that has to end.
                await Task.Delay(RetryAfter, stoppingToken);
                _signal.Writer.TryWrite(true);
            }
        }
    }

    private async Task ReloadAsync(CancellationToken stop)
    {
        if (_settings.PidFile is not { } file)
            return;
        var pid = (await File.ReadAllTextAsync(file, stop)).Trim();
        using var kill = Process.Start("kill", ["-HUP", "--", pid]);
        await kill.WaitForExitAsync(stop);
        if (kill.ExitCode != 0)
            throw new InvalidOperationException($"Mosquitto, process {pid} by {file}, could not be sent SIGHUP.");
    }

    [LoggerMessage(4009, LogLevel.Information, "Wrote {Displays} displays to Mosquitto's files in {Folder}")]
    private partial void LogWritten(string folder, int displays);

    [LoggerMessage(4010, LogLevel.Error,
        "Failed to update Mosquitto's files in {Folder}; new displays and new keys are refused, and old ones taken, until it succeeds; retrying")]
    private partial void LogFailed(Exception fault, string? folder);
}
