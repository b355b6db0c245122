using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace Benchmarks;

/// <summary>
/// Month after month is closed, and the time from the command to publish until each cab has reported the new rating, lights measured, is taken.
/// </summary>
internal sealed class PublishToWindscreens : IBenchmark
{
    public string Name => "windscreens";

    public async Task<IReadOnlyList<Figure>> RunAsync(bool quick)
    {
        await using var city = await RunningCity.StartAsync();
        var (each, last) = (new List<double>(), new List<double>());
        var months = quick ? 5 : 20;
        for (var month = new Month(2018, 1); months > 0; months--, month = month.Next)
        {
            var milliseconds = await CloseAsync(city, month);
            each.AddRange(milliseconds);
            last.Add(milliseconds.Max());
        }

        return
        [
            new($"publish to one of {RunningCity.Cabs} cabs reporting it, p50 over {last.Count} months, ms", Percentile.Of(each, 0.50), null, ""),
            new($"publish to one of {RunningCity.Cabs} cabs reporting it, p99, ms", Percentile.Of(each, 0.99), null, "< 1000"),
            new($"publish to the last of {RunningCity.Cabs} cabs reporting it, p99, ms", Percentile.Of(last, 0.99), null, "< 1000"),
        ];
    }

    private static async Task<List<double>> CloseAsync(RunningCity city, Month month)
    {
        var (period, stop) = (month.ToString(), CancellationToken.None);
        _ = (await DemoCity.NextMonthAsync(city.Services, stop)).Value;
        await using var scope = city.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<OperationContext>();
        var preview = (await PreviewMonth.HandleAsync(period, new(Acting.AtServer(DemoActors.Officers[0])), context, new CloseSettings(), stop)).Value;
        foreach (var signer in new[] { DemoActors.Officers[0], DemoActors.Supervisors[0] })
            _ = (await SignMonth.HandleAsync(period, new(Acting.AtServer(signer), preview.Digest), context, stop)).Value;
        var arrival = new Arrival(city.Windscreens, RunningCity.Cabs, twin => twin.Period == period && twin.ShowsDesired);
        _ = (await PublishMonth.HandleAsync(period, new(Acting.AtServer(DemoActors.Officers[0])), context, stop)).Value;
        return await arrival.AllAsync();
    }
}
