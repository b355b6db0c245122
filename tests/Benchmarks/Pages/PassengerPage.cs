using System.Diagnostics;
using System.Net;

namespace Benchmarks.Pages;

/// <summary>
/// How many first views of <c>/cab/{code}</c> a second, over all 205 cabs, beside a page of the same host that shows no data (<c>/receipt</c>). Both are
/// asked for compressed, by turns, by as many connections; the asking costs both the same and makes their ratio milder, not stricter.
/// </summary>
internal sealed class PassengerPage : IBenchmark
{
    private const int Connections = 32;
    private const string Static = "/receipt";

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    /// <summary>Short, so that whatever else the machine does meets both sides alike.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1.5);

    public string Name => "passenger";

    public async Task<IReadOnlyList<Figure>> RunAsync(bool quick)
    {
        await using var city = await RunningCity.StartAsync();
        var rounds = quick ? 5 : 21;
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, UseCookies = false })
        {
            BaseAddress = city.Address,
        };
        client.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        client.DefaultRequestHeaders.Add("Accept-Language", "zh-CN");
        var cabs = await city.CabPagesAsync();

        await RateAsync(client, cabs, WarmUp);
        await RateAsync(client, [Static], WarmUp);
        var (ours, peers) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(await RateAsync(client, cabs, Turn));
            peers.Add(await RateAsync(client, [Static], Turn));
        }

        return [new($"first views of /cab/{{code}} a second vs {Static}, median of {rounds}", Percentile.Of(ours, 0.5), Percentile.Of(peers, 0.5), ">= 0.5 x")];
    }

    private static async Task<double> RateAsync(HttpClient client, List<string> paths, TimeSpan turn)
    {
        var (clock, count) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            while (clock.Elapsed < turn)
                await client.GetByteArrayAsync(paths[Interlocked.Increment(ref count) % paths.Count]);
        }));
        return count / clock.Elapsed.TotalSeconds;
    }
}
