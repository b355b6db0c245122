using Dispatch.Tests.Databases;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Statistics;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.MonthClose;

/// <summary>What those who close a month are shown of it.</summary>
[TestClass]
public class MonthDeskTests : CityTests
{
    [TestMethod]
    [DecidedByDatabase("types: absent stars compared in SQL")]
    public async Task Ratings_OfAPreview_AreFilteredByStarsTeamAndMovement()
    {
        await City.CloseAsync("2017-07");
        await City.UpholdAsync("d-2", "S01", "2017-08-10");
        await City.SetTodayAsync(new DateOnly(2017, 9, 1));
        await City.PostAsync("months/2017-08/preview", new { actor = SmallCity.Officer });

        var fell = await RatingsAsync(new(Movement: Movement.Fell));

        var line = fell.Lines.Single();
        Assert.AreEqual(("d-2", "t-1", 950m, 3, 4), (line.Driver, line.Team, line.Points, line.Stars, line.PreviousStars));
        Assert.AreEqual(3, (await RatingsAsync(new())).Total);
        Assert.AreEqual(2, (await RatingsAsync(new(Stars: "4"))).Total);
        Assert.AreEqual("d-3", (await RatingsAsync(new(Team: "t-2"))).Lines.Single().Driver);
        Assert.AreEqual(1, (await RatingsAsync(new(Stars: "4", Team: "t-1"))).Total);
        Assert.AreEqual(0, (await RatingsAsync(new(Movement: Movement.Rose))).Total);
        Assert.AreEqual(0, (await RatingsAsync(new(Stars: "unrated"))).Total);
    }

    [TestMethod]
    public async Task Ratings_FirstCloseAfterProbation_AreRatedForTheFirstTime()
    {
        await City.CloseAsync("2017-02");
        await City.PostAsync("months/2017-03/preview", new { actor = SmallCity.Officer });

        Assert.AreEqual(3, (await RatingsAsync(new(Movement: Movement.FirstRated), "2017-03")).Total);
    }

    [TestMethod]
    [DecidedByDatabase("order: pages by code")]
    public async Task Ratings_SecondPage_HasTheRest()
    {
        await City.CloseAsync("2017-07");

        var (lines, total) = await City.WithDbAsync(async db =>
            await CloseOverview.RatingsAsync(
                (await CloseOverview.NewestAsync("2017-07", db, CancellationToken.None))!.Id, new(), 2, db, CancellationToken.None, pageSize: 2));

        Assert.AreEqual(("d-3", 3), (lines.Single().Driver, total));
    }

    [TestMethod]
    public async Task Waiting_FromPreviewToPublication_IsTheClose()
    {
        await City.CloseAsync("2017-06");
        Assert.AreEqual("2017-07", await NextAsync());
        var digest = (await City.PostAsync("months/2017-07/preview", new { actor = SmallCity.Officer })).GetProperty("digest").GetString()!;
        var waiting = await City.WithDbAsync(db => CloseOverview.WaitingAsync(db, CancellationToken.None));
        Assert.AreEqual(("2017-07", CloseStatus.Previewed), (waiting.Single().Period, waiting.Single().Status));

        await City.SignAndPublishAsync("2017-07", digest);

        Assert.IsEmpty(await City.WithDbAsync(db => CloseOverview.WaitingAsync(db, CancellationToken.None)));
        Assert.AreEqual("2017-08", await NextAsync());
    }

    [TestMethod]
    [DecidedByDatabase("types: days grouped by year and month")]
    public async Task Months_InAList_HaveTheFiguresOfEachMonthByItself()
    {
        for (var i = 0; i < 5; i++)
            await City.RecordAsync("d-3", "S10", "2017-08-10");
        await City.UpholdAsync("d-2", "S01", "2017-08-10");
        await City.CloseAsync("2017-07");
        await City.SetTodayAsync(new DateOnly(2017, 9, 1));
        await City.CloseAsync("2017-08");
        await City.PostAsync("months/2017-07/revisions", new { actor = SmallCity.Officer, reason = "Not published." });

        var lines = await City.Server.Services.GetRequiredService<MonthList>().AllAsync(CancellationToken.None);

        CollectionAssert.AreEqual(new[] { "2017-08", "2017-07" }, lines.Select(l => l.Period).ToArray());
        foreach (var line in lines)
        {
            var month = await City.GetAsync($"months/{line.Period}");
            Assert.AreEqual(month.GetProperty("revision").GetInt32(), line.Revision);
            foreach (var (stars, count) in line.Rated)
                Assert.AreEqual(month.GetProperty("rated").GetProperty(stars).GetInt32(), count, $"{line.Period} {stars}");
        }

        Assert.AreEqual((6, (int?)null), (lines[0].Complaints, lines[1].Complaints));
    }

    private Task<(List<RatedLine> Lines, int Total)> RatingsAsync(RatedFilter filter, string period = "2017-08") => City.WithDbAsync(async db =>
        await CloseOverview.RatingsAsync((await CloseOverview.NewestAsync(period, db, CancellationToken.None))!.Id, filter, 1, db, CancellationToken.None));

    private Task<string> NextAsync() => City.WithDbAsync(
        async db => $"{await CloseOverview.NextAsync(ActivatorUtilities.CreateInstance<OperationContext>(City.Server.Services, db), CancellationToken.None)}");
}
