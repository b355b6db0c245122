using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Rulebooks;

namespace Dispatch.Tests.Demo;

[TestClass]
public class NextMonthTests
{
    [TestMethod]
    public async Task NextMonth_JanuaryThenFebruary_AreClosedAsInMemoryAndStarsChange()
    {
        await using var city = await PlayedCity.CopyAsync();
        var before = await RatingsAsync(city, "2017-12");
        foreach (var month in new[] { new Month(2018, 1), new Month(2018, 2) })
        {
            Assert.AreEqual(month, (await DemoCity.NextMonthAsync(city.Services, CancellationToken.None)).Value);
            Assert.AreEqual(month.Next.FirstDay.AddDays(1), city.Services.GetRequiredService<BureauTime>().Today);
            await CloseAsync(city, month);

            var after = await RatingsAsync(city, month.ToString());
            CollectionAssert.AreEqual(Expected(city, month), after);
            Assert.AreNotEqual(0, before.Zip(after).Count(pair => pair.First[^1] != pair.Second[^1]), $"Nobody's stars change in {month}.");
            before = after;
        }
    }

    [TestMethod]
    public async Task NextMonth_MonthBeforeNotPublished_IsRefusedAndNothingHappens()
    {
        await using var city = await PlayedCity.CopyAsync();
        _ = (await DemoCity.NextMonthAsync(city.Services, CancellationToken.None)).Value;
        var cases = await city.WithDbAsync(db => db.Cases.CountAsync());

        var again = await DemoCity.NextMonthAsync(city.Services, CancellationToken.None);

        Assert.AreEqual("month-before-open", again.Refusal?.Code);
        Assert.AreEqual(cases, await city.WithDbAsync(db => db.Cases.CountAsync()));
    }

    [TestMethod]
    public async Task NextMonth_CaseDecidedByHand_IsLeftAsItIs()
    {
        await using var city = await PlayedCity.CopyAsync();
        var number = await city.WithDbAsync(db => db.Cases.Where(c => CaseLife.Open.Contains(c.Status)).Select(c => c.Number).FirstAsync());
        _ = (await city.InContextAsync(context => DemoHearing.DecideAsync(
            number, new(DemoActors.Supervisors[1], Verdict.Dismissed, "By hand."), context, CancellationToken.None))).Value;

        _ = (await DemoCity.NextMonthAsync(city.Services, CancellationToken.None)).Value;

        Assert.AreEqual("By hand.", await city.WithDbAsync(db => db.Cases.Where(c => c.Number == number).Select(c => c.Reason).SingleAsync()));
    }

    [TestMethod]
    public async Task NextMonth_CityNotSynthetic_IsRefused()
    {
        await using var city = await PlayedCity.EmptyAsync();
        await city.Server.PrepareAsync("rongcheng", CancellationToken.None);

        Assert.AreEqual("city-not-synthetic", (await DemoCity.NextMonthAsync(city.Services, CancellationToken.None)).Refusal?.Code);
    }

    [TestMethod]
    public async Task PlayOnce_YearPlayedAlready_ChangesNothing()
    {
        await using var city = await PlayedCity.CopyAsync();
        var audit = await city.WithDbAsync(db => db.Audit.CountAsync());

        await DemoCity.PlayOnceAsync(city.Services, CancellationToken.None);

        Assert.AreEqual(audit, await city.WithDbAsync(db => db.Audit.CountAsync()));
    }

    [TestMethod]
    public async Task PlayOnce_DatabaseOfAnotherCity_Throws()
    {
        await using var city = await PlayedCity.EmptyAsync();
        await city.Server.PrepareAsync("rongcheng", CancellationToken.None);

        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => DemoCity.PlayOnceAsync(city.Services, CancellationToken.None));

        Assert.AreEqual(0, await city.WithDbAsync(db => db.Drivers.CountAsync()));
    }

    [TestMethod]
    [DataRow(DemoCity.Name, true)]
    [DataRow("rongcheng", false)]
    public async Task Made_DatabaseOfACity_IsTrueForTheDemosAlone(string name, bool made)
    {
        await using var city = await PlayedCity.EmptyAsync();
        await city.Server.PrepareAsync(name, CancellationToken.None);

        Assert.AreEqual(made, await DemoCity.MadeAsync(city.DatabaseFile));
    }

    private static async Task CloseAsync(PlayedCity city, Month month)
    {
        await using var scope = city.Services.CreateAsyncScope();
        var close = await ActivatorUtilities.CreateInstance<DemoClose>(scope.ServiceProvider).RunAsync(month, CancellationToken.None);
        Assert.AreEqual(CloseStatus.Published, close.Value.Status);
    }

    private static List<string> Expected(PlayedCity city, Month month)
    {
        var synthetic = new SyntheticCity(SyntheticCity.DemoSeed);
        var rulebooks = new RulebookShelf(city.Services.GetRequiredService<InstalledRulebooks>().Versions);
        var closes = new SyntheticCloses(rulebooks, [.. synthetic.Roster.Drivers.Select(d => d.Code)]);
        return
        [
            .. closes.Through(month, synthetic.SubmittedThrough(month)).Select(t => $"{t.Key} {t.Value.Points} {t.Value.Stars}").Order(StringComparer.Ordinal),
        ];
    }

    private static Task<List<string>> RatingsAsync(PlayedCity city, string period) => city.WithDbAsync(async db =>
    {
        var ratings = await (from close in db.Closes
                             where close.Period == period
                             join rating in db.Ratings on close.Id equals rating.CloseId
                             join driver in db.Drivers on rating.DriverId equals driver.Id
                             select new { driver.Code, rating.Points, rating.Stars }).ToListAsync();
        return ratings.Select(r => $"{r.Code} {new Points(r.Points)} {r.Stars}").Order(StringComparer.Ordinal).ToList();
    });
}
