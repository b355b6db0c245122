using Dispatch.Tests.Databases;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Backups;
using TaxiCredit.Dispatch.Features.Health;

namespace Dispatch.Tests.Backups;

/// <summary>What is told of the newest backup.</summary>
[TestClass]
public class BackupHealthTests : CityTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 2, 4, 0, 0, TimeSpan.Zero);

    [TestMethod]
    [DataRow(93_599, false, "Ok", "14 kept, with keys")]
    [DataRow(93_600, false, "Ok", "26.0 h old")]
    [DataRow(93_601, false, "Warning", "too old")]
    [DataRow(93_601, true, "Warning", "too old")]
    [DataRow(0, true, "Warning", "on the disk of the data")]
    public void Newest_SecondsOld_IsJudged(int seconds, bool isSameDisk, string state, string says)
    {
        var found = BackupHealth.Judge(14, new("f", Now.AddSeconds(-seconds)), 1, isSameDisk, hasKeys: true, Now);

        Assert.AreEqual(state, $"{found.State}");
        Assert.Contains(says, found.Detail);
    }

    [TestMethod]
    public void Newest_WithoutOne_IsToBeLookedAt() =>
        Assert.AreEqual(HealthState.Warning, BackupHealth.Judge(0, null, 0, isSameDisk: false, hasKeys: true, Now).State);

    [TestMethod]
    public async Task Server_WithoutAFolder_SaysSoAndIsReady()
    {
        var board = City.Server.Services.GetRequiredService<HealthBoard>();
        await board.LookAsync(CancellationToken.None);

        var line = board.All.Single(line => line.Name == "backup");

        Assert.AreEqual((HealthState.Warning, "none is made: no folder is named in Backup:Folder"), (line.Finding.State, line.Finding.Detail));
        using var ready = await City.Client.GetAsync("/readyz");
        Assert.IsTrue(ready.IsSuccessStatusCode);
    }

    [TestMethod]
    public async Task Server_WithItsFolder_TellsTheNewestAndWhetherItsDiskIsAnother()
    {
        await using var disk = await SmallDisk.MountAsync(1);
        var here = Directory.CreateTempSubdirectory("taxicredit-backups-").FullName;
        var city = await City.WithDbAsync(db => db.CityAsync(CancellationToken.None));
        foreach (var path in new[] { disk.Path, here })
        {
            await File.WriteAllBytesAsync(new BackupFolder(path, city).PathFor(Now.AddHours(-5)), new byte[131_072]);
            await File.WriteAllBytesAsync(new BackupFolder(path, city).PathFor(Now.AddHours(1)), new byte[1]);
        }

        Assert.AreEqual((HealthState.Ok, "newest 2026-12-01 23:00Z, 5.0 h old, 0.1 MiB; 1 kept, without keys"), await LookAsync(disk.Path));
        Assert.AreEqual(
            (HealthState.Warning, "newest 2026-12-01 23:00Z, 5.0 h old, 0.1 MiB; 1 kept, without keys; on the disk of the data"), await LookAsync(here));
        Assert.AreEqual((HealthState.Warning, $"there is no folder {here}/no"), await LookAsync(here + "/no"));
    }

    private async Task<(HealthState State, string Detail)> LookAsync(string folder)
    {
        var options = City.Options with { Settings = new Dictionary<string, string?> { ["Backup:Folder"] = folder } };
        await using var server = DispatchServer.Build(options, services => services.MakeQuick());
        await using var scope = server.Services.CreateAsyncScope();
        var found = await BackupHealth.Check.LookAsync(new(scope.ServiceProvider, Now), CancellationToken.None);
        return (found!.State, found.Detail);
    }
}
