using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Crooked;

[TestClass]
public sealed class CrookedMonthsTests : CrookedTests
{
    [TestMethod]
    public async Task PublishMonth_RevisionOvertakenByALaterMonth_IsRefused()
    {
        await ReviseAsync("2017-11");
        await SignAsync("2017-11");
        Assert.IsNull(await RefusalOfAsync(context =>
            PreviewMonth.HandleAsync("2017-12", new(CrookedCity.Supervisor), context, CrookedCity.SmallBatches, default)));
        await SignAsync("2017-12");
        Assert.IsNull(await PublishAsync("2017-12"));

        Assert.AreEqual("revision-outrun", await PublishAsync("2017-11"));
        Assert.AreEqual(2, await City.WithDbAsync(db =>
            PublishedRatings.NewestRevisions(db).Where(c => c.Period == "2017-11").Select(c => c.Revision).SingleAsync()));
    }

    [TestMethod]
    public async Task PublishMonth_RevisionThatTakesEveryLaterMonthAlong_IsPublished()
    {
        await ReviseAsync("2017-09");
        await SignAsync("2017-09");

        Assert.IsNull(await PublishAsync("2017-09"));
        CollectionAssert.AreEqual(
            new[] { "2017-09 2", "2017-10 3", "2017-11 3" },
            await City.WithDbAsync(db => PublishedRatings.NewestRevisions(db).OrderBy(c => c.Period).Select(c => c.Period + " " + c.Revision).ToListAsync()));
    }

    /// <summary>On a clock of which no two readings are the same.</summary>
    [TestMethod]
    public async Task PublishMonth_RevisionWithLaterMonths_HasOneInstantForAll()
    {
        await ReviseAsync("2017-09");
        await SignAsync("2017-09");
        City.Time.AutoAdvanceAmount = TimeSpan.FromMilliseconds(1);

        Assert.IsNull(await PublishAsync("2017-09"));

        City.Time.AutoAdvanceAmount = TimeSpan.Zero;
        var published = await City.WithDbAsync(db => PublishedRatings.NewestRevisions(db).Select(c => c.PublishedAt).ToListAsync());
        Assert.HasCount(3, published);
        Assert.HasCount(1, published.Distinct());
    }

    /// <summary>
    /// Probation ends with 60 days, not with 60 shifts: d-80 has 30 days of two shifts in September, d-20 has 30 nights. d-50 left after 20 days, d-90 was
    /// added on 2017-10-15. d-60 lost 60 points, d-30 100 with a conduct that allows one star at most, until that was reversed.
    /// </summary>
    [TestMethod]
    [DataRow("2017-09", 1, "d-10 4, d-20 -, d-30 4, d-40 3, d-50 -, d-60 3, d-70 4, d-80 -")]
    [DataRow("2017-10", 1, "d-10 4, d-20 4, d-30 1, d-40 3, d-50 -, d-60 3, d-70 4, d-80 4, d-90 -")]
    [DataRow("2017-10", 2, "d-10 4, d-20 4, d-30 4, d-40 3, d-50 -, d-60 3, d-70 4, d-80 4, d-90 -")]
    [DataRow("2017-11", 1, "d-10 3, d-20 4, d-30 1, d-40 3, d-50 -, d-60 3, d-70 4, d-80 3, d-90 -")]
    [DataRow("2017-11", 2, "d-10 3, d-20 4, d-30 4, d-40 3, d-50 -, d-60 3, d-70 4, d-80 3, d-90 -")]
    public async Task Ratings_OfEachRevision_AreThoseOfItsLedgerAndDays(string period, int revision, string stars) => Assert.AreEqual(
        stars, string.Join(", ", (await RatingsAsync(period, revision)).Select(r => $"{r.Driver} {(r.Stars is { } lit ? $"{lit}" : "-")}")));

    /// <summary>
    /// d-40: 14 deductions of 5 points; of 190 merits of 5 points 15 count, 75 together, of which at most half of what was lost offsets: 1000 - 70 + 35.
    /// </summary>
    [TestMethod]
    public async Task Ratings_OfADriverWith204LiveEntries_CountEachByTheRulebook() =>
        Assert.AreEqual(96_500, (await RatingsAsync("2017-09", 1)).Single(r => r.Driver == "d-40").Points);

    [TestMethod]
    public async Task Replay_OfThreeMonthsAndARevision_FindsNoDifference()
    {
        var (same, lines) = await City.WithDbAsync(db => Verified.RunAsync(db));

        Assert.IsTrue(same, string.Join('\n', lines));
        Assert.HasCount(5, lines.Where(line => line.StartsWith("month", StringComparison.Ordinal)).ToList());
    }

    private async Task<List<(string Driver, int? Stars, int Points)>> RatingsAsync(string period, int revision)
    {
        var rows = await City.WithDbAsync(db => (
            from rating in db.Ratings
            join close in db.Closes on rating.CloseId equals close.Id
            where close.Period == period && close.Revision == revision
            join driver in db.Drivers on rating.DriverId equals driver.Id
            orderby driver.Code
            select new { driver.Code, rating.Stars, rating.Points }).ToListAsync());
        return rows.ConvertAll(r => (r.Code, r.Stars, r.Points));
    }

    private async Task SignAsync(string period)
    {
        foreach (var signer in new[] { CrookedCity.OtherOfficer, CrookedCity.OtherSupervisor })
        {
            Assert.IsNull(await RefusalOfAsync(async context =>
            {
                var digest = (await OpenCloses.NewestAsync(period, context.Db, default)).Value.Digest;
                return await SignMonth.HandleAsync(period, new(Acting.AtServer(signer), digest), context, default);
            }));
        }
    }

    private async Task ReviseAsync(string period) => Assert.IsNull(await RefusalOfAsync(context =>
        ReviseMonth.HandleAsync(period, new(CrookedCity.Officer, "Once more."), context, CrookedCity.SmallBatches, default)));

    private Task<string?> PublishAsync(string period) =>
        RefusalOfAsync(context => PublishMonth.HandleAsync(period, new(Acting.AtServer(CrookedCity.Supervisor)), context, default));
}
