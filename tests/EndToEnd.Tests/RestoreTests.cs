using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using EndToEnd.Tests.Documents;
using EndToEnd.Tests.Running;

namespace EndToEnd.Tests;

/// <summary>The demo's city is archived, its server is gone for good, and another one is filled from the archive while the cabs drive on.</summary>
[TestClass, DoNotParallelize]
public sealed class RestoreTests
{
    private const int Cabs = 6;
    private const string Program = "dotnet run --project dispatch-server/TaxiCredit.Dispatch --";

    /// <summary>Issue 17 has this bar.</summary>
    private static readonly TimeSpan LongestRestore = TimeSpan.FromSeconds(30);

    /// <summary>Cabs pause between two attempts, the longer the server was away; a busy machine is slow beside.</summary>
    private static readonly TimeSpan LongestReturn = TimeSpan.FromMinutes(6);

    [TestMethod]
    public async Task City_ArchivedAndRestoredElsewhere_VerifiesAndItsCabsGoOnUntouched()
    {
        await using var demo = await Demo.StartAsync(Cabs);
        var before = await CabsAsync(demo);
        var folder = Directory.CreateTempSubdirectory("taxicredit-restore-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "passphrase"), "sea gulls over the harbour");
        await Shell.RunAsync($"{Program} archive city.archive --data '{demo.Data}' --keys --passphrase-file passphrase", folder);
        await demo.KillAsync();
        Assert.IsNotNull(demo.TryFleet(), "the cabs died with the server");

        var watch = Stopwatch.StartNew();
        await Shell.RunAsync($"{Program} restore city.archive --data restored --passphrase-file passphrase", folder);
        Assert.IsLessThan(LongestRestore, watch.Elapsed);
        var verified = await Shell.RunAsync($"{Program} verify --data restored", folder);
        Assert.AreEqual(LedgerIn(await Shell.RunAsync($"{Program} verify --data '{demo.Data}'", folder)), LedgerIn(verified));
        var token = (await Shell.RunAsync($"{Program} token --data restored --name test --scope read", folder)).Trim();

        await using var server = await demo.ServeAtMyPortsAsync(Path.Combine(folder, "restored"));
        server.Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await OnlineAsync(server);

        Assert.AreEqual("[]", (await server.GetAsync("holds")).ToJsonString());
        // The lights as they were measured, and not one start more.
        CollectionAssert.AreEqual(before, await CabsAsync(server));
        Assert.IsEmpty(server.Faults);
    }

    private static string LedgerIn(string verified) => verified.Split('\n').Single(line => line.StartsWith("ledger", StringComparison.Ordinal));

    private static async Task OnlineAsync(Demo server)
    {
        using var patience = new CancellationTokenSource(LongestReturn);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while ((int)(await server.GetAsync("displays"))["online"]! < Cabs)
            await tick.WaitForNextTickAsync(patience.Token);
    }

    private static async Task<List<string>> CabsAsync(Demo server)
    {
        var cabs = new List<string>();
        foreach (var (id, light) in (await server.GetAsync("displays"))["displays"]!.AsArray().Select(line => ((string)line!["id"]!, (string)line["light"]!)))
        {
            JsonNode reported = (await server.GetAsync($"displays/{id}"))["reported"]!;
            cabs.Add($"{id} {light}, start {reported["boot"]}");
        }

        return cabs;
    }
}
