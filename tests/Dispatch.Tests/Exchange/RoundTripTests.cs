using Dispatch.Tests.Demo;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Exchange;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Scoring;

namespace Dispatch.Tests.Exchange;

[TestClass]
public class RoundTripTests
{
    [TestMethod]
    public async Task DemosYear_ExportedImportedAndClosedAgain_GivesTheSameStars()
    {
        await using var demo = await PlayedCity.CopyAsync();
        await using var city = await EmptyCity.BuildAsync();
        var (roster, cases) = (Path.Combine(city.Folder, "roster.csv"), Path.Combine(city.Folder, "cases.csv"));
        _ = (await demo.InContextAsync(context => ExportCity.HandleAsync(new(roster, cases, "system:root"), context, CancellationToken.None))).Value;

        var report = (await city.ImportAsync(roster, cases)).Value;

        Assert.IsEmpty(report.Faults, string.Join('\n', report.Faults));
        await CloseYearAsync(city);
        CollectionAssert.AreEqual(await demo.WithDbAsync(RatingsAsync), await city.WithDbAsync(RatingsAsync));
        Assert.IsTrue((await city.WithDbAsync(db => ChainVerification.FromStartAsync(db, CancellationToken.None))).Verified);
        await AssertExportsTheSameAsync(city, roster, cases);
    }

    private static async Task CloseYearAsync(EmptyCity city)
    {
        await city.WithDbAsync(async db =>
        {
            db.Actors.AddRange(DemoActors.All);
            return await db.SaveChangesAsync();
        });
        for (var month = new Month(2017, 1); month.Year == 2017; month = month.Next)
        {
            await using var scope = city.Server.Services.CreateAsyncScope();
            _ = (await ActivatorUtilities.CreateInstance<DemoClose>(scope.ServiceProvider).RunAsync(month, CancellationToken.None)).Value;
        }
    }

    private static async Task<List<string>> RatingsAsync(DispatchContext db) => await (
        from rating in db.Ratings
        join close in db.Closes on rating.CloseId equals close.Id
        join driver in db.Drivers on rating.DriverId equals driver.Id
        orderby close.Period, driver.Code
        select close.Period + " " + driver.Code + " " + rating.Points + " " + rating.Stars).ToListAsync();

    private static async Task AssertExportsTheSameAsync(EmptyCity city, string roster, string cases)
    {
        var (rosterAgain, casesAgain) = (roster + ".again", cases + ".again");
        _ = (await city.ExportAsync(rosterAgain, casesAgain)).Value;

        Assert.AreEqual(await File.ReadAllTextAsync(roster), await File.ReadAllTextAsync(rosterAgain));
        Assert.AreEqual(await File.ReadAllTextAsync(cases), await File.ReadAllTextAsync(casesAgain));
    }
}
