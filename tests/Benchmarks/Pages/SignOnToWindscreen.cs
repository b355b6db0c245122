namespace Benchmarks.Pages;

/// <summary>
/// Drivers sign off and on again by the forms of their own page, one after the other: the time from the press, which is the sending of the form, until the
/// cab has reported that it is dark, or shows the driver's stars, lights measured.
/// </summary>
internal sealed class SignOnToWindscreen : IBenchmark
{
    private const int Drivers = 10;

    public string Name => "sign-on";

    public async Task<IReadOnlyList<Figure>> RunAsync(bool quick)
    {
        await using var city = await RunningCity.StartAsync();
        var (on, off) = (new List<double>(), new List<double>());
        foreach (var driver in (await city.DriversOnDutyAsync()).Take(Drivers))
        {
            using var visitor = new PageVisitor(city.Address);
            await visitor.SignInAsync(driver.Code);
            var token = await visitor.TokenAsync("/me");
            for (var press = 0; press < (quick ? 2 : 20); press++)
            {
                off.Add(await PressAsync(city, driver.CabId, null, () => visitor.SendAsync("/me", "sign-off", token)));
                on.Add(await PressAsync(city, driver.CabId, driver.Code, () => visitor.SendAsync("/me", "sign-on", token, ("Cab", driver.Cab))));
            }
        }

        return
        [
            new($"sign-on to the cab reporting the driver's stars, p50 over {on.Count}, ms", Percentile.Of(on, 0.50), null, ""),
            new("sign-on to the cab reporting the driver's stars, p99, ms", Percentile.Of(on, 0.99), null, "< 1000"),
            new("sign-off to the cab reporting that it is dark, p99, ms", Percentile.Of(off, 0.99), null, "< 1000"),
        ];
    }

    private static async Task<double> PressAsync(RunningCity city, int cabId, string? driver, Func<Task> press)
    {
        var arrival = new Arrival(city.Windscreens, 1, twin => twin.CabId == cabId && twin.Driver == driver && twin.ShowsDesired);
        await press();
        return (await arrival.AllAsync()).Single();
    }
}
