using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Roster;

namespace Dispatch.Tests.Chronicle;

[TestClass]
public class ChronicleTests : CityTests
{
    [TestMethod]
    public async Task SignOff_OfADriver_AddsAnEntryThatTakesThePlaceOfTheSignOn()
    {
        var before = (await EntriesAsync()).Count;

        await City.PostAsync("shifts/off", new { actor = SmallCity.Officer, driver = "d-2" });

        var added = (await EntriesAsync())[before..];
        var shift = await City.WithDbAsync(db => db.Shifts.Where(s => s.Driver.Code == "d-2").Select(s => s.Id).SingleAsync());
        Assert.HasCount(1, added);
        Assert.AreEqual((RowChange.Stored, "Shifts", $"{shift}"), (added[0].Change, added[0].Table, added[0].Key));
        var replaced = (await EntriesAsync()).Single(e => e.Sequence == added[0].Replaces);
        Assert.AreEqual((RowChange.Stored, "Shifts", $"{shift}"), (replaced.Change, replaced.Table, replaced.Key));
        Assert.AreNotEqual(replaced.Commitment, added[0].Commitment);
    }

    [TestMethod]
    public async Task Chain_OfACityThatWasSettled_RecomputesWithoutAGap()
    {
        await City.UpholdAsync("d-2", "S01", "2017-08-10");

        var (sequence, hash) = (0L, ChronicleChain.Genesis);
        foreach (var entry in await EntriesAsync())
        {
            Assert.AreEqual(++sequence, entry.Sequence);
            Assert.AreEqual(hash = ChronicleChain.HashOf(hash, entry), entry.Hash, $"entry {sequence}");
        }

        Assert.AreEqual((sequence, hash), await EndAsync(ChainHead.Chronicle));
    }

    [TestMethod]
    public async Task Audit_LinesOfSeveralOperations_AreNumberedAndChained()
    {
        await City.UpholdAsync("d-2", "S01", "2017-08-10");

        var (sequence, hash) = (0L, ChronicleChain.AuditGenesis);
        foreach (var line in await City.WithDbAsync(db => db.Audit.AsNoTracking().OrderBy(a => a.Id).ToListAsync()))
        {
            Assert.AreEqual(++sequence, line.Id);
            Assert.AreEqual(hash = ChronicleChain.HashOf(hash, line), line.Hash, $"line {sequence}");
        }

        Assert.IsGreaterThan(10, sequence);
        Assert.AreEqual((sequence, hash), await EndAsync(ChainHead.Audit));
    }

    [TestMethod]
    public async Task Decision_Upheld_MovesTheEndOfTheLedger()
    {
        var sequence = await City.UpholdAsync("d-2", "S01", "2017-08-10");

        var hash = await City.WithDbAsync(db => db.Ledger.Where(e => e.Sequence == sequence).Select(e => e.Hash).SingleAsync());
        Assert.AreEqual((sequence, hash), await EndAsync(ChainHead.Ledger));
    }

    [TestMethod]
    public async Task Commitments_OfEveryRow_AreThoseOfTheRows()
    {
        await City.UpholdAsync("d-2", "S01", "2017-08-10");
        await City.PostAsync("displays", new { actor = SmallCity.Officer, id = "disp-0001", cab = "cab-1" });

        var (rows, differing) = await City.WithDbAsync(async db =>
        {
            await using var reading = await db.BeginReadAsync(default);
            var (count, wrong) = (0, new List<string>());
            var marks = await db.Set<ChronicleMark>().AsNoTracking()
                .Join(db.Set<ChronicleEntry>(), m => m.Sequence, e => e.Sequence, (m, e) => new { m.Table, m.Key, m.Salt, e.Commitment })
                .ToDictionaryAsync(m => (m.Table, m.Key));
            var tables = ChronicledTables.Of(db);
            foreach (var form in tables.Entities.Select(tables.FormOf))
            {
                await db.RowsAsync($"SELECT {form.Expressions} FROM \"{form.Table}\" t", row =>
                {
                    var values = new string?[form.Columns.Count];
                    form.Read(row, values);
                    var key = form.KeyOf(values);
                    count++;
                    if (!marks.Remove((form.Table, key), out var mark) || form.Commit(mark.Salt, key, values) != mark.Commitment)
                        wrong.Add($"{form.Table} {key}");
                }, default);
            }

            wrong.AddRange(marks.Keys.Select(mark => $"no row of {mark}"));
            return (count, wrong);
        });

        Assert.IsEmpty(differing, string.Join(", ", differing));
        Assert.IsGreaterThan(20, rows);
    }

