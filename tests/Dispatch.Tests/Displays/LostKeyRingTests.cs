using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Dispatch.Tests.Displays;

/// <summary>A key ring that was lost, or drifted from the one of another server, cannot open what was sealed with it.</summary>
[TestClass]
public sealed class LostKeyRingTests
{
    [TestMethod]
    public async Task Server_WithoutTheKeysOfADisplay_HoldsThatOneAndServesTheRest()
    {
        await using var city = await DisplayCity.BuildAsync();
        var lost = await city.ProvisionAsync(1);
        await city.StopAsync();
        foreach (var key in Directory.GetFiles(city.Options.Folder.Keys))
            File.Delete(key);
        city.Sent.Clear();
        city.Build();

        await city.StartAsync();

        await city.AwaitErrorAsync();
        await using var cab = await city.ConnectNewCabAsync(2);
        await cab.NextAsync("rating");
        var displays = await city.Client.GetFromJsonAsync<JsonElement>("displays");
        Assert.AreEqual($"[\"{lost.Id}\"]", displays.GetProperty("held").ToString());
        Assert.IsEmpty(city.Sent.Where(sent => sent.Topic.Contains(lost.Id, StringComparison.Ordinal)));
        foreach (var (path, body) in new (string, object)[] { ("keys/rotate", new { actor = DisplayCity.Keeper }), ("commands", Identify) })
        {
            using var refused = await city.Client.PostAsJsonAsync($"displays/{lost.Id}/{path}", body);
            await SmallCity.AssertRefusalAsync(refused, HttpStatusCode.Conflict, "display-key-lost");
        }

        Assert.AreEqual(HttpStatusCode.Conflict, (await city.Client.GetAsync($"displays/{lost.Id}")).StatusCode);
    }

    private static object Identify => new { actor = DisplayCity.Keeper, @do = "identify" };
}
