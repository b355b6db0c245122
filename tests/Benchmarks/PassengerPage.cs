using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Demo;

namespace Benchmarks;

/// <summary>
/// How many first views of <c>/cab/{code}</c> a second, over all 205 cabs, beside a page of the same host that shows no data (<c>/receipt</c>). Both are
/// asked for compressed, by turns, by as many connections; the asking costs both the same and makes their ratio milder, not stricter.
/// </summary>
internal sealed class PassengerPage : IBenchmark
{
    private const int Connections = 32;
    private const string Static = "/receipt";

    public string Name => "passenger";

    public async Task<IReadOnlyList<Figure>> RunAsync(bool quick)
    {
        var folder = Directory.CreateTempSubdirectory("taxicredit-bench-");
        await using var server = DispatchServer.Build(new DispatchOptions { Command = "demo", Data = folder.FullName, Port = 0, MqttPort = 0 });
        try
        {
            await server.PrepareAsync(DemoCity.Name, CancellationToken.None);
            await DemoCity.PlayOnceAsync(server.Services, CancellationToken.None);
            await server.StartAsync();
            return await MeasureAsync(server.Services, new Uri(server.Urls.First()), TimeSpan.FromSeconds(quick ? 2 : 6));
        }
        finally
        {
            await server.StopAsync();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(IServiceProvider services, Uri address, TimeSpan turn)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, UseCookies = false }) { BaseAddress = address };
        client.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        client.DefaultRequestHeaders.Add("Accept-Language", "zh-CN");
        string[] cabs;
        await using (var scope = services.CreateAsyncScope())
            cabs = await scope.ServiceProvider.GetRequiredService<DispatchContext>().Cabs.Select(c => "/cab/" + c.PassengerCode).ToArrayAsync();

        await RateAsync(client, cabs, turn);
        await RateAsync(client, [Static], turn);
        var (ours, peers) = (new List<double>(), new List<double>());
        for (var round = 0; round < 5; round++)
        {
            ours.Add(await RateAsync(client, cabs, turn));
            peers.Add(await RateAsync(client, [Static], turn));
        }

        return [new($"first views of /cab/{{code}} a second vs {Static}, median of 5", Percentile.Of(ours, 0.5), Percentile.Of(peers, 0.5), ">= 0.5 x")];
    }

    private static async Task<double> RateAsync(HttpClient client, string[] paths, TimeSpan turn)
    {
        var (clock, count) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            while (clock.Elapsed < turn)
                await client.GetByteArrayAsync(paths[Interlocked.Increment(ref count) % paths.Length]);
        }));
        return count / clock.Elapsed.TotalSeconds;
    }
}
