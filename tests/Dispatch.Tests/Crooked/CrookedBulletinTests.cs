using Dispatch.Tests.Statistics;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.CommandLine;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Statistics;
using TaxiCredit.Dispatch.Features.Statistics.Bulletins;
using TaxiCredit.Scoring;

namespace Dispatch.Tests.Crooked;

/// <summary>Bulletins of 2017-09 to 2017-11, of which the last two have a second edition.</summary>
[TestClass]
public class CrookedBulletinTests : CrookedTests
{
    private static readonly string[] Editions = ["2017-09/1", "2017-10/1", "2017-10/2", "2017-11/1", "2017-11/2"];

    [TestMethod]
    public async Task Bulletins_OfEveryEdition_CountWhatTheTablesHold()
    {
        foreach (var (period, edition) in Editions.Select(Parts))
        {
            var figures = await FiguresAsync(period, edition);
            var month = Month.Parse(period);
            var (complaints, decided, rated) = await City.WithDbAsync(async db => (
                await db.Cases.CountAsync(c => c.Kind == CaseKind.Complaint && c.SubmittedOn >= month.FirstDay && c.SubmittedOn <= month.LastDay),
                await db.Cases.CountAsync(c => c.Kind != CaseKind.Merit && c.DecidedOn >= month.FirstDay && c.DecidedOn <= month.LastDay),
                await RatedAsync(db, period, edition)));

            Assert.AreEqual(MonthView.FromFive(complaints), figures.Complaints.Total, period);
            if (figures.Complaints.Lines.Count > 0)
                Assert.AreEqual(complaints, figures.Complaints.Lines.Sum(line => line.Count), period);
            if (figures.Decisions.Total is { } told)
                Assert.AreEqual(decided, told, period);
            Assert.AreEqual(rated, figures.Stars.Sum(line => line.Drivers), period);
        }
    }

    [TestMethod]
    public async Task Bulletins_OfEachEdition_CompareWithTheOneBeforeAsItWasThen()
    {
        Assert.IsNull((await FiguresAsync("2017-09", 1)).Before);
        Assert.AreEqual("2017-09/1", (await FiguresAsync("2017-10", 2)).Before);
        Assert.AreEqual("2017-10/1", (await FiguresAsync("2017-11", 1)).Before);
        Assert.AreEqual("2017-10/2", (await FiguresAsync("2017-11", 2)).Before);

        var (first, second) = (await FiguresAsync("2017-11", 1), await FiguresAsync("2017-11", 2));
        Assert.IsTrue(first.Stars.All(line => line.EditionBefore is null));
        Assert.IsTrue(second.Stars.Zip(first.Stars).All(pair => pair.First.EditionBefore == pair.Second.Drivers));
        Assert.AreEqual("0 was 1, 3 was 2", string.Join(", ", second.Stars.Where(line => line.EditionBefore != line.Drivers).OrderBy(line => line.Stars)
            .Select(line => $"{line.Drivers} was {line.EditionBefore}")));
    }

    /// <summary>In September d-80 drives two shifts a day and d-20 the night: a day of a driver counts once.</summary>
    [TestMethod]
    public async Task DaysOnShift_OfAMonth_AreThoseOfItsShifts()
    {
        Assert.IsNull((await FiguresAsync("2017-09", 1)).Complaints.DaysOnShift, "nothing is published before it");
        foreach (var period in new[] { "2017-10", "2017-11" })
        {
            var month = Month.Parse(period);
            var days = await City.WithDbAsync(async db => (await db.Set<TaxiCredit.Dispatch.Features.Roster.Shift>().ToListAsync())
                .SelectMany(shift => Enumerable.Range(0, month.LastDay.Day).Select(month.FirstDay.AddDays)
                    .Where(day => day >= shift.OnDay && (shift.OffDay is null || day <= shift.OffDay)).Select(day => (shift.DriverId, day)))
                .Distinct().Count());

            Assert.AreEqual(days, (await FiguresAsync(period, 1)).Complaints.DaysOnShift, period);
            Assert.AreEqual(days, (await FiguresAsync(period, 2)).Complaints.DaysOnShift, period);
        }
    }

    [TestMethod]
    public async Task Verify_EveryEdition_FollowsFromTheDatabase()
    {
        foreach (var (period, edition) in Editions.Select(Parts))
        {
            var file = Path.Combine(City.Options.Data, "bulletin.json");
            await File.WriteAllBytesAsync(file, BulletinJson.Write(
                await City.WithDbAsync(async db => (await Bulletin.OfAsync(period, edition, db, City.Server.NewShelf(), default)).Value)));

            Assert.AreEqual(0, await Commands.VerifyBulletinAsync(City.Options, file, []), $"{period}/{edition}");
        }
    }

    [TestMethod]
    public async Task Page_OfABulletin_TakesFewQueriesAndIsLight()
    {
        using var client = await City.StartAsync();
        var queries = new List<int>();
        foreach (var path in new[] { "/bulletin", "/months/2017-09/bulletin", "/months/2017-10/bulletin", "/months/2017-10/bulletin?edition=1" })
        {
            var address = new Uri(new Uri(City.Server.Urls.First()), path);
            var before = City.Count.OfRequests;
            var page = await client.GetStringAsync(address);

            queries.Add(City.Count.OfRequests - before);
            Assert.IsLessThan(20_000, System.Text.Encoding.UTF8.GetByteCount(page), path);
            Assert.Contains("data-testid=\"complaints\"", page);
        }

        Assert.IsGreaterThan(0, queries.Min(), string.Join(' ', queries));
        Assert.IsLessThanOrEqualTo(20, queries.Max(), string.Join(' ', queries));
    }

    private static (string Period, int Edition) Parts(string edition) => (edition[..7], edition[8] - '0');

    private static async Task<int> RatedAsync(DispatchContext db, string period, int edition) => await (
        from rating in db.Set<TaxiCredit.Dispatch.Features.MonthClose.Rating>()
        join close in db.Set<TaxiCredit.Dispatch.Features.MonthClose.Close>() on rating.CloseId equals close.Id
        where close.Period == period && close.Revision == edition
        select rating).CountAsync();

    private Task<BulletinFigures> FiguresAsync(string period, int edition) =>
        City.WithDbAsync(async db => (await Bulletin.OfAsync(period, edition, db, City.Server.NewShelf(), default)).Value.Figures);
}
