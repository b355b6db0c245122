using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Dispatch.Tests.MonthClose;

/// <summary>
/// SQLite's REPLACE deletes whatever is in the way of a row, by key or by unique index, without a trigger for deletions. PostgreSQL has no such
/// statement.
/// </summary>
[TestClass]
public sealed class ReplaceTests
{
    private SmallCity _city = null!;

    [TestInitialize]
    public async Task BuildAsync() => _city = await SmallCity.BuildAsync();

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    private const string ColumnsOfLedger =
        "DriverId, Driver, Kind, Code, Points, MaxStars, ConductOn, DecidedOn, \"Case\", Reverses, DetailsCommitment, Hash, PreviousHash";

    [TestMethod]
    [DataRow("INSERT OR REPLACE INTO Ledger SELECT * FROM Ledger")]
    [DataRow($"REPLACE INTO Ledger SELECT 1, {ColumnsOfLedger} FROM Ledger WHERE Sequence = 2")]
    [DataRow($"REPLACE INTO Ledger SELECT 99, {ColumnsOfLedger} FROM Ledger WHERE Sequence = 1", DisplayName = "the same previous hash")]
    [DataRow("REPLACE INTO Ledger SELECT 99, DriverId, Driver, Kind, Code, 0, MaxStars, ConductOn, DecidedOn, \"Case\", Reverses, '', '', 'x' FROM Ledger "
        + "WHERE Reverses IS NOT NULL", DisplayName = "the same reversed entry")]
    [DataRow("INSERT OR REPLACE INTO Audit SELECT Id, At, 'x', Operation, Subject, Detail, Hash FROM Audit")]
    [DataRow("INSERT OR REPLACE INTO Chronicle SELECT Sequence, 0, Change, \"Table\", Key, Replaces, Commitment, Content, Hash FROM Chronicle")]
    [DataRow("INSERT OR REPLACE INTO Closes SELECT * FROM Closes WHERE Period = '2017-06'")]
    [DataRow("UPDATE OR REPLACE Closes SET Period = '2017-06' WHERE Period = '2017-07'", DisplayName = "an open close in the place of a published one")]
    [DataRow("UPDATE OR REPLACE Closes SET Id = 1 WHERE Period = '2017-07'")]
    [DataRow("INSERT OR REPLACE INTO Ratings SELECT CloseId, DriverId, Points, 4, DaysOnShift, PreviousStars FROM Ratings WHERE CloseId = 1")]
    [DataRow("UPDATE OR REPLACE Ratings SET CloseId = 1")]
    [DataRow("INSERT OR REPLACE INTO Signature SELECT CloseId, Actor, At + 1, Role FROM Signature")]
    [DataRow("UPDATE OR REPLACE Signature SET Actor = 'officer-a'")]
    public async Task Database_ReplaceOfAnAppendOnlyRow_IsRefused(string sql)
    {
        await PublishJuneAndPreviewJulyAsync();

        var refused = await Assert.ThrowsAsync<DbException>(() => _city.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(sql)));

        StringAssert.Contains(refused.Message, "append-only");
    }

    private async Task PublishJuneAndPreviewJulyAsync()
    {
        await _city.SetTodayAsync(new DateOnly(2017, 6, 20));
        var sequence = await _city.UpholdAsync("d-2", "S01", "2017-06-10");
        await _city.PostAsync($"ledger/{sequence}/reversal", new { actor = SmallCity.Supervisor, reason = "Another driver." });
        await _city.SetTodayAsync(new DateOnly(2017, 8, 15));
        await _city.CloseAsync("2017-06");
        await _city.PostAsync("months/2017-07/preview", new { actor = SmallCity.Officer });
    }
}
