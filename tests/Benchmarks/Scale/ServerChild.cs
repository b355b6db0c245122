using System.Diagnostics;
using System.Globalization;
using TaxiCredit.Dispatch;

namespace Benchmarks.Scale;

/// <summary>The program in a process of its own, whose memory can be told from the benchmark's.</summary>
internal sealed class ServerChild : IAsyncDisposable
{
    private readonly Process _process;

    private ServerChild(Process process) => _process = process;

    public Uri Address { get; private init; } = new("http://127.0.0.1/");

    /// <summary>Serves and takes requests when this returns.</summary>
    public static async Task<ServerChild> ServeAsync(DispatchOptions options)
    {
        var port = LoopbackPort.Take();
        var server = new ServerChild(Begin(options, "serve", "--port", $"{port}", "--mqtt-port", $"{LoopbackPort.Take()}"))
        {
            Address = new($"http://127.0.0.1:{port}"),
        };
        while (await server._process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("ready ", StringComparison.Ordinal))
                continue;
            _ = server._process.StandardOutput.ReadToEndAsync();
            return server;
        }

        throw new InvalidOperationException("The server ended before it was ready.");
    }

    public static ServerChild Start(DispatchOptions options, params string[] arguments)
    {
        var child = new ServerChild(Begin(options, arguments));
        _ = child._process.StandardOutput.ReadToEndAsync();
        return child;
    }

    private static Process Begin(DispatchOptions options, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "TaxiCredit.Dispatch.dll"), .. arguments, "--data", options.Data])
        {
            RedirectStandardOutput = true,
        };
        if (options.DatabaseConnection is { } connection)
            (start.Environment["Database__Provider"], start.Environment["Database__Connection"]) = (options.DatabaseProvider, connection);
        return Process.Start(start)!;
    }

    /// <summary>Most memory that the process has held so far, in MB; 0 once it has ended.</summary>
    public double PeakMegabytes()
    {
        try
        {
            return File.ReadLines($"/proc/{_process.Id}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)) is { } line
                ? double.Parse(line.AsSpan(6, line.Length - 8), NumberStyles.Float, CultureInfo.InvariantCulture) / 1024
                : 0;
        }
        catch (IOException) when (_process.HasExited)
        {
            return 0;
        }
    }

    /// <summary>Waits for the end, looking at the memory all the while.</summary>
    public async Task<double> PeakMegabytesUntilExitAsync()
    {
        var most = 0.0;
        var exit = _process.WaitForExitAsync();
        while (await Task.WhenAny(exit, Task.Delay(TimeSpan.FromMilliseconds(100))) != exit)
            most = Math.Max(most, PeakMegabytes());
        if (_process.ExitCode != 0)
            throw new InvalidOperationException($"The program ended with {_process.ExitCode}.");
        return most;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            Signals.Terminate(_process);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
