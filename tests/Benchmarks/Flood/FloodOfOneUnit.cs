using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using Benchmarks.Retained;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Reports;
using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace Benchmarks.Flood;

/// <summary>
/// One unit with its right key sends incidents as fast as its connection takes them, up to 10,000 messages a second, each of another journal, while
/// the others of a fleet report their states as on any day. Measured is the time from a state's sending until the server's board has it, with the flood and
/// just before without, and what the database keeps of the flood. Server, fleet and flood share one machine.
/// </summary>
internal sealed class FloodOfOneUnit : IBenchmark
{
    private const int Cabs = 1_000;
    private const int PerSecond = 10_000;
    private const int StatesPerSecond = 100;

    public string Name => "flood";

    public async Task<IReadOnlyList<Figure>> RunAsync(bool quick)
    {
        using var city = await RegisteredCity.MakeAsync(Cabs);
        var port = LoopbackPort.Take();
        await using var server = DispatchServer.Build(city.Options with { MqttPort = port });
        await server.PrepareAsync("bench", CancellationToken.None);
        await server.StartAsync();
        var sockets = new List<Socket>();
        for (var n = 0; n < Cabs; n++)
            sockets.Add(await RawCab.ConnectAsync(port, RegisteredCity.Code(n), city.Password(n), CancellationToken.None));
        var cabs = sockets.Select((socket, n) => new SignedCab(socket, RegisteredCity.Code(n), RegisteredCity.RootKey(n))).ToList();

        var duration = TimeSpan.FromSeconds(quick ? 5 : 30);
        var calm = await StatesAsync(server, cabs, duration);
        using var end = new CancellationTokenSource();
        var flooding = Task.Run(() => FloodAsync(cabs[0], end.Token));
        var flooded = await StatesAsync(server, cabs, duration);
        await end.CancelAsync();
        var sent = await flooding;
        var kept = await KeptAsync(server);
        await server.StopAsync();
        sockets.ForEach(socket => socket.Dispose());
        return
        [
            new($"state of another cab in {Cabs:N0} beside a flood, p99, ms, vs without", Percentile.Of(flooded, 0.99), Percentile.Of(calm, 0.99), "< 250"),
            new("  median, ms, vs without", Percentile.Of(flooded, 0.5), Percentile.Of(calm, 0.5), ""),
            new("  messages of the flood that the server's side took, 1/s", sent / duration.TotalSeconds, null, $"{PerSecond:N0} were offered"),
            new("  rows kept of the flood", kept, null, "<= 1,000"),
        ];
    }

    /// <summary>Each state of cabs 1 and up, one after another, in milliseconds until it is on the board. A state that never came counts a minute.</summary>
    private static async Task<List<double>> StatesAsync(WebApplication server, List<SignedCab> cabs, TimeSpan duration)
    {
        var ids = await AskAsync(server, db => db.Displays.OrderBy(d => d.Code).Select(d => d.Id).ToListAsync());
        var (waiting, found) = (new ConcurrentDictionary<int, long>(), new ConcurrentBag<double>());
        using var watch = server.Services.GetRequiredService<TwinBoard>().Subscribe(changed =>
        {
            foreach (var twin in changed)
            {
                if (waiting.TryRemove(twin.DisplayId, out var since))
                    found.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            }
        });
        var (begun, sent) = (Stopwatch.GetTimestamp(), 0);
        while (Stopwatch.GetElapsedTime(begun) is var elapsed && elapsed < duration)
        {
            for (; sent < elapsed.TotalSeconds * StatesPerSecond; sent++)
            {
                var n = 1 + (sent % (cabs.Count - 1));
                // One that is still on its way is waited for, and counts from when it was sent.
                if (waiting.TryAdd(ids[n], Stopwatch.GetTimestamp()))
                    await cabs[n].SendStateAsync();
            }

            await Task.Delay(1);
        }

        for (var left = 0; !waiting.IsEmpty && left < 100; left++)
            await Task.Delay(100);
        return [.. found, .. waiting.Select(_ => 60_000.0)];
    }

    private static async Task<long> FloodAsync(SignedCab cab, CancellationToken stop)
    {
        var (begun, sent) = (Stopwatch.GetTimestamp(), 0L);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                for (var due = (long)(Stopwatch.GetElapsedTime(begun).TotalSeconds * PerSecond); sent < due && !stop.IsCancellationRequested; sent++)
                    await cab.SendIncidentAsync(sent, stop);
                await Task.Delay(1, CancellationToken.None);
            }
        }
        catch (Exception cut) when (cut is OperationCanceledException or SocketException)
        {
            // At its end, or by a broker that has had enough of it.
        }

        return sent;
    }

    private static async Task<double> KeptAsync(WebApplication server) => await AskAsync(server, async db =>
    {
        var id = await db.Displays.Where(d => d.Code == RegisteredCity.Code(0)).Select(d => d.Id).SingleAsync();
        return await db.Set<Incident>().CountAsync(i => i.DisplayId == id) + await db.Set<SupersededJournal>().CountAsync(j => j.DisplayId == id);
    });

    private static async Task<T> AskAsync<T>(WebApplication server, Func<DispatchContext, Task<T>> question)
    {
        await using var scope = server.Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<DispatchContext>());
    }
}
