using System.Text;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Bulk;

namespace Dispatch.Tests.Databases;

[TestClass]
public class RawReadTests : CityTests
{
    private static readonly RawColumn[] Columns = [RawColumn.Number("v.n"), RawColumn.Text("v.t"), RawColumn.Bytes("v.b")];

    [TestMethod]
    public async Task ReadRaw_CellsAtTheEndsOfTheirTypes_AreAsStored()
    {
        Assert.AreEqual($"{long.MinValue} text 0a", await ReadAsync("-9223372036854775807 - 1", "'text'"));
        Assert.AreEqual($"{long.MaxValue} text 0a", await ReadAsync($"{long.MaxValue}", "'text'"));
        Assert.AreEqual("-1  0a", await ReadAsync("-1", "''"));
        Assert.AreEqual("null null null", await ReadAsync("NULL", "NULL", isNull: true));
        var text = string.Concat(Enumerable.Repeat("路口", 100_000));
        Assert.AreEqual($"0 {text} 0a", await ReadAsync("0", $"'{text}'"));
    }

    [TestMethod]
    public async Task ReadRaw_RowsAroundTheSizeOfABatch_AllComeInOrder() => await WithDbAsync(async db =>
    {
        foreach (var rows in new[] { 1, 31, 32, 33, 10_000 })
        {
            var seen = new List<long?>();
            await db.ReadRawAsync(
                [RawColumn.Number("c.n")],
                $"FROM (WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < {rows}) SELECT n FROM r) c ORDER BY n",
                row => seen.Add(row.Number(0)), CancellationToken.None);

            Assert.IsTrue(seen.SequenceEqual(Enumerable.Range(1, rows).Select(n => (long?)n)), $"{seen.Count} of {rows} rows");
        }

        await db.ReadRawAsync([RawColumn.Number("1")], "WHERE 1 = 0", _ => Assert.Fail("There is no row."), CancellationToken.None);
    });

    [TestMethod]
    public async Task ReadRaw_WhoTakesThrows_LeavesTheConnectionUsable() => await WithDbAsync(async db =>
    {
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => db.ReadRawAsync(
            [RawColumn.Text("a.\"Name\"")], "FROM \"Settings\" a, \"Settings\" b, \"Settings\" c", _ => throw new InvalidOperationException(),
            CancellationToken.None));

        Assert.IsGreaterThan(0, await db.Settings.CountAsync());
    });

    [TestMethod]
    public async Task Day_OfText_IsOneOfTheCalendarOrNull() => await WithDbAsync(async db =>
    {
        foreach (var (text, day) in new (string, DateOnly?)[]
        {
            ("2024-02-29", new(2024, 2, 29)), ("2023-02-29", null), ("0000-01-01", null), ("2024-13-01", null), ("2024-1-011", null), ("2024-0a-01", null),
            ("2024-01-01 ", null),
        })
            await db.ReadRawAsync([RawColumn.Text($"'{text}'")], "", row => Assert.AreEqual(day, row.Day(0), text), CancellationToken.None);
    });

    /// <summary>A row of three cells, as people would write it.</summary>
    private async Task<string> ReadAsync(string number, string text, bool isNull = false)
    {
        var read = "no row";
        await WithDbAsync(db =>
        {
            var blob = (isNull, db is PostgresDispatchContext) switch
            {
                (true, true) => "NULL::bytea",
                (true, false) => "NULL",
                (false, true) => "'\\x0a'::bytea",
                (false, false) => "x'0a'",
            };
            return db.ReadRawAsync(
                Columns, $"FROM (SELECT {number} AS n, {text} AS t, {blob} AS b) v",
                row => read = $"{row.Shown(0)} {(row.IsNull(1) ? "null" : Encoding.UTF8.GetString(row.Utf8(1)))} {row.Shown(2)}", CancellationToken.None);
        });
        return read;
    }

    private Task<bool> WithDbAsync(Func<DispatchContext, Task> run) => City.WithDbAsync(async db =>
    {
        await run(db);
        return true;
    });
}
