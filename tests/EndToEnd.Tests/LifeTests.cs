using System.Net.Sockets;
using System.Text.Json.Nodes;
using EndToEnd.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests;

/// <summary>The server dies and comes back; what the street sees does not depend on it.</summary>
[TestClass, DoNotParallelize]
public sealed class LifeTests
{
    /// <summary>Cabs whose memories are read one by one.</summary>
    private const int Sample = 10;

    /// <summary>What a cab would have noted had it gone dark, restarted or shown something else.</summary>
    private static readonly string[] Disturbances = ["power-on", "power-fail", "rating-shown", "light-fault", "lost"];

    private static Demo City => TheDemo.City;

    [TestMethod]
    public async Task Server_KilledAndStartedAgain_LightsStayAndAnOpenWallIsRightAgain()
    {
        await using var visit = await Visit.AtWallAsync();
        var fleet = City.FleetPid;
        var displays = (await City.GetAsync("displays"))["displays"]!.AsArray();
        var before = await MemoriesAsync(displays);
        var lights = LightsOf(displays);

        await City.KillAsync();
        await Expect(visit.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await visit.Page.PictureAsync("wall-server-dead");
        Assert.IsNotNull(City.TryFleet(), "the cabs died with the server");
        await City.StartAsync();

        Assert.AreEqual(fleet, City.FleetPid, "other cabs were started");
        CollectionAssert.AreEquivalent(lights, LightsOf((await City.GetAsync("displays"))["displays"]!.AsArray()));
        var after = await MemoriesAsync(displays);
        foreach (var (id, memory) in after)
        {
            Assert.AreEqual(before[id].Boot, memory.Boot, $"{id} has started anew");
            CollectionAssert.AreEqual(before[id].Disturbances, memory.Disturbances, $"{id} was disturbed");
        }

        await Expect(visit.Page.Locator("#components-reconnect-modal")).ToBeHiddenAsync(new() { Timeout = 30_000 });
        await Expect(visit.Page.GetByTestId("move")).ToBeEnabledAsync(new() { Timeout = 15_000 });
        Assert.HasCount(lights.Count, await visit.Page.LightsAsync());
        // Those with four stars have no lamp that is out. The wall draws a cab's lights when it is heard again.
        var allLit = visit.Page.Locator("[data-testid=wall] li.tile:not(:has(.lamp:not(.lit)))");
        await Expect(allLit).ToHaveCountAsync(lights.Values.Count(light => light == "4"), new() { Timeout = 30_000 });
    }

    /// <summary>What nobody hears is not right: each cab on shift is an alarm, on the wall that is open, in its drawer and in the API.</summary>
    [TestMethod]
    public async Task Cabs_AllKilled_AreAlarmsOnTheOpenWall()
    {
        await using var visit = await Visit.AtWallAsync();
        var page = visit.Page;
        var onShift = (await City.GetAsync("displays"))["displays"]!.AsArray().Count(line => line!["driver"] is not null);
        Assert.IsGreaterThan(0, onShift);

        City.TryFleet()!.Kill();

        await Expect(page.GetByTestId("alarms")).ToContainTextAsync($"{onShift} alarms:", new() { Timeout = 60_000 });
        await Expect(page.GetByTestId("alarms")).ToContainTextAsync("out of reach while");
        var told = await City.GetAsync("displays");
        Assert.AreEqual((0, onShift), ((int)told["online"]!, (int)told["alarms"]!));
        Assert.IsTrue((await page.LightsAsync()).Values.All(lit => lit == "00000"), "the wall claims lights that nobody vouches for");
        await page.PictureAsync("wall-cabs-killed");
        await page.Locator("li.tile.is-alarm a").First.ClickAsync();
        await Expect(page.GetByTestId("standing")).ToContainTextAsync("the display has lost its connection");
        await using (var chinese = await Visit.BeginAsync(language: "zh-CN"))
        {
            await chinese.Page.GotoAsync("/");
            await Expect(chinese.Page.GetByTestId("alarms")).ToContainTextAsync($"{onShift} 条告警：");
            await chinese.Page.PictureAsync("wall-cabs-killed-zh");
        }

        await City.TerminateAsync();
        await City.StartAsync();
        Assert.AreEqual((TheDemo.Cabs, 0), ((int)(await City.GetAsync("displays"))["online"]!, (int)(await City.GetAsync("displays"))["alarms"]!));
    }

    [TestMethod]
    public async Task Server_Terminated_StopsInOrderWithItsCabsAndStartsAgain()
    {
        var exitCode = await City.TerminateAsync();

        Assert.AreEqual(0, exitCode);
        Assert.IsNull(City.TryFleet(), "the cabs still run");
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsExactlyAsync<SocketException>(() => socket.ConnectAsync("127.0.0.1", City.Address.Port));

        await City.StartAsync();
        Assert.AreEqual(TheDemo.Cabs, (int)(await City.GetAsync("displays"))["online"]!);
    }

    private static Dictionary<string, string> LightsOf(JsonArray displays) =>
        displays.ToDictionary(line => (string)line!["id"]!, line => (string)line!["light"]!);

    /// <summary>How often a cab has started, and what has disturbed it, from the incidents that it has reported.</summary>
    private static async Task<Dictionary<string, (long Boot, List<string> Disturbances)>> MemoriesAsync(JsonArray displays)
    {
        var memories = new Dictionary<string, (long, List<string>)>();
        foreach (var id in displays.Take(Sample).Select(line => (string)line!["id"]!))
        {
            var boot = (long)(await City.GetAsync($"displays/{id}"))["reported"]!["boot"]!;
            var incidents = (await City.GetAsync($"displays/{id}/incidents")).AsArray();
            memories[id] = (boot, [.. incidents.Select(i => (string)i!["kind"]!).Where(kind => Disturbances.Contains(kind))]);
        }

        return memories;
    }
}
