using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Mosquitto;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Wire;

namespace Benchmarks.Retained;

/// <summary>A broker as a process of its own, and the server's way to it.</summary>
internal interface IBrokerProcess : IAsyncDisposable
{
    int Port { get; }

    /// <summary>Publishes a rating for each of the first displays, retained.</summary>
    /// <returns>Seconds.</returns>
    Task<double> FillAsync(int ratings);

    /// <summary>Resident memory, after whatever the process collects is collected.</summary>
    Task<long> SettledBytesAsync();
}

internal static class Filling
{
    /// <summary>As long as a rating with its envelope.</summary>
    private static readonly byte[] Rating = Encoding.ASCII.GetBytes(new string('r', 300));

    public static async Task<double> FillAsync(this ICabLink link, int ratings)
    {
        var clock = Stopwatch.StartNew();
        await SendWindow.SendAsync(
            Enumerable.Range(0, ratings),
            n => link.PublishAsync(Topics.Of(RegisteredCity.Code(n), Topics.Rating), Rating, retain: true, CancellationToken.None),
            () => ValueTask.CompletedTask, CancellationToken.None);
        return clock.Elapsed.TotalSeconds;
    }
}

/// <summary>The embedded broker with registry and access control, without the rest of the server.</summary>
internal sealed class EmbeddedProcess(Process process, int port) : IBrokerProcess
{
    /// <summary>First word of the command line that makes this program the broker's process.</summary>
    public const string Command = "embedded-broker";

    public int Port => port;

    public static async Task<EmbeddedProcess> StartAsync(RegisteredCity city)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Benchmarks.dll");
        var start = new ProcessStartInfo("dotnet", [program, Command, city.Folder]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        return new(process, int.Parse((await process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture));
    }

    /// <summary>The process itself: answers lines until its input ends.</summary>
    public static async Task<int> RunAsync(string folder)
    {
        await using var server = DispatchServer.Build(
            new() { Data = folder, Port = 0, MqttPort = 0 }, services => services.AddLogging(log => log.ClearProviders()));
        await using (var scope = server.Services.CreateAsyncScope())
            await server.Services.GetRequiredService<DisplayRegistry>()
                .RefreshAsync(scope.ServiceProvider.GetRequiredService<DispatchContext>(), null, CancellationToken.None);
        var broker = server.Services.GetRequiredService<EmbeddedBroker>();
        await broker.StartAsync(CancellationToken.None);
        Console.WriteLine(broker.Port);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (int.TryParse(line, CultureInfo.InvariantCulture, out var ratings))
                Console.WriteLine((await broker.FillAsync(ratings)).ToString(CultureInfo.InvariantCulture));
            else
                Console.WriteLine(Settle());
        }
        await broker.StopAsync(CancellationToken.None);
        return 0;
    }

    public async Task<double> FillAsync(int ratings) => double.Parse(await AskAsync($"{ratings}"), CultureInfo.InvariantCulture);

    public async Task<long> SettledBytesAsync() => long.Parse(await AskAsync("settle"), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static long Settle()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    private async Task<string> AskAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        return await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The embedded broker has ended.");
    }
}

/// <summary>Mosquitto with the files that the server generates, and the server's link to it.</summary>
internal sealed class MosquittoProcess(Process process, IHost server, ExternalBroker link, int port, string folder) : IBrokerProcess
{
    public int Port => port;

    public static async Task<MosquittoProcess> StartAsync(RegisteredCity city)
    {
        var folder = Directory.CreateTempSubdirectory("taxicredit-bench-mosquitto-").FullName;
        var (serverPort, cabPort) = (LoopbackPort.Take(), LoopbackPort.Take());
        var server = DispatchServer.Build(city.Options with
        {
            Settings = new Dictionary<string, string?>
            {
                ["Mqtt:Broker:Host"] = "127.0.0.1",
                ["Mqtt:Broker:Port"] = $"{serverPort}",
                ["Mqtt:Broker:CabPort"] = $"{cabPort}",
                ["Mqtt:Broker:Password"] = "of this bench",
            },
        }, services => services.AddLogging(log => log.ClearProviders()));
        await using (var scope = server.Services.CreateAsyncScope())
            await server.Services.GetRequiredService<MosquittoAccess>().WriteAsync(
                folder, server.Services.GetRequiredService<IOptions<MqttSettings>>().Value.Broker!, scope.ServiceProvider.GetRequiredService<DispatchContext>(),
                CancellationToken.None);
        var process = await RunAsync(folder);
        var link = server.Services.GetRequiredService<ExternalBroker>();
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        link.Connected += () => connected.TrySetResult();
        await link.StartAsync(CancellationToken.None);
        await connected.Task;
        return new(process, server, link, cabPort, folder);
    }

    public Task<double> FillAsync(int ratings) => link.FillAsync(ratings);

    public Task<long> SettledBytesAsync()
    {
        process.Refresh();
        return Task.FromResult(process.WorkingSet64);
    }

    public async ValueTask DisposeAsync()
    {
        await link.StopAsync(CancellationToken.None);
        server.Dispose();
        Signals.Terminate(process);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<Process> RunAsync(string folder)
    {
        var settings = Path.Combine(folder, "mosquitto.conf");
        // As root it would change to a user that cannot read the folder.
        var user = Environment.IsPrivilegedProcess ? "user root\n" : "";
        await File.WriteAllTextAsync(
            settings, $"{user}log_dest stderr\n{await File.ReadAllTextAsync(Path.Combine(folder, MosquittoAccess.SettingsFile))}");
        var process = Process.Start(new ProcessStartInfo("mosquitto", ["-c", settings]) { RedirectStandardError = true })!;
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (!line.EndsWith(" running", StringComparison.Ordinal))
                continue;
            _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
            return process;
        }
        throw new InvalidOperationException("Mosquitto did not start.");
    }
}
