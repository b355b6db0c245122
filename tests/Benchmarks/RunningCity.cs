using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Demo;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.Roster;

namespace Benchmarks;

/// <summary>The synthetic city in this process, its 205 virtual cabs in another. It is there when each cab shows the stars of December 2017.</summary>
internal sealed class RunningCity : IAsyncDisposable
{
    public const int Cabs = 205;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("taxicredit-bench-");
    private readonly WebApplication _server;
    private readonly Fleet _fleet;

    private RunningCity()
    {
        // All who are measured sign in from one address.
        Options = new() { Data = _folder.FullName, Port = 0, MqttPort = 0, Settings = new Dictionary<string, string?> { ["SignIn:PerMinute"] = "600" } };
        _server = DemoServer.Build(Options);
        _fleet = new Fleet(Path.Combine(Options.Data, "cabs"));
    }

    public IServiceProvider Services => _server.Services;

    public Uri Address => new(_server.Urls.First());

    public TwinBoard Windscreens => Services.GetRequiredService<TwinBoard>();

    private DispatchOptions Options { get; }

    public static async Task<RunningCity> StartAsync()
    {
        var city = new RunningCity();
        try
        {
            await city.PrepareAsync();
            return city;
        }
        catch
        {
            await city.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _fleet.Stop();
        await _server.StopAsync();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Addresses of the passengers' pages.</summary>
    public Task<List<string>> CabPagesAsync() => AskAsync(db => db.Cabs.OrderBy(c => c.Code).Select(c => "/cab/" + c.PassengerCode).ToListAsync());

    public Task<List<DriverOnDuty>> DriversOnDutyAsync() =>
        AskAsync(db => db.Shifts.Where(s => s.OffAt == null).OrderBy(s => s.Driver.Code)
            .Select(s => new DriverOnDuty(s.Driver.Code, s.Cab.Code, s.CabId)).ToListAsync());

    private async Task<T> AskAsync<T>(Func<DispatchContext, Task<T>> question)
    {
        await using var scope = Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<DispatchContext>());
    }

    private async Task PrepareAsync()
    {
        await _server.PrepareAsync(DemoCity.Name, CancellationToken.None);
        await DemoCity.PlayOnceAsync(Services, CancellationToken.None);
        await _server.StartAsync();
        await using (var scope = Services.CreateAsyncScope())
            await DemoFiles.WriteAsync(scope.ServiceProvider, Options, Cabs, CancellationToken.None);
        _fleet.Start(Cabs);
        await new Arrival(Windscreens, Cabs, twin => twin.Period == "2017-12" && twin.ShowsDesired).AllAsync();
    }
}

/// <param name="Code">The driver's.</param>
/// <param name="Cab">Code of the cab that the driver is signed on to.</param>
internal sealed record DriverOnDuty(string Code, string Cab, int CabId);
