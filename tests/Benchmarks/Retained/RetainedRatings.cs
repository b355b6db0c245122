using System.Diagnostics;
using System.Net.Sockets;

namespace Benchmarks.Retained;

/// <summary>
/// A rating for every cab is published and retained, as the reconciler does it, and then every cab connects with its password, subscribes and takes
/// it: at the embedded broker with its access control, and at Mosquitto with generated passwords and access list. Neither keeps anything on disk;
/// each is a process of its own; the cabs are the same.
/// </summary>
internal sealed class RetainedRatings : IBenchmark
{
    private const int CabsAtOnce = 128;
    private const int WarmUp = 200;

    public string Name => "retained";

    public async Task<IReadOnlyList<Figure>> RunAsync(bool quick)
    {
        var (ratings, idle) = quick ? (10_000, 2_000) : (100_000, 15_000);
        using var city = await RegisteredCity.MakeAsync(ratings);
        Measured here, peer;
        await using (var mosquitto = await MosquittoProcess.StartAsync(city))
            peer = await MeasureAsync(mosquitto, city, ratings, idle);
        await using (var embedded = await EmbeddedProcess.StartAsync(city))
            here = await MeasureAsync(embedded, city, ratings, idle);

        Figure Compared(string what, Func<Measured, double> of, string bar) => new($"{what}, vs Mosquitto", of(here), of(peer), bar);
        return
        [
            Compared($"{ratings:N0} retained ratings through the broker, 1/s", m => ratings / (m.Published + m.Taken), ">= 0.7 x"),
            Compared("  of which publishing, 1/s", m => ratings / m.Published, ""),
            Compared("  of which cabs connecting and taking theirs, 1/s", m => ratings / m.Taken, ">= 0.7 x"),
            Compared("  memory of the process then, MB", m => m.RetainedBytes / 1e6, "stated"),
            Compared($"idle connection, one of {idle:N0}, kB", m => m.IdleBytes / 1e3, "stated"),
        ];
    }

    private static async Task<Measured> MeasureAsync(IBrokerProcess broker, RegisteredCity city, int ratings, int idle)
    {
        // A few before the many: what a first use costs is no connection's.
        (await ConnectAsync(broker, city, WarmUp)).ForEach(socket => socket.Dispose());
        var atRest = await broker.SettledBytesAsync();
        var resting = await ConnectAsync(broker, city, idle);
        var idleBytes = (await broker.SettledBytesAsync() - atRest) / (double)idle;
        resting.ForEach(socket => socket.Dispose());

        var published = await broker.FillAsync(ratings);
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, ratings), AtOnce, async (n, stop) =>
        {
            using var socket = await RawCab.ConnectAsync(broker.Port, RegisteredCity.Code(n), city.Password(n), stop);
            await RawCab.TakeRatingAsync(socket, RegisteredCity.Code(n), stop);
        });
        return new(published, clock.Elapsed.TotalSeconds, await broker.SettledBytesAsync(), idleBytes);
    }

    private static async Task<List<Socket>> ConnectAsync(IBrokerProcess broker, RegisteredCity city, int count)
    {
        var connected = new List<Socket>(count);
        await Parallel.ForEachAsync(Enumerable.Range(0, count), AtOnce, async (n, stop) =>
        {
            var socket = await RawCab.ConnectAsync(broker.Port, RegisteredCity.Code(n), city.Password(n), stop);
            lock (connected)
                connected.Add(socket);
        });
        return connected;
    }

    private static ParallelOptions AtOnce { get; } = new() { MaxDegreeOfParallelism = CabsAtOnce };

    private sealed record Measured(double Published, double Taken, double RetainedBytes, double IdleBytes);
}
