using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Recognition;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Rulebooks;

namespace Dispatch.Tests.Demo;

/// <summary>What the demo promises of the year 2017, read from its database.</summary>
[TestClass]
public class PublishedFiguresTests
{
    private static readonly Month December = new(2017, 12);
    private static PlayedCity _city = null!;

    [ClassInitialize]
    public static async Task PlayAsync(TestContext _) => _city = await PlayedCity.CopyAsync();

    [ClassCleanup]
    public static async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    public async Task December_YearPlayed_Has145With4Stars59With3And1With2()
    {
        var rated = await RatedAsync("2017-12");

        CollectionAssert.AreEqual(new[] { 145, 59, 1, 0, 0, 0 }, rated);
    }

    [TestMethod]
    public async Task EveryMonth_YearPlayed_IsPublishedAndRatesEverybody()
    {
        var periods = await _city.WithDbAsync(
            db => db.Closes.Where(c => c.Status == CloseStatus.Published).Select(c => c.Period).OrderBy(p => p).ToListAsync());

        CollectionAssert.AreEqual(Enumerable.Range(1, 12).Select(month => $"2017-{month:00}").ToList(), periods);
        foreach (var period in periods)
        {
            var rated = await RatedAsync(period);
            Assert.AreEqual(205, rated.Sum(), period);
            Assert.AreEqual(0, rated[^1], $"{period} leaves drivers unrated");
        }
    }

    [TestMethod]
    public async Task Complaints_YearPlayed_FallBy72Percent()
    {
        var january = await ComplaintsAsync(new Month(2017, 1));
        var december = await ComplaintsAsync(December);

        Assert.AreEqual(72.0, 100.0 * (january - december) / january, $"{january} in January, {december} in December");
        Assert.IsGreaterThanOrEqualTo(5, december, "A figure of fewer than five complainants is not published.");
    }

    [TestMethod]
    public async Task Property_UpheldReturns_AddUpToMoreThanTwoMillion()
    {
        var fen = await _city.WithDbAsync(db => db.Cases
            .Where(c => c.Status == CaseStatus.Upheld && c.DecidedOn <= December.LastDay).SumAsync(c => c.PropertyFen));

        Assert.IsGreaterThan(2_000_000_00L, fen!.Value);
    }

    [TestMethod]
    public async Task CommunityMerit_YearPlayed_StandsInTheFilesOf15Drivers()
    {
        var drivers = await _city.WithDbAsync(db => db.Ledger.Where(e => e.Code == "M03").Select(e => e.Driver).Distinct().CountAsync());

        Assert.AreEqual(15, drivers);
    }

    [TestMethod]
    public async Task Referrals_YearPlayed_AreTheFirstTenOfTheShortlist()
    {
        var shortlist = (await _city.InContextAsync(context => Shortlist.OfAsync("2017-12", context, CancellationToken.None))).Value;
        var referred = await _city.WithDbAsync(db => db.Set<Referral>().OrderBy(r => r.Id).Select(r => r.Driver.Code).ToListAsync());

        CollectionAssert.AreEqual(shortlist.Take(10).Select(entry => entry.Driver).ToList(), referred);
        Assert.HasCount(10, referred);
    }

    [TestMethod]
    public async Task Roster_YearPlayed_Has21TeamsOfAtMostTenCabsEachLed()
    {
        var teams = await _city.WithDbAsync(db => db.Teams.Select(t => new
        {
            Cabs = db.Set<Cab>().Count(c => c.TeamId == t.Id),
            Leaders = db.Set<Leadership>().Count(l => l.TeamId == t.Id && l.RemovedOn == null),
        }).ToListAsync());

        Assert.HasCount(21, teams);
        Assert.AreEqual(205, teams.Sum(t => t.Cabs));
        Assert.IsTrue(teams.All(t => t is { Cabs: <= 10, Leaders: 1 }));
    }

    [TestMethod]
    public async Task Cases_YearPlayed_ArePartlyUndecidedAndLabelledSynthetic()
    {
        var open = await _city.WithDbAsync(db => db.Cases.CountAsync(c => CaseLife.Open.Contains(c.Status)));
        var late = await _city.WithDbAsync(db => db.Cases.CountAsync(c => CaseLife.Open.Contains(c.Status) && c.SubmittedOn < new DateOnly(2017, 12, 3)));

        Assert.IsGreaterThan(0, open);
        Assert.AreEqual(0, late, "Cases have passed the longest deadline.");
        Assert.IsTrue(await _city.WithDbAsync(db => db.Settings.AnyAsync(s => s.Name == Setting.Synthetic)));
        Assert.AreEqual(DemoCity.Ends, _city.Services.GetRequiredService<BureauTime>().Today);
    }

    [TestMethod]
    public async Task December_TalliedInMemory_AgreesDriverByDriver()
    {
        var city = new SyntheticCity(SyntheticCity.DemoSeed);
        var rulebooks = new RulebookShelf(_city.Services.GetRequiredService<InstalledRulebooks>().Versions);
        var closes = new SyntheticCloses(rulebooks, [.. city.Roster.Drivers.Select(d => d.Code)]);
        var expected = closes.Through(December, city.SubmittedThrough(December)).Select(t => $"{t.Key} {t.Value.Points} {t.Value.Stars}").Order();

        var published = await _city.WithDbAsync(async db =>
        {
            var ratings = await (from close in db.Closes
                                 where close.Period == "2017-12"
                                 join rating in db.Ratings on close.Id equals rating.CloseId
                                 join driver in db.Drivers on rating.DriverId equals driver.Id
                                 select new { driver.Code, rating.Points, rating.Stars }).ToListAsync();
            return ratings.Select(r => $"{r.Code} {new Points(r.Points)} {r.Stars}").Order().ToList();
        });

        CollectionAssert.AreEqual(expected.ToList(), published);
    }

    [TestMethod]
    public async Task Ledger_YearPlayed_ReplaysToWhatWasPublished()
    {
        var (same, lines) = await _city.WithDbAsync(
            db => Verified.RunAsync(db));

        Assert.IsTrue(same, lines[^1]);
    }

    private static Task<int> ComplaintsAsync(Month month) => _city.WithDbAsync(db => db.Cases.CountAsync(
        c => c.Kind == CaseKind.Complaint && c.SubmittedOn >= month.FirstDay && c.SubmittedOn <= month.LastDay));

    private static Task<int[]> RatedAsync(string period) => _city.WithDbAsync(async db =>
    {
        var close = await PublishedRatings.NewestRevisions(db).SingleAsync(c => c.Period == period);
        return (await RatedCounts.OfAsync(close.Id, db, CancellationToken.None)).Values.ToArray();
    });
}
