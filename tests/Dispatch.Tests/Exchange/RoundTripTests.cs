using Dispatch.Tests.Demo;
using Dispatch.Tests.MonthClose;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Exchange;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
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
        var files = new CityFiles(city.Folder);
        _ = (await demo.InContextAsync(context => ExportCity.HandleAsync(files.Export, context, CancellationToken.None))).Value;

        var report = (await city.ImportAsync(files.Import)).Value;

        Assert.IsEmpty(report.Faults, string.Join('\n', report.Faults));
        await CloseYearAsync(city);
        CollectionAssert.AreEqual(await demo.WithDbAsync(RatingsAsync), await city.WithDbAsync(RatingsAsync));
        Assert.IsTrue((await city.WithDbAsync(db => ChainVerification.FromStartAsync(db, CancellationToken.None))).Verified);
        await AssertExportsTheSameAsync(city, files);
    }

    [TestMethod]
    [DataRow(0, "")]
    [DataRow(1, "2018-01-02")]
    [DataRow(2, "")]
    [DataRow(3, "2018-01-02")]
    public async Task Export_ReversedSoManyTimes_TellsWhatIsInForce(int times, string reversedOn)
    {
        await using var city = await EmptyCity.BuildAsync();
        await city.AddActorsAsync();
        const string Case = "c-000001,complaint,d-1,S01,2017-12-05,14,成山大道,绕道,,,2017-12-06,officer-a,upheld,2017-12-08,officer-b,,属实,,,\r\n";
        _ = (await city.ImportTextAsync(EmptyCity.CasesHeader + "\r\n" + Case)).Value;
        for (var sequence = 1; sequence <= times; sequence++)
        {
            var reversed = new ReverseEntry(Acting.AtServer(SmallCity.Supervisor), $"Reversal {sequence}.");
            _ = (await city.InContextAsync(context => ReverseEntry.HandleAsync(sequence, reversed, context, CancellationToken.None))).Value;
        }

        var files = new CityFiles(city.Folder);
        _ = (await city.ExportAsync(files)).Value;

        var line = (await File.ReadAllLinesAsync(files.Cases))[1];
        StringAssert.Contains(line, reversedOn.Length == 0 ? "属实,,,," : $"属实,,{reversedOn},Reversal {times}.,");
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

    private static async Task AssertExportsTheSameAsync(EmptyCity city, CityFiles files)
    {
        var again = files with { Ending = "-again" };
        _ = (await city.ExportAsync(again)).Value;

        Assert.AreEqual(files.Read(), again.Read());
    }
}
