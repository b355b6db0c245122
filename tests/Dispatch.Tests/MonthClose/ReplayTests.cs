using System.Data.Common;
using Dispatch.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.MonthClose;

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
    [DataRow("UPDATE \"Ledger\" SET \"Points\" = -1000", "DIFFERS ledger: entry 1 of d-2")]
    [DataRow("DELETE FROM \"LedgerDetails\"; DELETE FROM \"Ledger\"", "DIFFERS 2017-06 revision 1: d-2")]
    public async Task Replay_SomethingWasChangedBehindTheServer_NamesTheFirstDifference(string sql, string difference)
    {
        await CloseTwoMonthsAsync();
        await City.WithDbAsync(async db =>
        {
            await db.DropTriggersAsync();
            return await db.Database.ExecuteSqlRawAsync(sql);
        });

        var (same, lines) = await ReplayAsync();

        Assert.IsFalse(same);
        StringAssert.StartsWith(lines[^1], difference);
    }

    [TestMethod]
    [DataRow("UPDATE \"Ledger\" SET \"Points\" = 0")]
    [DataRow("DELETE FROM \"Ledger\"")]
    [DataRow("UPDATE \"Audit\" SET \"Actor\" = 'x'")]
    [DataRow("DELETE FROM \"Audit\"")]
    [DataRow("UPDATE \"Chronicle\" SET \"Key\" = '1'")]
    [DataRow("DELETE FROM \"Chronicle\"")]
    [DataRow("INSERT INTO \"Ledger\" (\"Sequence\", \"DriverId\", \"Driver\", \"Kind\", \"Code\", \"Points\", \"ConductOn\", \"DecidedOn\", \"Case\", "
        + "\"DetailsCommitment\", \"Hash\", \"PreviousHash\") SELECT \"Sequence\", \"DriverId\", \"Driver\", \"Kind\", \"Code\", 0, "
        + "\"ConductOn\", \"DecidedOn\", \"Case\", '', '', 'x' FROM \"Ledger\" WHERE true "
        + "ON CONFLICT (\"Sequence\") DO UPDATE SET \"Points\" = 0", DisplayName = "upsert of an entry")]
    [DataRow("INSERT INTO \"Audit\" SELECT * FROM \"Audit\" WHERE true ON CONFLICT (\"Id\") DO UPDATE SET \"Actor\" = 'x'")]
    [DataRow("UPDATE \"Closes\" SET \"Digest\" = 'x' WHERE \"Period\" = '2017-06'")]
    [DataRow("UPDATE \"Closes\" SET \"Status\" = 'Open'")]
    [DataRow("DELETE FROM \"Closes\"")]
    [DataRow("INSERT INTO \"Closes\" SELECT * FROM \"Closes\" WHERE true ON CONFLICT (\"Id\") DO UPDATE SET \"Digest\" = 'x'")]
    [DataRow("UPDATE \"Ratings\" SET \"Stars\" = 4")]
    [DataRow("UPDATE \"Ratings\" SET \"CloseId\" = \"CloseId\" + 100")]
    [DataRow("DELETE FROM \"Ratings\" WHERE \"DriverId\" = 1")]
    [DataRow("UPDATE \"Signature\" SET \"Actor\" = 'x' WHERE \"Actor\" = 'officer-a'")]
    [DataRow("DELETE FROM \"Signature\"")]
    [DataRow("INSERT INTO \"Signature\" SELECT \"Id\", 'x', 0, NULL FROM \"Closes\"")]
    public async Task Database_ChangeOfAnAppendOnlyTable_IsRefused(string sql)
    {
        await CloseTwoMonthsAsync();

        var refused = await Assert.ThrowsAsync<DbException>(() => City.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(sql)));

        StringAssert.Contains(refused.Message, "append-only");
    }

    /// <summary>A preview is begun anew, and dropped by a revision: only what is published stays.</summary>
    [TestMethod]
    public async Task Preview_BegunAnewBesideAPublishedMonth_ReplacesItsRatingsAndSignatures()
    {
        await City.CloseAsync("2017-06");
        var first = await City.PostAsync("months/2017-07/preview", new { actor = SmallCity.Officer });
        await City.PostAsync("months/2017-07/signatures", new { actor = SmallCity.Officer, digest = first.GetProperty("digest").GetString() });

        await City.PostAsync("months/2017-07/preview", new { actor = SmallCity.Officer });
        await City.PostAsync("months/2017-06/revisions", new { actor = SmallCity.Officer, reason = "To see." });

        var left = await City.WithDbAsync(db => db.Closes.Select(c => c.Period + " " + c.Revision).OrderBy(c => c).ToListAsync());
        CollectionAssert.AreEqual(new[] { "2017-06 1", "2017-06 2" }, left);
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
        City.WithDbAsync(db => ReplayMonths.RunAsync(db, CancellationToken.None));
}
