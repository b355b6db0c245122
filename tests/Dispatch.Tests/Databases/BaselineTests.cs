using Dispatch.Tests.Exchange;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Migrations;

namespace Dispatch.Tests.Databases;

/// <summary>Databases whose schema was made by the migrations that the baseline has replaced.</summary>
[TestClass]
public class BaselineTests
{
    private static readonly string[] Early = ["20261122213957_Initial", "20261122234215_Lease"];

    private static string LastReplaced => TestDatabases.Provider == DatabaseProvider.Postgres ? "20261123045513_CasePhotos" : "20261123045447_CasePhotos";

    [TestMethod]
    public async Task Prepare_MadeByAllReplacedMigrations_IsAdoptedAndGoesOn()
    {
        await using var city = await BuildAsync([.. Early, LastReplaced]);

        await city.Server.PrepareAsync("adopted", CancellationToken.None);

        await city.WithDbAsync(async db =>
        {
            CollectionAssert.AreEqual(db.Database.GetMigrations().ToList(), (await db.Database.GetAppliedMigrationsAsync()).ToList());
            Assert.AreEqual("adopted", await db.CityAsync(CancellationToken.None));
            return 0;
        });
    }

    [TestMethod]
    public async Task Prepare_MadeBySomeReplacedMigrations_IsRefusedAndLeftAsItIs()
    {
        await using var city = await BuildAsync(Early);

        var refused = await Assert.ThrowsExactlyAsync<InvalidDataException>(() => city.Server.PrepareAsync("early", CancellationToken.None));

        StringAssert.Contains(refused.Message, $"stops at {Early[^1]}");
        StringAssert.Contains(refused.Message, $"up to {LastReplaced}");
        CollectionAssert.AreEqual(Early, await city.WithDbAsync(async db => (await db.Database.GetAppliedMigrationsAsync()).ToList()));
    }

    [TestMethod]
    public async Task Adopt_ByTwoServersAtOnce_IsDoneOnce()
    {
        await using var city = await BuildAsync([.. Early, LastReplaced]);

        await Task.WhenAll(Task.Run(AdoptAsync), Task.Run(AdoptAsync));

        Assert.AreEqual(Baseline.Id, await city.WithDbAsync(async db => (await db.Database.GetAppliedMigrationsAsync()).Single()));

        Task<int> AdoptAsync() => city.WithDbAsync(async db =>
        {
            await Baseline.AdoptAsync(db, CancellationToken.None);
            return 0;
        });
    }

    /// <summary>The schema of the baseline, and a history that names other migrations.</summary>
    private static async Task<EmptyCity> BuildAsync(string[] history)
    {
        var options = new DispatchOptions { Data = Directory.CreateTempSubdirectory("taxicredit-baseline-").FullName, Port = 0, MqttPort = 0 };
        var city = EmptyCity.On(await options.WithEmptyDatabaseAsync());
        return await city.WithDbAsync(async db =>
        {
            await DatabaseUpgrade.CreateFileAsync(db, CancellationToken.None);
            await db.GetService<IMigrator>().MigrateAsync(Baseline.Id);
            await db.Database.ExecuteSqlAsync($"""DELETE FROM "__EFMigrationsHistory" """);
            foreach (var id in history)
                await db.Database.ExecuteSqlAsync($"""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ({id}, '10.0.15')""");
            return city;
        });
    }
}
