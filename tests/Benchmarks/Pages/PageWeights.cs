namespace Benchmarks.Pages;

/// <summary>
/// What the first view of a page weighs over the wire, headers included, and in how many requests: the heaviest of the passengers' pages over all cabs,
/// and of some drivers' pages. The browser tests hold a browser's own count of one of each to the same bars.
/// </summary>
internal sealed class PageWeights : IBenchmark
{
    private const int Requests = 6;

    public string Name => "weight";

    public async Task<IReadOnlyList<Figure>> RunAsync(bool quick)
    {
        await using var city = await RunningCity.StartAsync();
        using var passenger = new PageVisitor(city.Address);
        var cabs = new List<(double Kilobytes, int Requests)>();
        foreach (var page in await city.CabPagesAsync())
            cabs.Add(await passenger.WeighAsync(page));

        var drivers = new List<(double Kilobytes, int Requests)>();
        foreach (var driver in (await city.DriversOnDutyAsync()).Take(quick ? 5 : 40))
        {
            using var visitor = new PageVisitor(city.Address);
            await visitor.SignInAsync(driver.Code);
            drivers.Add(await visitor.WeighAsync("/me"));
        }

        return [.. Of("/cab/{code}", cabs, 60), .. Of("/me", drivers, 120)];
    }

    private static IEnumerable<Figure> Of(string page, List<(double Kilobytes, int Requests)> views, int most) =>
    [
        new($"first view of {page}, heaviest of {views.Count}, kB over the wire", views.Max(view => view.Kilobytes), null, $"<= {most}"),
        new($"first view of {page}, most requests", views.Max(view => view.Requests), null, $"<= {Requests}"),
    ];
}
