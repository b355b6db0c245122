using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using Dispatch.Tests.Databases;
using Dispatch.Tests.Displays;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace Dispatch.Tests.CommandLine;

/// <summary>The program as a process: started where another already is, and stopped while people look at it.</summary>
[TestClass]
public sealed class StartAndStopTests
{
    [TestMethod]
    public async Task Serve_PortInUse_IsOneLineAndLeavesTheOtherItsWork()
    {
        await using var city = await DisplayCity.BuildAsync(start: false);
        var options = city.Options with { Port = LoopbackPort.Take(), MqttPort = LoopbackPort.Take() };
        await using var first = await ServerProcess.StartAsync(options);
        var before = await LeaseAsync(city);

        foreach (var (port, mqttPort, named) in new[]
        {
            (options.Port, LoopbackPort.Take(), "--port"), (LoopbackPort.Take(), options.MqttPort, "--mqtt-port"),
        })
        {
            using var second = ServerProcess.Begin(options, "serve", "--port", $"{port}", "--mqtt-port", $"{mqttPort}");
            var (told, refused) = (second.StandardOutput.ReadToEndAsync(), second.StandardError.ReadToEndAsync());
            await second.WaitForExitAsync();

            Assert.AreEqual((1, "", 1), (second.ExitCode, await told, (await refused).Trim().Split('\n').Length), await refused);
            StringAssert.Contains(await refused, named);
        }

        var after = await LeaseAsync(city);
        Assert.AreEqual((before.Fence, before.Holder), (after.Fence, after.Holder));
        Assert.IsGreaterThanOrEqualTo(before.Until, after.Until);
        Assert.AreEqual(1, await city.WithDbAsync(db => db.Set<Invitation>().CountAsync()), "the link of the first start is good");
    }

    [TestMethod]
    public async Task Serve_StoppedWithAHundredLivePages_EndsSoonAndGivesUpItsDuty()
    {
        await using var city = await DisplayCity.BuildAsync(start: false);
        var server = await ServerProcess.StartAsync(city.Options with { Port = LoopbackPort.Take(), MqttPort = LoopbackPort.Take() });
        var pages = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => OpenAsync(server.Address)));
        var clock = Stopwatch.StartNew();

        var exit = await server.StopAsync();

        Assert.IsLessThan(5_000, clock.ElapsedMilliseconds);
        Assert.AreEqual(0, exit);
        Assert.AreEqual(DateTimeOffset.UnixEpoch, (await LeaseAsync(city)).Until);
        foreach (var page in pages)
            page.Dispose();
    }

    /// <summary>The socket of a live page, which nobody closes.</summary>
    private static async Task<ClientWebSocket> OpenAsync(string address)
    {
        var page = new ClientWebSocket();
        await page.ConnectAsync(new Uri($"{address.Replace("http:", "ws:", StringComparison.Ordinal)}/_blazor"), CancellationToken.None);
        await page.SendAsync(
            Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var answer = new byte[64];
        await page.ReceiveAsync(answer, CancellationToken.None);
        return page;
    }

    private static Task<Lease> LeaseAsync(DisplayCity city) =>
        city.WithDbAsync(db => db.Leases.AsNoTracking().SingleAsync(lease => lease.Name == DisplayLeadership.LeaseName));
}
