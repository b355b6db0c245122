using System.Data.Common;
using System.Text.RegularExpressions;
using Dispatch.Tests.Exchange;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Data.Migrations;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Databases;

/// <summary>A city that the program of the baseline had stored, brought to the newest schema. Its rows are those of <c>baseline-data.sql</c>.</summary>
[TestClass]
public partial class UpgradeTests
{
    private const string TablesOnSqlite = """
        SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.name NOT LIKE '\_\_EF%' ESCAPE '\' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY t.name, c.cid
        """;

    private const string TablesOnPostgres = """
        SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name NOT LIKE '\_\_EF%' ORDER BY table_name, ordinal_position
        """;

    private EmptyCity _city = null!;

    [TestInitialize]
    public async Task FillAsync()
    {
        var options = new DispatchOptions { Data = Directory.CreateTempSubdirectory("taxicredit-upgrade-").FullName, Port = 0, MqttPort = 0 };
        _city = EmptyCity.On(await options.WithEmptyDatabaseAsync());
        await _city.WithDbAsync(async db =>
        {
            await DatabaseUpgrade.CreateFileAsync(db, CancellationToken.None);
            await db.GetService<IMigrator>().MigrateAsync(Baseline.Id);
            await using var command = await CommandAsync(db, DataAs(TestDatabases.Provider));
            return await command.ExecuteNonQueryAsync();
        });
    }

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    public async Task Prepare_DatabaseOfTheBaseline_KeepsEveryValue()
    {
        var tables = await _city.WithDbAsync(TablesAsync);
        Assert.HasCount(34, tables);
        var before = await _city.WithDbAsync(db => ValuesAsync(db, tables));
        Assert.IsEmpty(before.Where(table => table.Value.Count == 0).Select(table => table.Key), "the script fills every table of the baseline");

        await _city.Server.PrepareAsync("upgraded", CancellationToken.None);

        var after = await _city.WithDbAsync(db => ValuesAsync(db, tables));
        foreach (var (table, rows) in before.Where(table => table.Key is not ("Audit" or "Cases" or "Settings")))
            CollectionAssert.AreEqual(rows, after[table], table);
        Assert.AreEqual("case-life|1", after["Settings"].Except(before["Settings"]).Single());
        Assert.IsEmpty(before["Settings"].Except(after["Settings"]));
        // A decision that was reversed says so from then on, and one line of the audit log tells of it.
        Assert.IsEmpty(before["Audit"].Except(after["Audit"]));
        StringAssert.Contains(after["Audit"].Except(before["Audit"]).Single(), "adopt-case-life");
        StringAssert.Contains(before["Cases"].Except(after["Cases"]).Single(), "|Upheld|");
        StringAssert.Contains(after["Cases"].Except(before["Cases"]).Single(), "|Reversed|");
    }

    [TestMethod]
    public async Task Prepare_DatabaseOfTheBaseline_IsReadByEveryEntity()
    {
        await _city.Server.PrepareAsync("upgraded", CancellationToken.None);

        await _city.WithDbAsync(async db =>
        {
            var rows = await ValuesAsync(db, await TablesAsync(db));
            var set = typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!;
            foreach (var entity in db.Model.GetEntityTypes().Where(entity => !entity.IsOwned()))
            {
                var all = (IQueryable<object>)set.MakeGenericMethod(entity.ClrType).Invoke(db, null)!;
                Assert.HasCount(rows[entity.GetTableName()!].Count, await all.AsNoTracking().ToListAsync(), entity.Name);
            }

            return 0;
        });
    }

    [TestMethod]
    public async Task Prepare_DatabaseOfTheBaseline_IsVerified()
    {
        await _city.Server.PrepareAsync("upgraded", CancellationToken.None);

        var (same, lines) = await _city.WithDbAsync(db => Verified.RunAsync(db));

        Assert.IsTrue(same, string.Join('\n', lines));
        CollectionAssert.AreEqual(
            new[] { "2017-06 revision 1", "2017-06 revision 2", "2017-07 revision 1" },
            lines.Where(line => line.StartsWith("month", StringComparison.Ordinal)).Select(line => line[8..26]).ToList());
    }

    [TestMethod]
    public async Task Prepare_DatabaseOfTheBaseline_AdoptsTheRulebookOfItsCloses()
    {
        await _city.Server.PrepareAsync("upgraded", CancellationToken.None);

        var stored = await _city.WithDbAsync(db => db.Rulebooks.AsNoTracking().SingleAsync());
        Assert.AreEqual("538ae67f7ec38da9a2d4269e2278bc63e67a91d540a8e276fdee636a4d4afeed", stored.Sha256);
        Assert.IsNull((await _city.InContextAsync(context => Explanation.OfAsync("d-1", "2017-07", null, context, CancellationToken.None))).Refusal);
    }

