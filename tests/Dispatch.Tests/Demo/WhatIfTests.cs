using Microsoft.EntityFrameworkCore;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Demo;

/// <summary>Stars follow from decisions: other decisions give other stars, by the operations that the bureau has for it.</summary>
[TestClass]
public class WhatIfTests
{
    /// <summary>No deduction, and as many merits as count: 1,050 points. A detour takes 50, of which merits make good half.</summary>
    private const string Spotless = "d-0018";

    private const string Period = "2017-12";

    private PlayedCity _city = null!;

    [TestInitialize]
    public async Task CopyAsync() => _city = await PlayedCity.CopyAsync();

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    /// <summary>In January, as December is published and takes no decision any more.</summary>
    [TestMethod]
    public async Task OneMoreDetour_DriverWith4Stars_FallsTo3()
    {
        var before = (await StarsAsync())[Spotless];
        await _city.SetTodayAsync(new DateOnly(2018, 1, 10));
        await UpholdAsync(Spotless, "S01");
        await _city.SetTodayAsync(new DateOnly(2018, 2, 1));

        var close = (await _city.InContextAsync(context => PreviewMonth.HandleAsync(
            "2018-01", new(DemoActors.Officers[0]), context, new CloseSettings(), CancellationToken.None))).Value;

        var after = await _city.WithDbAsync(db => db.Ratings.Where(r => r.CloseId == close.Id)
            .Join(db.Drivers.Where(d => d.Code == Spotless), r => r.DriverId, d => d.Id, (r, _) => new { r.Points, r.Stars }).SingleAsync());
        Assert.AreEqual((1_050_00, 4), before);
        Assert.AreEqual((975_00, (int?)3), (after.Points, after.Stars));
    }

    [TestMethod]
    public async Task NoMerits_AllReversed_FewerHave4Stars()
    {
        var before = await StarsAsync();
        await ReverseAsync(points => points > 0);

        await ReviseAsync();

        var after = await StarsAsync();
        Assert.IsLessThan(before.Values.Count(d => d.Stars == 4), after.Values.Count(d => d.Stars == 4));
    }

    [TestMethod]
    public async Task NoDecisions_AllReversed_EverybodyStandsAt1000()
    {
        await ReverseAsync(_ => true);

        await ReviseAsync();

        var after = await StarsAsync();
        Assert.HasCount(205, after);
        Assert.IsTrue(after.Values.All(d => d is { Points: 1_000_00, Stars: 4 }));
    }

    private async Task UpholdAsync(string driver, string code)
    {
        var report = new RecordCase(DemoActors.Officers[1], CaseKind.Complaint, driver, code, new DateOnly(2017, 12, 29), "灯塔街", "乘客称司机未经同意绕行。");
        var number = (await _city.InContextAsync(context => RecordCase.HandleAsync(report, context, CancellationToken.None))).Value.Number;
        _ = (await _city.InContextAsync(
            context => DemoHearing.DecideAsync(number, new(DemoActors.Officers[0], Verdict.Upheld, "轨迹证实。"), context, CancellationToken.None))).Value;
    }

    private async Task ReverseAsync(Func<int, bool> chosen)
    {
        var entries = await _city.WithDbAsync(db => (
            from entry in db.Ledger
            join decided in db.Cases on entry.Sequence equals decided.LedgerSequence
            select new { entry.Sequence, entry.Points, decided.DecidedBy }).ToListAsync());
        await _city.InContextAsync(async context =>
        {
            await using var all = await context.Db.Database.BeginTransactionAsync();
            foreach (var entry in entries.Where(e => chosen(e.Points)))
            {
                var other = DemoActors.Supervisors.First(name => name != entry.DecidedBy);
                _ = (await ReverseEntry.HandleAsync(entry.Sequence, new(other, "复核后撤销。"), context, CancellationToken.None)).Value;
                context.Db.ChangeTracker.Clear();
            }

            await all.CommitAsync();
            return 0;
        });
    }

    /// <summary>Recomputes December from the current ledger, and publishes it.</summary>
    private async Task ReviseAsync()
    {
        var close = (await _city.InContextAsync(context => ReviseMonth.HandleAsync(
            Period, new(DemoActors.Officers[0], "复核"), context, new CloseSettings(), CancellationToken.None))).Value;
        foreach (var name in new[] { DemoActors.Officers[0], DemoActors.Supervisors[0] })
        {
            _ = (await _city.InContextAsync(context =>
                SignMonth.HandleAsync(Period, new(Acting.AtServer(name), close.Digest), context, CancellationToken.None))).Value;
        }

        _ = (await _city.InContextAsync(context =>
            PublishMonth.HandleAsync(Period, new(Acting.AtServer(DemoActors.Supervisors[0])), context, CancellationToken.None))).Value;
    }

    private Task<Dictionary<string, (int Points, int? Stars)>> StarsAsync() => _city.WithDbAsync(async db =>
    {
        var ratings = await (from close in PublishedRatings.NewestRevisions(db)
                             where close.Period == Period
                             join rating in db.Ratings on close.Id equals rating.CloseId
                             join driver in db.Drivers on rating.DriverId equals driver.Id
                             select new { driver.Code, rating.Points, rating.Stars }).ToListAsync();
        return ratings.ToDictionary(r => r.Code, r => (r.Points, r.Stars));
    });
}
