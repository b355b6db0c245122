using System.Data.Common;
using Dispatch.Tests.Crooked;
using Dispatch.Tests.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TaxiCredit.Dispatch.Data;

namespace Dispatch.Tests.Verification;

/// <summary>
/// Each value of the database, changed behind the server, is found by <c>verify</c>, or the table in <c>docs/verify.md</c> says why it need not be.
/// </summary>
[TestClass]
public class MutationTests
{
    /// <summary>Of so many mutations every <c>./test</c> tries one.</summary>
    private const int Sample = 13;

    private static readonly ProtectionTable Protection = ProtectionTable.Read();

    private CrookedCity _city = null!;

    [TestInitialize]
    public async Task BuildAsync() => _city = await ClosedCity.BuildAsync();

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    public async Task Verify_UndisturbedCity_FindsNoDifference()
    {
        await using var db = Open();

        var (same, lines) = await Verified.RunAsync(db);

        Assert.IsTrue(same, string.Join('\n', lines));
    }

    [TestMethod]
    public async Task Table_OfProtection_NamesEveryTableAndNoOther()
    {
        await using var db = Open();
        var mutations = await Mutation.AllAsync(db);

        var without = mutations.Where(m => Protection.IsProtected(m.Table, m.Column) is null).Select(m => $"{m.Table}.{m.Column}").Distinct().ToList();
        Assert.IsEmpty(without, $"no line in docs/verify.md: {string.Join(", ", without)}");
        // SQLite alone locks migrations by a table.
        var gone = Protection.Tables.Except(mutations.Select(m => m.Table)).Except(["__EFMigrationsLock"]).ToList();
        Assert.IsEmpty(gone, $"lines about tables that are not there: {string.Join(", ", gone)}");
        // What PostgreSQL makes by itself nobody can write to, and SQLite does not have.
        var stale = Protection.Tables.SelectMany(table => Protection.ColumnsOf(table).Select(column => (table, column)))
            .Except(mutations.Select(m => (m.Table, m.Column))).Except([("Ledger", "Brief")]).ToList();
        Assert.IsEmpty(stale, $"lines about columns that are not there: {string.Join(", ", stale)}");
    }

    [TestMethod]
    public Task Verify_ASampleOfCellsChanged_FindsEach() => TryAsync((_, n) => n % Sample == 5);

    [TestMethod]
    [TestCategory("slow")]
    public Task Verify_EachCellChanged_FindsEach() => TryAsync((_, _) => true);

    private async Task TryAsync(Func<Mutation, int, bool> which)
    {
        List<Mutation> mutations;
        await using (var db = Open())
            mutations = [.. (await Mutation.AllAsync(db)).Where(m => Protection.IsProtected(m.Table, m.Column) == true).Where(which)];
        Assert.IsGreaterThan(20, mutations.Count);

        var (silent, without) = (new List<string>(), new List<string>());
        foreach (var mutation in mutations)
        {
            var (changed, lines) = await TryAsync(mutation);
            if (changed == 0 && mutation.What is not ("emptied" or "another day"))
                without.Add($"{mutation.Table}.{mutation.Column} {mutation.What}");
            else if (changed != 0 && !lines.Exists(IsFound))
                silent.Add($"{mutation.Table}.{mutation.Column} {mutation.What}");
        }

        Assert.IsEmpty(silent, $"not found: {string.Join(", ", silent)}");
        Assert.IsEmpty(without, $"no row to change: {string.Join(", ", without)}");
    }

    /// <summary>That the triggers are gone, as they must be for this, counts for nothing.</summary>
    private static bool IsFound(string line) =>
        line.StartsWith("DIFFERS ", StringComparison.Ordinal) && !line.StartsWith("DIFFERS schema ", StringComparison.Ordinal);

    private async Task<(int Changed, List<string> Lines)> TryAsync(Mutation mutation)
    {
        await using var db = Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (db is PostgresDispatchContext)
            await db.Database.ExecuteSqlAsync($"SET LOCAL session_replication_role = replica");
        else
            await db.DropTriggersAsync();
        // Braces are placeholders to Entity Framework.
        var sql = mutation.Sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
        try
        {
            var changed = await db.Database.ExecuteSqlRawAsync(sql);
            return (changed, (await Verified.RunAsync(db)).Lines);
        }
        catch (DbException refused) when (refused is SqliteException { SqliteErrorCode: 19 } or PostgresException { SqlState: ['2', '3', ..] })
        {
            // A constraint of the database does not let it happen.
            return (1, ["DIFFERS because it was refused"]);
        }
    }

    /// <summary>A connection that asks neither triggers nor foreign keys.</summary>
    private DispatchContext Open() => _city.Options.DatabaseConnection is { } connection
        ? new PostgresDispatchContext(new DbContextOptionsBuilder<PostgresDispatchContext>()
            .UseNpgsql(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ToString()).Options)
        : new SqliteDispatchContext(new DbContextOptionsBuilder<SqliteDispatchContext>()
            .UseSqlite(new SqliteConnectionStringBuilder { DataSource = _city.Options.DatabaseFile, Pooling = false, ForeignKeys = false }.ToString()).Options);
}
