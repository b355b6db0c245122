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
    [DataRow("UPDATE \"Ratings\" SET \"Stars\" = 4 WHERE \"Stars\" = 3", "Ratings 2017-06/1 d-2: stars, expected 3, found 4")]
    [DataRow("UPDATE \"Ratings\" SET \"Points\" = \"Points\" + 1", "Ratings 2017-06/1 d-1: points, expected")]
    [DataRow("UPDATE \"Ratings\" SET \"DaysOnShift\" = 9 WHERE \"DriverId\" = 1", "Ratings 2017-06/1 d-1: days on shift, expected 181, found 9")]
    [DataRow(
        "UPDATE \"Ratings\" SET \"PreviousStars\" = 0 WHERE \"CloseId\" = 2",
        "Ratings 2017-07/1 d-1: stars of the month before, expected")]
    [DataRow("DELETE FROM \"Ratings\" WHERE \"DriverId\" = 3", "Ratings 2017-06/1 d-3: rating, expected")]
    [DataRow("UPDATE \"Closes\" SET \"RulebookHash\" = 'x' WHERE \"Period\" = '2017-07'", "Closes 2017-07/1: rulebook rongcheng-taxi of 2016-01-01")]
    [DataRow("UPDATE \"Closes\" SET \"Status\" = 'Open' WHERE \"Period\" = '2017-07'", "Closes 2: commitment to the row")]
    [DataRow(
        "UPDATE \"Closes\" SET \"LedgerSequence\" = 9 WHERE \"Period\" = '2017-07'",
        "Ledger 9: entry, expected there, for 2017-07/1 read through it")]
    [DataRow("UPDATE \"Closes\" SET \"Period\" = '2017-09' WHERE \"Period\" = '2017-07'", "Closes 2017-09/1: month, expected 2017-07")]
    [DataRow("DELETE FROM \"Signature\"", "Signature 2017-06/1: signatures, expected 2, found 0")]
    [DataRow("UPDATE \"Signature\" SET \"Actor\" = 'nobody' WHERE \"Actor\" = 'officer-a'", "Signature 2017-06/1 nobody: role")]
    [DataRow("UPDATE \"Signature\" SET \"Actor\" = 'auditor-a' WHERE \"Actor\" = 'officer-a'", "Signature 2017-06/1 auditor-a: role")]
    [DataRow("UPDATE \"Cases\" SET \"DecidedBy\" = 'officer-b'", "Cases 1: commitment to the row")]
    [DataRow("UPDATE \"Cases\" SET \"Status\" = 'nonsense'", "Cases 1: commitment to the row")]
    [DataRow("UPDATE \"LedgerDetails\" SET \"Json\" = '{{}}'", "LedgerDetails 1: commitment to the details")]
    [DataRow("DELETE FROM \"LedgerDetails\"", "LedgerDetails 1: details, expected there")]
    [DataRow("UPDATE \"Ledger\" SET \"Points\" = -1000", "Ledger 1: hash")]
    [DataRow("UPDATE \"Ledger\" SET \"DriverId\" = 3", "Ledger 1: driver, expected d-2, as its hash covers, found driver id 3, d-3")]
    [DataRow("UPDATE \"Ledger\" SET \"Code\" = 'no code'", "Ledger 1: form of an entry")]
    [DataRow("DELETE FROM \"LedgerDetails\"; DELETE FROM \"Ledger\"", "ChainHeads ledger: number of the last link, expected 0, found 1")]
    [DataRow("UPDATE \"Shifts\" SET \"OnDay\" = '2017-06-01' WHERE \"DriverId\" = 3", "Ratings 2017-06/1 d-3: days on shift, expected 30, found 181")]
    [DataRow("UPDATE \"Audit\" SET \"Actor\" = 'x' WHERE \"Id\" = 3", "Audit 3: hash")]
    [DataRow("DELETE FROM \"Audit\" WHERE \"Id\" > 15", "ChainHeads audit: number of the last link, expected 15")]
    [DataRow("DELETE FROM \"Audit\" WHERE \"Id\" = 3", "Audit 3: line, expected there, found 4 follows 2")]
    [DataRow("INSERT INTO \"Actors\" (\"Name\", \"Role\") VALUES ('ghost', 'Admin')", "Actors 6: entry in the chronicle, expected one, found none")]
    [DataRow("INSERT INTO \"ApiTokens\" (\"Name\", \"Sha256\", \"CreatedAt\") VALUES ('ghost', 'x', 0)", "ApiTokens 2: entry in the chronicle")]
    [DataRow("DELETE FROM \"Shifts\" WHERE \"DriverId\" = 3", "Shifts 3: row, expected there, by entry")]
    [DataRow("SELECT 1", "schema trigger Ledger_no_update: definition")]
    public async Task Verify_SomethingWasChangedBehindTheServer_NamesIt(string sql, string difference)
    {
        await CloseTwoMonthsAsync();
        await City.WithDbAsync(async db =>
        {
            await db.DropTriggersAsync();
            return await db.Database.ExecuteSqlRawAsync(sql);
        });

        var (same, lines) = await ReplayAsync();

        Assert.IsFalse(same);
        Assert.Contains(line => line.StartsWith("DIFFERS " + difference, StringComparison.Ordinal), lines, string.Join('\n', lines));
    }

    [TestMethod]
    public async Task Verify_MoreDifferencesThanAreTold_CountsTheOthers()
    {
        await City.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(string.Join(';', Enumerable.Range(0, 205).Select(n =>
            $"INSERT INTO \"Actors\" (\"Name\", \"Role\") VALUES ('ghost-{n}', 'Admin')"))));

        var (same, lines) = await ReplayAsync();

        Assert.IsFalse(same);
        Assert.AreEqual(200, lines.Count(line => line.StartsWith("DIFFERS ", StringComparison.Ordinal)));
        Assert.AreEqual("and 5 differences more", lines[^1]);
    }

    [TestMethod]
    public async Task Verify_DetailsErasedAsTheChronicleSays_IsTheSame()
    {
        await CloseTwoMonthsAsync();
        await City.WithDbAsync(async db =>
        {
            db.Erase(await db.LedgerDetails.ToListAsync());
            return await db.SaveChangesAsync();
        });

        var (same, lines) = await ReplayAsync();

        Assert.IsTrue(same, string.Join('\n', lines));
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
        City.WithDbAsync(db => Verified.RunAsync(db));
}
