using System.Net;
using System.Text.Json;
using Dispatch.Tests.Databases;

namespace Dispatch.Tests.MonthClose;

[TestClass]
public class MonthCloseTests : CityTests
{
    [TestMethod]
    public async Task Publish_SignedByTwo_RatesEveryDriver()
    {
        await City.UpholdAsync("d-2", "S01", "2017-07-20");
        await City.SetTodayAsync(new DateOnly(2017, 9, 1));

        await City.CloseAsync("2017-08");

        var month = await City.GetAsync("months/2017-08");
        Assert.AreEqual("published", month.GetProperty("status").GetString());
        Assert.AreEqual(2, Rated(month, "4"));
        Assert.AreEqual(1, Rated(month, "3"));
        Assert.AreEqual(0, Rated(month, "unrated"));
        Assert.AreEqual(1, month.GetProperty("chain").GetProperty("entries").GetInt64());
        Assert.IsTrue(month.GetProperty("chain").GetProperty("verified").GetBoolean());
    }

    [TestMethod]
    [DecidedByDatabase("SQL by hand: the ledger in brief")]
    public async Task Tally_OfPublishedMonth_ExplainsEveryPoint()
    {
        await City.UpholdAsync("d-2", "S01", "2017-07-20");
        await City.SetTodayAsync(new DateOnly(2017, 9, 1));
        await City.CloseAsync("2017-08");

        var tally = await City.GetAsync("drivers/d-2/months/2017-08");

        var lines = tally.GetProperty("lines").EnumerateArray().ToList();
        Assert.AreEqual(950m, tally.GetProperty("points").GetDecimal());
        Assert.AreEqual(950m, lines.Sum(l => l.GetProperty("counted").GetDecimal()));
        var line = lines.Single(l => l.GetProperty("code").GetString() == "S01");
        Assert.AreEqual("2017-07-20", line.GetProperty("conductOn").GetString());
        Assert.IsFalse(string.IsNullOrEmpty(line.GetProperty("conductZh").GetString()));
        Assert.IsFalse(string.IsNullOrEmpty(line.GetProperty("source").GetString()));
    }

    [TestMethod]
    [DecidedByDatabase("types: days of shifts, read row by row")]
    public async Task Tally_DriverWithFiftyNineDays_IsUnrated_WithSixtyIsRated()
    {
        await City.SetTodayAsync(new DateOnly(2017, 3, 1));

        await City.CloseAsync("2017-02");
        var february = await City.GetAsync("months/2017-02");
        await City.SetTodayAsync(new DateOnly(2017, 4, 1));
        await City.CloseAsync("2017-03");

        Assert.AreEqual(3, Rated(february, "unrated"), "31 days of January and 28 of February are 59");
        Assert.AreEqual(3, Rated(await City.GetAsync("months/2017-03"), "4"));
    }

    [TestMethod]
    public async Task Preview_MonthNotOver_IsRefused_DayAfterIsTaken()
    {
        await City.SetTodayAsync(new DateOnly(2017, 8, 31));
        await City.RefusedAsync("months/2017-08/preview", new { actor = SmallCity.Officer }, HttpStatusCode.UnprocessableEntity, "month-not-over");

        await City.SetTodayAsync(new DateOnly(2017, 9, 1));
        await City.PostAsync("months/2017-08/preview", new { actor = SmallCity.Officer });
    }

    [TestMethod]
    public async Task Preview_OutOfOrder_IsRefused()
    {
        await City.CloseAsync("2017-05");

        await City.RefusedAsync("months/2017-07/preview", new { actor = SmallCity.Officer }, HttpStatusCode.UnprocessableEntity, "month-out-of-order");
        await City.RefusedAsync("months/2017-05/preview", new { actor = SmallCity.Officer }, HttpStatusCode.Conflict, "month-already-published");
        await City.RefusedAsync("months/2017-04/preview", new { actor = SmallCity.Officer }, HttpStatusCode.Conflict, "month-already-published");
        await City.PostAsync("months/2017-06/preview", new { actor = SmallCity.Officer });
    }

    [TestMethod]
    [DataRow("2017-13")]
    [DataRow("2017-1")]
    [DataRow("201712")]
    public async Task Preview_MalformedPeriod_IsRefused(string period) =>
        await City.RefusedAsync($"months/{period}/preview", new { actor = SmallCity.Officer }, HttpStatusCode.NotFound, "period-form");

