using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Demo;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Scoring;

namespace Benchmarks;

/// <summary>
/// The synthetic city in this process, its 205 virtual cabs in another: month after month is closed, and the time from the command to publish until
/// each cab has reported the new rating, lights measured, is taken.
/// </summary>
internal sealed class PublishToWindscreens : IBenchmark
{
    private const int Cabs = 205;

    public string Name => "windscreens";

    public async Task<IReadOnlyList<Figure>> RunAsync(bool quick)
    {
        var folder = Directory.CreateTempSubdirectory("taxicredit-bench-");
        var options = new DispatchOptions { Command = "demo", Data = folder.FullName, Port = 0, MqttPort = 0 };
        await using var server = DispatchServer.Build(options);
        await server.PrepareAsync(DemoCity.Name, CancellationToken.None);
        await DemoCity.PlayOnceAsync(server.Services, CancellationToken.None);
        await server.StartAsync();
        await using (var scope = server.Services.CreateAsyncScope())
            await DemoFiles.WriteAsync(scope.ServiceProvider, options, CancellationToken.None);
        var fleet = new Fleet(Path.Combine(options.Data, "cabs"));
        fleet.Start(Cabs);
        try
        {
            return await MeasureAsync(server.Services, quick ? 5 : 20);
        }
        finally
        {
            fleet.Stop();
            await server.StopAsync();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(IServiceProvider services, int months)
    {
        var windscreens = services.GetRequiredService<TwinBoard>();
        await new Arrival(windscreens, "2017-12").AllAsync();
        var (each, last) = (new List<double>(), new List<double>());
        for (var month = new Month(2018, 1); months > 0; months--, month = month.Next)
        {
            var milliseconds = await CloseAsync(services, windscreens, month);
            each.AddRange(milliseconds);
            last.Add(milliseconds.Max());
        }

        return
        [
            new($"publish to one of {Cabs} cabs reporting it, p50 over {last.Count} months, ms", Percentile.Of(each, 0.50), null, ""),
            new($"publish to one of {Cabs} cabs reporting it, p99, ms", Percentile.Of(each, 0.99), null, "< 1000"),
            new($"publish to the last of {Cabs} cabs reporting it, p99, ms", Percentile.Of(last, 0.99), null, "< 1000"),
        ];
    }

    private static async Task<List<double>> CloseAsync(IServiceProvider services, TwinBoard windscreens, Month month)
    {
        var (period, stop) = (month.ToString(), CancellationToken.None);
        _ = (await DemoCity.NextMonthAsync(services, stop)).Value;
        await using var scope = services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<Desk>();
        var preview = (await PreviewMonth.HandleAsync(period, new(DemoActors.Officers[0]), desk, stop)).Value;
        foreach (var signer in DemoActors.Supervisors)
            _ = (await SignMonth.HandleAsync(period, new(signer, preview.Digest), desk, stop)).Value;
        var arrival = new Arrival(windscreens, period);
        _ = (await PublishMonth.HandleAsync(period, new(DemoActors.Officers[0]), desk, services.GetRequiredService<Reconciler>(), stop)).Value;
        return await arrival.AllAsync();
    }

    /// <summary>Notes for each cab when it first reported what a period wants it to show.</summary>
    private sealed class Arrival
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private readonly Dictionary<int, double> _milliseconds = [];
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly string _period;
        private readonly IDisposable _watch;

        public Arrival(TwinBoard windscreens, string period)
        {
            _period = period;
            _watch = windscreens.Subscribe(Note);
            Note(windscreens.All);
        }

        public async Task<List<double>> AllAsync()
        {
            await _all.Task.WaitAsync(TimeSpan.FromMinutes(2));
            _watch.Dispose();
            return [.. _milliseconds.Values];
        }

        private void Note(IReadOnlyList<TwinSnapshot> changed)
        {
            lock (_milliseconds)
            {
                foreach (var twin in changed.Where(t => t.Period == _period && t.ShowsDesired))
                    _milliseconds.TryAdd(twin.DisplayId, _clock.Elapsed.TotalMilliseconds);
                if (_milliseconds.Count == Cabs)
                    _all.TrySetResult();
            }
        }
    }
}