    [TestMethod]
    public async Task Save_OfAnUnchangedRow_AddsNoEntry()
    {
        var before = (await EntriesAsync()).Count;

        await City.WithDbAsync(async db =>
        {
            db.UpdateRange(await db.Drivers.AsNoTracking().ToListAsync());
            return await db.SaveChangesAsync();
        });

        Assert.HasCount(before, await EntriesAsync());
    }

    [TestMethod]
    public async Task Save_ThatFails_AddsNeitherEntryNorAuditLine()
    {
        var before = await EntriesAsync();
        var end = await EndAsync(ChainHead.Audit);

        await Assert.ThrowsAsync<DbUpdateException>(() => City.WithDbAsync(async db =>
        {
            db.Audit.Add(new() { At = DateTimeOffset.UnixEpoch, Actor = "x", Operation = "x", Subject = "x" });
            db.Actors.Add(new() { Name = SmallCity.Officer, Role = TaxiCredit.Dispatch.Operations.Role.Admin });
            return await db.SaveChangesAsync();
        }));

        Assert.HasCount(before.Count, await EntriesAsync());
        Assert.AreEqual(end, await EndAsync(ChainHead.Audit));
    }

    [TestMethod]
    public async Task Save_OfARoleThatChanges_KeepsTheEarlierRoleReadable()
    {
        await City.WithDbAsync(async db =>
        {
            db.Actors.Remove(await db.Actors.SingleAsync(a => a.Name == SmallCity.OtherOfficer));
            return await db.SaveChangesAsync();
        });

        var entries = (await EntriesAsync()).Where(e => e.Table == "Actors").ToList();
        var last = entries[^1];
        Assert.AreEqual(RowChange.Deleted, last.Change);
        Assert.IsNull(last.Commitment);
        var before = entries.Single(e => e.Sequence == last.Replaces);
        StringAssert.Contains(before.Content, "\"Name\":\"officer-b\",\"Role\":\"Officer\"");
    }

    [TestMethod]
    [DataRow(true, DisplayName = "erased")]
    [DataRow(false, DisplayName = "deleted")]
    public async Task Save_OfARowThatGoes_TellsErasureFromDeletion(bool isErased)
    {
        await City.WithDbAsync(async db =>
        {
            db.CasePhotos.Add(new CasePhoto { CaseId = await FirstCaseAsync(), File = "x.jpg", Size = 1 });
            await db.SaveChangesAsync();
            var photo = await db.CasePhotos.SingleAsync();
            if (isErased)
                db.Erase([photo]);
            else
                db.Remove(photo);
            return await db.SaveChangesAsync();
        });

        var last = (await EntriesAsync()).Last(e => e.Table == "CasePhotos");
        Assert.AreEqual(isErased ? RowChange.Erased : RowChange.Deleted, last.Change);
        Assert.IsFalse(await City.WithDbAsync(db => db.Set<ChronicleMark>().AnyAsync(m => m.Table == "CasePhotos")), "the salt goes with the row");

        async Task<long> FirstCaseAsync()
        {
            await City.RecordAsync("d-2", "S01", "2017-08-10");
            return await City.WithDbAsync(other => other.Cases.Select(c => c.Id).FirstAsync());
        }
    }

    /// <summary>
    /// Two values that one sloppy form would write alike: a column that may be null keeps null apart from 0, and no value runs into its
    /// neighbour.
    /// </summary>
    [TestMethod]
    public void Commit_OfValuesThatLookAlike_Differs()
    {
        var salt = new byte[16];
        var form = City.WithDbAsync(db => Task.FromResult(ChronicledTables.Of(db) is var tables
            ? tables.FormOf(tables.Entities.Single(e => e.ClrType == typeof(Case))) : null!)).Result;
        var hour = form.Columns.ToList().FindIndex(c => c.Name == "ConductHour");
        var place = form.Columns.ToList().FindIndex(c => c.Name == "Place");
        var reason = form.Columns.ToList().FindIndex(c => c.Name == "Reason");
        var row = form.Columns.Select(c => c.IsNullable ? null : "1").ToArray();

        var commitments = new[] { With(hour, null), With(hour, "0"), With(reason, ""), With(place, "1\nReason\n1\n1"), With(place, "1\n"), With(place, "") }
            .Append(With(reason, "1")).ToList();

        Assert.AreEqual(commitments.Count, commitments.Distinct().Count());

        string With(int column, string? value)
        {
            var changed = row.ToArray();
            changed[column] = value;
            return form.Commit(salt, "1", changed);
        }
    }

    private Task<List<ChronicleEntry>> EntriesAsync() =>
        City.WithDbAsync(db => db.Set<ChronicleEntry>().AsNoTracking().OrderBy(e => e.Sequence).ToListAsync());

    private Task<(long Sequence, string Hash)> EndAsync(string chain) => City.WithDbAsync(async db => (await db.EndAsync(chain, default))!.Value);
}
