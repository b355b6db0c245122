using Dispatch.Tests.Databases;
using Dispatch.Tests.Exchange;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TaxiCredit.Dispatch.CommandLine;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.MonthClose;

namespace Dispatch.Tests.MonthClose;

/// <summary>A close while the database or the disk fails under it, and in a database that was restored: it goes on, to the same result.</summary>
[TestClass]
public sealed class FailingStoreCloseTests
{
    [TestMethod]
    public async Task Preview_PostgresKilledInTheMiddle_GoesOnWhenItIsBack()
    {
        await using var server = await PostgresServer.StartAsync();
        // The tests' server answers before it has written; a bureau's does not, and what it has committed outlives its end.
        await using var city = await EmptyCity.BuildAsync(server.ConnectionTo("failing") + ";Options=-c synchronous_commit=on", ClosingCity.InSmallBatches);
        await city.FillAsync();

        using (new StepWatch(Steps.DriverTallied, 5, () => Task.Run(server.KillAsync).GetAwaiter().GetResult()))
            await Assert.ThrowsAsync<Exception>(() => PreviewAsync(city));
        await server.StartAgainAsync();
        NpgsqlConnection.ClearAllPools();
        Assert.AreEqual("Open 4 4", await StandAsync(city));
        await ExpireLeaseAsync(city);
        await PreviewAsync(city);

        await AssertUndisturbedAsync(city);
    }

    /// <summary>A tablespace on a small disk. So many drivers that neither they nor their ratings fit into pages that there are already.</summary>
    [TestMethod]
    public async Task ImportAndPreview_PostgresDiskFull_StoreNothingAndGoOnWhenThereIsRoom()
    {
        const int drivers = 2_000;
        await using var disk = await SmallDisk.MountAsync(megabytes: 64);
        await using var server = await PostgresServer.StartAsync();
        await disk.GiveToAsync("postgres");
        await ExecuteAsync(server.ConnectionTo("postgres"), $"CREATE TABLESPACE small LOCATION '{disk.Path}'");
        await ExecuteAsync(server.ConnectionTo("postgres"), "CREATE DATABASE full_disk TABLESPACE small");
        await using var city = await EmptyCity.BuildAsync(server.ConnectionTo("full_disk"));
        var roster = city.Write("roster.csv", EmptyCity.RosterHeader + "\r\n" + string.Concat(
            Enumerable.Range(1, drivers).Select(n => $"d-{n},Driver {n},cab-{n},P{n},t-{n / 10},T{n / 10},,2017-01-01,cab-{n}\r\n")));
        var cases = city.Write("cases.csv", EmptyCity.CasesHeader + "\r\n");

        await disk.FillAsync();
        Assert.AreEqual(1, await Commands.ImportAsync(city.Options, new(roster, cases)));
        await city.AssertNothingStoredAsync();
        disk.Empty();
        Assert.AreEqual(0, await Commands.ImportAsync(city.Options, new(roster, cases)));
        await city.AddActorsAsync();
        // The first preview makes the pages on which the second one begins; its ratings take new ones.
        var digest = (await PreviewAsync(city)).Digest;

        await disk.FillAsync();
        var full = await Assert.ThrowsAsync<Exception>(() => PreviewAsync(city));
        Assert.AreEqual(PostgresErrorCodes.DiskFull, (full.GetBaseException() as PostgresException)?.SqlState, full.ToString());
        disk.Empty();
        Assert.AreEqual("Open 0 0", await StandAsync(city));
        Assert.AreEqual(digest, (await PreviewAsync(city)).Digest);

        Assert.AreEqual($"Previewed {drivers} {drivers}", await StandAsync(city));
    }

    [TestMethod]
    public async Task Preview_SqliteDiskFull_GoesOnWhenThereIsRoom()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 16);
        await using var filled = await EmptyCity.BuildAsync();
        await filled.FillAsync();
        var data = Directory.CreateDirectory(Path.Combine(disk.Path, "city")).FullName;
        // Not the file alone: while a job of the server looks at it, the newest lies beside it.
        var copy = Path.Combine(data, "dispatch.db");
        await filled.WithDbAsync(db => db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}"));
        await using var city = EmptyCity.On(filled.Options with { Data = data }, ClosingCity.InSmallBatches);

        await disk.FillAsync();
        await Assert.ThrowsAsync<Exception>(() => PreviewAsync(city));
        disk.Empty();
        SqliteConnection.ClearAllPools();
        await PreviewAsync(city);

        await AssertUndisturbedAsync(city);
        SqliteConnection.ClearAllPools();
    }

    [TestMethod]
    public async Task Preview_InADatabaseRestoredFromItsMiddle_EndsAsTheFirstTime()
    {
        await using var city = await EmptyCity.BuildAsync(null, ClosingCity.InSmallBatches);
        await city.FillAsync();
        var backup = Path.Combine(city.Folder, "backup.db");
        Task BackUpAsync() => city.WithDbAsync(db => db.Database.ExecuteSqlAsync($"VACUUM INTO {backup}"));
        using (new StepWatch(Steps.DriverTallied, 5, () => Task.Run(BackUpAsync).GetAwaiter().GetResult()))
            await PreviewAsync(city);
        await AssertUndisturbedAsync(city);

        SqliteConnection.ClearAllPools();
        File.Copy(backup, city.Options.DatabaseFile, overwrite: true);
        Assert.AreEqual("Open 4 4", await StandAsync(city));
        await ExpireLeaseAsync(city);
        await PreviewAsync(city);

        await AssertUndisturbedAsync(city);
    }

    private static Task<Close> PreviewAsync(EmptyCity city) =>
        city.InContextAsync(async context =>
            (await PreviewMonth.HandleAsync(ClosingCity.Period, new(SmallCity.Officer), context, city.CloseSettings, CancellationToken.None)).Value);

    /// <summary>Status, how far it came, and ratings that are stored.</summary>
    private static Task<string> StandAsync(EmptyCity city) => city.WithDbAsync(db =>
        db.Closes.Where(c => c.Period == ClosingCity.Period)
            .Select(c => $"{c.Status} {c.TalliedThrough} {db.Set<Rating>().Count(r => r.CloseId == c.Id)}").SingleAsync());

    /// <summary>As if the time of the worker that is gone were over.</summary>
    private static Task<int> ExpireLeaseAsync(EmptyCity city) =>
        city.WithDbAsync(db => db.Leases.ExecuteUpdateAsync(row => row.SetProperty(lease => lease.Until, DateTimeOffset.UnixEpoch)));

    private static async Task AssertUndisturbedAsync(EmptyCity city)
    {
        await city.SignAndPublishAsync(ClosingCity.Period);
        await using var undisturbed = await EmptyCity.BuildAsync();
        await undisturbed.FillAsync();
        await PreviewAsync(undisturbed);
        await undisturbed.SignAndPublishAsync(ClosingCity.Period);

        Assert.AreEqual(await undisturbed.ResultAsync(), await city.ResultAsync());
    }

    private static async Task ExecuteAsync(string connection, string sql)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        await using var command = new NpgsqlCommand(sql, open);
        await command.ExecuteNonQueryAsync();
    }
}
