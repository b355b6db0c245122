using System.Data.Common;
using Dispatch.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.MonthClose;

[TestClass]
public class ReplayTests : CityTests
{
    [TestMethod]
    public async Task Replay_Undisturbed_IsTheSame()
    {
        await CloseTwoMonthsAsync();

        var (same, lines) = await ReplayAsync();

        Assert.IsTrue(same, string.Join('\n', lines));
    }

    [TestMethod]
    [DataRow("UPDATE \"Ratings\" SET \"Stars\" = 4 WHERE \"Stars\" = 3", "DIFFERS 2017-06 revision 1: d-2")]
    [DataRow("UPDATE \"Ratings\" SET \"Points\" = \"Points\" + 1", "DIFFERS 2017-06 revision 1: d-1")]
    [DataRow("UPDATE \"Closes\" SET \"RulebookHash\" = 'x' WHERE \"Period\" = '2017-07'", "DIFFERS 2017-07 revision 1: the rulebook")]
    [DataRow("UPDATE \"LedgerDetails\" SET \"Json\" = '{{}}'", "DIFFERS details of entry 1")]
    [DataRow("DROP TRIGGER \"Ledger_no_update\"{on Ledger}; UPDATE \"Ledger\" SET \"Points\" = -1000", "DIFFERS ledger: entry 1 of d-2")]
    [DataRow("DROP TRIGGER \"Ledger_no_delete\"{on Ledger}; DELETE FROM \"LedgerDetails\"; DELETE FROM \"Ledger\"", "DIFFERS 2017-06 revision 1: d-2")]
    public async Task Replay_SomethingWasChangedBehindTheServer_NamesTheFirstDifference(string sql, string difference)
    {
        await CloseTwoMonthsAsync();
        // SQLite has one name space for triggers, PostgreSQL one per table.
        var spoken = sql.Replace("{on Ledger}", TestDatabases.Provider == DatabaseProvider.Postgres ? " ON \"Ledger\"" : "", StringComparison.Ordinal);
        await City.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(spoken));

        var (same, lines) = await ReplayAsync();

        Assert.IsFalse(same);
        StringAssert.StartsWith(lines[^1], difference);
    }

    [TestMethod]
    [DataRow("UPDATE \"Ledger\" SET \"Points\" = 0")]
    [DataRow("DELETE FROM \"Ledger\"")]
    [DataRow("UPDATE \"Audit\" SET \"Actor\" = 'x'")]
    [DataRow("DELETE FROM \"Audit\"")]
    public async Task Database_ChangeOfAnAppendOnlyTable_IsRefused(string sql)
    {
        await City.UpholdAsync("d-2", "S01", "2017-08-10");

        var refused = await Assert.ThrowsAsync<DbException>(() => City.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(sql)));

        StringAssert.Contains(refused.Message, "append-only");
    }

    private async Task CloseTwoMonthsAsync()
    {
        await City.SetTodayAsync(new DateOnly(2017, 6, 20));
        await City.UpholdAsync("d-2", "S01", "2017-06-10");
        await City.SetTodayAsync(new DateOnly(2017, 8, 15));
        await City.CloseAsync("2017-06");
        await City.CloseAsync("2017-07");
    }

    private Task<(bool Same, List<string> Lines)> ReplayAsync() =>
        City.WithDbAsync(db => ReplayMonths.RunAsync(db, City.Server.Services.GetRequiredService<InstalledRulebooks>(), CancellationToken.None));
}
