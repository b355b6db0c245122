using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Dispatch.Tests.Displays;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Features.Displays.Mosquitto;
using TaxiCredit.Dispatch.Mqtt;

namespace Dispatch.Tests.Mqtt;

/// <summary>
/// Mosquitto from Debian's package on loopback and free ports, with the files that the server generates. A shell starts it and ends it when its
/// standard input closes, so that it ends with the tests, whichever way those end. Its number is told before it can say anything itself.
/// </summary>
internal sealed class MosquittoServer : IAsyncDisposable
{
    private const string StartThenStop = """
        sh -c 'echo "pid $$"; exec mosquitto -c "$0" 2>&1' "$0" &
        cat >/dev/null
        kill "$!" 2>/dev/null
        wait
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("taxicredit-mosquitto-").FullName;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentDictionary<TaskCompletionSource, string> _awaited = new();
    private Process? _shell;

    public string Folder => _folder;

    public int Pid { get; private set; }

    public int ServerPort { get; } = LoopbackPort.Take();

    public int CabPort { get; } = LoopbackPort.Take();

    public string PidFile => Path.Combine(_folder, "mosquitto.pid");

    /// <summary>What a server has to be told to use this broker.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Mqtt:Broker:Host"] = "127.0.0.1",
        ["Mqtt:Broker:Port"] = $"{ServerPort}",
        ["Mqtt:Broker:CabPort"] = $"{CabPort}",
        ["Mqtt:Broker:Password"] = "a password of the server's own",
    };

    /// <summary>Lets a city write the files, and starts.</summary>
    public async Task StartAsync(DisplayCity city)
    {
        var settings = city.Server.Services.GetRequiredService<IOptions<MqttSettings>>().Value.Broker!;
        await city.WithDbAsync(db => city.Server.Services.GetRequiredService<MosquittoAccess>().WriteAsync(_folder, settings, db, CancellationToken.None));
        await StartAsync();
    }

    /// <summary>Starts with the files as they are, after <see cref="KillAsync"/> too; returns when it takes connections.</summary>
    public async Task StartAsync()
    {
        var settings = Path.Combine(_folder, "mosquitto.conf");
        // It would change its user to one that cannot read the folder of a test that runs as root.
        await File.WriteAllTextAsync(settings, $"""
            {(Environment.IsPrivilegedProcess ? "user root" : "")}
            pid_file {PidFile}
            log_dest stderr
            log_type all
            {await File.ReadAllTextAsync(Path.Combine(_folder, MosquittoAccess.SettingsFile))}
            """);
        var running = AwaitLineAsync(" running");
        _shell = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", StartThenStop, settings]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Pid = int.Parse((await _shell.StandardOutput.ReadLineAsync())![4..], CultureInfo.InvariantCulture);
        _ = ReadAsync(_shell.StandardOutput);
        await running;
    }

    /// <summary>Ends it as <c>kill -9</c> does, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        using (var mosquitto = Process.GetProcessById(Pid))
            mosquitto.Kill();
        await StopAsync();
    }

    /// <summary>Takes what is sent and answers nothing, until what is returned is disposed.</summary>
    public IDisposable Freeze()
    {
        Signal("-STOP");
        return new Frozen(this);
    }

    /// <summary>Waits for a line of its log that is yet to come.</summary>
    public async Task AwaitLineAsync(string part)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited[seen] = part;
        try
        {
            await seen.Task.WaitAsync(DisplayCity.Patience);
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException($"Mosquitto did not say '{part}' but:\n{string.Join('\n', _lines)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Console.WriteLine(string.Join('\n', _lines));
        Directory.Delete(_folder, recursive: true);
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{Pid}"])!;
        kill.WaitForExit();
    }

    private async Task StopAsync()
    {
        if (_shell is null)
            return;
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
        _shell = null;
    }

    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            _lines.Enqueue(line);
            foreach (var (seen, part) in _awaited)
            {
                if (line.Contains(part, StringComparison.Ordinal) && _awaited.TryRemove(seen, out _))
                    seen.TrySetResult();
            }
        }
    }

    private sealed class Frozen(MosquittoServer server) : IDisposable
    {
        public void Dispose() => server.Signal("-CONT");
    }
}
