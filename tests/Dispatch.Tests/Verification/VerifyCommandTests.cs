using System.Security.Cryptography;
using Dispatch.Tests.Crooked;
using Dispatch.Tests.Databases;
using Dispatch.Tests.Exchange;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.CommandLine;
using TaxiCredit.Dispatch.Data;

namespace Dispatch.Tests.Verification;

/// <summary>Exit codes of <c>verify</c>, and that it leaves everything as it is.</summary>
[TestClass]
public sealed class VerifyCommandTests
{
    [TestMethod]
    public async Task Verify_CityThatIsClosed_EndsWith0AndWritesNothing()
    {
        await using var city = await CrookedCity.CopyAsync();
        await city.Options.ClearPoolAsync();
        var before = Files(city.Options.Data);

        Assert.AreEqual(0, await Commands.VerifyAsync(city.Options));

        CollectionAssert.AreEqual(before, Files(city.Options.Data));
    }

    [TestMethod]
    public async Task Verify_BesideAServerThatHasItOpen_EndsWith0()
    {
        await using var city = await SmallCity.BuildAsync();
        await city.UpholdAsync("d-2", "S01", "2017-08-10");

        Assert.AreEqual(0, await Commands.VerifyAsync(city.Options));
    }

    /// <summary>What somebody else noted, held against the city: both ways only read.</summary>
    [TestMethod]
    public async Task Verify_ACheckpointAndAReport_WritesNothing()
    {
        await using var city = await ClosedCity.BuildAsync();
        var noted = Path.GetTempFileName();
        File.Copy(Path.Combine(city.Options.Data, "city.checkpoint"), noted, overwrite: true);
        await city.Options.ClearPoolAsync();
        var before = Files(city.Options.Data);

        var codes = (await Commands.VerifyCheckpointAsync(city.Options, noted, []), await Commands.VerifyReportAsync(city.Options, noted, [], null));

        File.Delete(noted);
        Assert.AreEqual((0, 1), codes, "a checkpoint is no report");
        CollectionAssert.AreEqual(before, Files(city.Options.Data));
    }

    [TestMethod]
    public async Task Verify_ADifference_EndsWith1()
    {
        await using var city = await CrookedCity.CopyAsync();
        await city.WithDbAsync(db => db.Database.ExecuteSqlAsync($"""UPDATE "Drivers" SET "Name" = 'Somebody' WHERE "Id" = 1"""));
        await city.Options.ClearPoolAsync();

        Assert.AreEqual(1, await Commands.VerifyAsync(city.Options));
    }

    [TestMethod]
    public async Task Verify_NoDatabase_EndsWith2AndMakesNone()
    {
        var options = new DispatchOptions { Data = Directory.CreateTempSubdirectory("taxicredit-none-").FullName, Port = 0, MqttPort = 0 };

        Assert.AreEqual(2, await Commands.VerifyAsync(options));

        Assert.IsFalse(File.Exists(options.DatabaseFile));
    }

    [TestMethod]
    [DataRow(true, DisplayName = "older")]
    [DataRow(false, DisplayName = "newer")]
    public async Task Verify_SchemaOfAnotherVersion_EndsWith2AndIsNotMigrated(bool isOlder)
    {
        var options = new DispatchOptions { Data = Directory.CreateTempSubdirectory("taxicredit-other-").FullName, Port = 0, MqttPort = 0 };
        await using var city = EmptyCity.On(options);
        await city.WithDbAsync(async db =>
        {
            await DatabaseUpgrade.CreateFileAsync(db, CancellationToken.None);
            await db.GetService<IMigrator>().MigrateAsync(isOlder ? "20261130001500_OperationKeys" : null);
            return isOlder ? 0 : await db.Database.ExecuteSqlAsync(
                $"""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29990101000000_Later', '99')""");
        });
        await options.ClearPoolAsync();
        var before = Files(options.Data);

        Assert.AreEqual(2, await Commands.VerifyAsync(options));
        Assert.AreEqual(2, await Commands.VerifyCheckpointAsync(options, "none", []));
        Assert.AreEqual(2, await Commands.VerifyReportAsync(options, "none", [], null));

        CollectionAssert.AreEqual(before, Files(options.Data));
    }

    private static List<string> Files(string folder) =>
        [.. Directory.GetFiles(folder).Order()
            .Select(file => $"{Path.GetFileName(file)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}")];
}