    [TestMethod]
    public async Task Sign_SameActorTwice_IsRefused()
    {
        var digest = (await City.PostAsync("months/2017-07/preview", new { actor = SmallCity.Officer })).GetProperty("digest").GetString();
        await City.PostAsync("months/2017-07/signatures", new { actor = SmallCity.Officer, digest });

        await City.RefusedAsync("months/2017-07/signatures", new { actor = SmallCity.Officer, digest }, HttpStatusCode.Conflict, "already-signed");
        await City.RefusedAsync("months/2017-07/publication", new { actor = SmallCity.Officer }, HttpStatusCode.Conflict, "close-out-of-step");
    }

    [TestMethod]
    public async Task Sign_FiguresOtherThanPreviewed_IsRefused()
    {
        var digest = (await City.PostAsync("months/2017-07/preview", new { actor = SmallCity.Officer })).GetProperty("digest").GetString();
        await City.PostAsync("months/2017-07/signatures", new { actor = SmallCity.Officer, digest });
        await City.SetTodayAsync(new DateOnly(2017, 7, 31));
        await City.UpholdAsync("d-1", "S01", "2017-07-20");
        await City.SetTodayAsync(new DateOnly(2017, 8, 15));

        var again = await City.PostAsync("months/2017-07/preview", new { actor = SmallCity.Officer });

        Assert.AreEqual(0, again.GetProperty("signedBy").GetArrayLength(), "a new preview drops the signatures");
        await City.RefusedAsync("months/2017-07/signatures", new { actor = SmallCity.Supervisor, digest }, HttpStatusCode.Conflict, "digest-differs");
    }

    [TestMethod]
    public async Task Sign_NothingPreviewed_IsRefused() =>
        await City.RefusedAsync("months/2017-07/signatures", new { actor = SmallCity.Officer, digest = "x" }, HttpStatusCode.NotFound, "month-not-previewed");

    [TestMethod]
    [DecidedByDatabase("SQL by hand: the ledger in brief up to a sequence")]
    public async Task Revise_AfterReversal_RestoresStarsInMonthAndThoseAfter()
    {
        await City.SetTodayAsync(new DateOnly(2017, 6, 20));
        var sequence = await City.UpholdAsync("d-2", "S01", "2017-06-10");
        await City.SetTodayAsync(new DateOnly(2017, 8, 15));
        await City.CloseAsync("2017-06");
        await City.CloseAsync("2017-07");
        await City.PostAsync($"ledger/{sequence}/reversal", new { actor = SmallCity.Supervisor, reason = "The meter was read wrongly." });

        var revision = await City.PostAsync("months/2017-06/revisions", new { actor = SmallCity.Officer, reason = "Objection upheld." });
        Assert.AreEqual(1, Rated(await City.GetAsync("months/2017-06"), "3"), "a revision counts when it is published, not before");
        await City.RefusedAsync("months/2017-07/signatures", new { actor = SmallCity.Officer, digest = "x" }, HttpStatusCode.Conflict, "close-follows");
        await City.SignAndPublishAsync("2017-06", revision.GetProperty("digest").GetString()!);

        foreach (var period in new[] { "2017-06", "2017-07" })
        {
            var month = await City.GetAsync($"months/{period}");
            Assert.AreEqual(2, month.GetProperty("revision").GetInt32(), period);
            Assert.AreEqual(3, Rated(month, "4"), period);
            Assert.AreEqual(2, month.GetProperty("revisions").GetArrayLength(), period);
        }

        var before = await City.GetAsync("drivers/d-2/months/2017-07?revision=1");
        Assert.AreEqual(3, before.GetProperty("stars").GetInt32(), "the first revision stays readable as it was");
    }

    [TestMethod]
    public async Task Revise_MonthNeverPublished_IsRefused() =>
        await City.RefusedAsync("months/2017-07/revisions", new { actor = SmallCity.Officer, reason = "X" }, HttpStatusCode.NotFound, "month-not-published");

    [TestMethod]
    [DataRow(4, null)]
    [DataRow(5, 5)]
    public async Task Month_ComplaintsOfAPublishedOne_AreToldFromFiveOn(int complaints, int? told)
    {
        for (var n = 0; n < complaints; n++)
            await City.RecordAsync("d-2", "S10", "2017-08-10");
        await City.SetTodayAsync(new DateOnly(2017, 9, 20));
        await City.CloseAsync("2017-08");

        var shown = (await City.GetAsync("months/2017-08")).GetProperty("complaints");

        Assert.AreEqual(told, shown.ValueKind == JsonValueKind.Null ? null : shown.GetInt32());
    }

    private static int Rated(JsonElement month, string stars) => month.GetProperty("rated").GetProperty(stars).GetInt32();
}
