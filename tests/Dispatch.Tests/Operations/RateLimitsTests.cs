using Dispatch.Tests.Exchange;
using Microsoft.AspNetCore.Builder;

namespace Dispatch.Tests.Operations;

[TestClass]
public sealed class RateLimitsTests
{
    private const int Servers = 5;

    /// <summary>
    /// A clock that is not stopped holds the limits, the pipeline and with it the whole server: 3 MB each. What still ends at the moment of the look, such as
    /// the last socket, may hold one or two; what is forgotten holds all.
    /// </summary>
    [TestMethod]
    public async Task Servers_ThatHaveEnded_AreLetGo()
    {
        var ended = new List<WeakReference<WebApplication>>();
        for (var n = 0; n < Servers; n++)
            ended.Add(await RunAsync());

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.IsLessThan(Servers / 2, ended.Count(server => server.TryGetTarget(out _)));
    }

    private static async Task<WeakReference<WebApplication>> RunAsync()
    {
        await using var city = await EmptyCity.BuildAsync();
        await city.Server.StartAsync();
        await city.Server.StopAsync();
        return new(city.Server);
    }
}
