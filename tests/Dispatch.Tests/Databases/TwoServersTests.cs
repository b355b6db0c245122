using System.Diagnostics;
using Dispatch.Tests.Displays;
using Dispatch.Tests.Mqtt;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace Dispatch.Tests.Databases;

/// <summary>Two processes of the program at one PostgreSQL and one Mosquitto.</summary>
[TestClass, OnPostgres("locks: two processes at one lease")]
public sealed class TwoServersTests
{
    [TestMethod]
    public async Task Server_Killed_IsReplacedWithinItsLease()
    {
        await using var broker = new MosquittoServer();
        await using var city = await DisplayCity.BuildAsync(start: false, settings: broker.Settings);
        var unit = await city.ProvisionAsync(1);
        await broker.StartAsync(city);
        var first = await ServerProcess.StartAsync(city.Options with { Port = LoopbackPort.Take() });
        await using var second = await ServerProcess.StartAsync(city.Options with { Port = LoopbackPort.Take() });
        await using var cab = await TestCab.ConnectAsync(unit, broker.CabPort);
        var vacant = await cab.NextAsync("rating");
        await city.SignOnAsync(driver: 1, cab: 1);
        var clock = Stopwatch.StartNew();

        await first.DisposeAsync();

        var rating = await cab.NextAsync("rating", json => json.TryGetProperty("driver", out _));
        Console.WriteLine($"replaced after {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.AreEqual("d-1", rating.Json.GetProperty("driver").GetString());
        Assert.IsGreaterThan(vacant.Rev, rating.Rev);
        Assert.AreEqual(
            2L,
            await city.WithDbAsync(db => db.Leases.Where(lease => lease.Name == DisplayLeadership.LeaseName).Select(lease => lease.Fence).SingleAsync()));
        await cab.PublishAsync("incidents", cab.Sign(cab.IncidentsJson(1)));
        await cab.NextAsync("incidents/ack");
    }

    [TestMethod]
    public async Task Servers_StartedAtOnceOnAnEmptyDatabase_PrepareItOneAfterTheOther()
    {
        var folders = Enumerable.Range(0, 3).Select(_ => Directory.CreateTempSubdirectory("taxicredit-").FullName).ToList();
        var first = await new DispatchOptions { Data = folders[0], Port = 0, MqttPort = 0 }.WithEmptyDatabaseAsync();
        var servers = folders.ConvertAll(folder => DispatchServer.Build(first with { Data = folder }, services => services.MakeQuick()));

        await Task.WhenAll(servers.Select(server => Task.Run(() => server.PrepareAsync("small", CancellationToken.None))));

        foreach (var server in servers)
        {
            await using var scope = server.Services.CreateAsyncScope();
            Assert.AreEqual("small", await scope.ServiceProvider.GetRequiredService<DispatchContext>().CityAsync(CancellationToken.None));
        }

        foreach (var server in servers)
            await server.DisposeAsync();
        await first.DropDatabaseAsync();
        folders.ForEach(folder => Directory.Delete(folder, recursive: true));
    }
}
