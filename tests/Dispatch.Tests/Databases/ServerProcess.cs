using System.Diagnostics;
using TaxiCredit.Dispatch;

namespace Dispatch.Tests.Databases;

/// <summary>The program as a process of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, string address) => (_process, Address) = (process, address);

    public string Address { get; }

    /// <summary>A process of the program with the folder and the database of some options, not yet awaited.</summary>
    public static Process Begin(DispatchOptions options, params string[] arguments) => Begin(options, [], arguments);

    private static Process Begin(DispatchOptions options, Dictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "TaxiCredit.Dispatch.dll"), .. arguments, "--data", options.Data])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (options.DatabaseConnection is { } connection)
        {
            start.Environment["Database__Provider"] = options.DatabaseProvider;
            start.Environment["Database__Connection"] = connection;
        }

        foreach (var (key, value) in options.Settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Serves and takes requests when this returns.</summary>
    public static Task<ServerProcess> StartAsync(DispatchOptions options) => StartAsync(options, []);

    /// <summary>As <see cref="StartAsync(DispatchOptions)"/>; it kills itself at a step of what it does from then on, see <see cref="StartupHook"/>.</summary>
    public static async Task<ServerProcess> StartAsync(DispatchOptions options, string killAt, int batchDrivers)
    {
        await options.SignTomorrowAsync();
        var armed = Path.Combine(options.Data, "armed");
        var server = await StartAsync(options, new()
        {
            ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
            [StartupHook.KillAt] = $"{killAt} {armed}",
            ["Close__BatchDrivers"] = $"{batchDrivers}",
        });
        await File.WriteAllTextAsync(armed, "");
        return server;
    }

    private static async Task<ServerProcess> StartAsync(DispatchOptions options, Dictionary<string, string> environment)
    {
        var process = Begin(options, environment, ["serve", "--port", $"{options.Port}", "--mqtt-port", $"{options.MqttPort}"]);
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("ready ", StringComparison.Ordinal))
                return new ServerProcess(process, $"http://127.0.0.1:{options.Port}");
        }

        await process.WaitForExitAsync();
        throw new InvalidOperationException($"The server ended with {process.ExitCode} before it was ready.");
    }

    /// <summary>Asks it to stop, as systemd does, and waits.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public Task WaitForExitAsync() => _process.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