    /// <summary>The file was edited before the upgrade: the city goes on with what is installed, and says what it cannot explain any more.</summary>
    [TestMethod]
    public async Task Prepare_TextOfTheClosesNotInstalled_GoesOnAndExplainsNoneOfThem()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_city.Folder, "rulebooks")).FullName;
        var shipped = await File.ReadAllTextAsync(Path.Combine(InstalledRulebooks.UsualFolder, "rongcheng-taxi.2016-01-01.json"));
        await File.WriteAllTextAsync(Path.Combine(folder, "rongcheng-taxi.2016-01-01.json"), shipped + " ");
        var other = EmptyCity.On(_city.Options, services => services.AddSingleton(InstalledRulebooks.Read(folder, "rongcheng-taxi")));

        await other.Server.PrepareAsync("upgraded", CancellationToken.None);

        Assert.AreEqual(1, await other.WithDbAsync(db => db.Rulebooks.CountAsync()));
        var explained = await other.InContextAsync(context => Explanation.OfAsync("d-1", "2017-07", null, context, CancellationToken.None));
        Assert.AreEqual("rulebook-gone", explained.Refusal?.Code);
        await other.Server.DisposeAsync();
    }

    [TestMethod]
    public async Task Prepare_DatabaseOfTheBaseline_IsTakenIntoTheChronicleOnce()
    {
        await _city.Server.PrepareAsync("upgraded", CancellationToken.None);
        var first = await _city.WithDbAsync(ChronicleAsync);
        await _city.Server.PrepareAsync("upgraded", CancellationToken.None);

        CollectionAssert.AreEqual(first, await _city.WithDbAsync(ChronicleAsync));
        foreach (var table in new[] { "Cases", "Shifts", "Drivers", "Signature", "AccountSecrets", "Passkeys", "Settings", "Audit" })
            Assert.Contains($"Adopted {table} ", first);
        Assert.Contains("Stored Shifts 1", first);

        static async Task<List<string>> ChronicleAsync(DispatchContext db) =>
            (await db.Set<ChronicleEntry>().AsNoTracking().OrderBy(e => e.Sequence).ToListAsync()).ConvertAll(e => $"{e.Change} {e.Table} {e.Key}");
    }

    /// <summary>The script as the database reads it: its literals are SQLite's, all of which PostgreSQL accepts except byte literals.</summary>
    private static string DataAs(DatabaseProvider provider)
    {
        using var text = new StreamReader(typeof(UpgradeTests).Assembly.GetManifestResourceStream("baseline-data.sql")!);
        var script = text.ReadToEnd();
        return provider == DatabaseProvider.Postgres ? BytesLiteral().Replace(script, @"'\x$1'::bytea") : script;
    }

    [GeneratedRegex("X'([0-9a-f]*)'")]
    private static partial Regex BytesLiteral();

    /// <summary>Columns of each table.</summary>
    private static async Task<Dictionary<string, List<string>>> TablesAsync(DispatchContext db)
    {
        await using var command = await CommandAsync(db, TestDatabases.Provider == DatabaseProvider.Postgres ? TablesOnPostgres : TablesOnSqlite);
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new Dictionary<string, List<string>>();
        while (await reader.ReadAsync())
        {
            if (!tables.TryGetValue(reader.GetString(0), out var columns))
                tables[reader.GetString(0)] = columns = [];
            columns.Add(reader.GetString(1));
        }

        return tables;
    }

    /// <summary>Rows of each table, a line each, sorted.</summary>
    private static async Task<Dictionary<string, List<string>>> ValuesAsync(DispatchContext db, Dictionary<string, List<string>> tables)
    {
        var values = new Dictionary<string, List<string>>();
        foreach (var (table, columns) in tables)
        {
            await using var command = await CommandAsync(db, $"SELECT {string.Join(", ", columns.Select(column => $"\"{column}\""))} FROM \"{table}\"");
            await using var reader = await command.ExecuteReaderAsync();
            values[table] = [];
            while (await reader.ReadAsync())
                values[table].Add(string.Join('|', columns.Select((_, n) => Text(reader.GetValue(n)))));
            values[table].Sort(StringComparer.Ordinal);
        }

        return values;

        static string Text(object value) => value is byte[] bytes ? Convert.ToHexString(bytes) : $"{value}";
    }

    private static async Task<DbCommand> CommandAsync(DispatchContext db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
