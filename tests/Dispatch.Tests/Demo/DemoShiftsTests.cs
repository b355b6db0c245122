using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Demo.City;
using TaxiCredit.Demo.Pages;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Features.Roster;

namespace Dispatch.Tests.Demo;

[TestClass]
public sealed class DemoShiftsTests
{
    [TestMethod]
    public async Task Move_ToTheCabOfTheOwnShift_IsRefused()
    {
        await using var city = await PlayedCity.EmptyAsync();
        await city.Server.PrepareAsync(DemoCity.Name, CancellationToken.None);
        await city.WithDbAsync(async db =>
        {
            db.AddRange(DemoActors.All);
            return await db.SaveChangesAsync();
        });
        var officer = DemoActors.Officers[0];
        await city.InContextAsync(async context =>
        {
            _ = (await AddTeam.HandleAsync(new(officer, "t-1", "First"), context, CancellationToken.None)).Value;
            _ = (await AddCab.HandleAsync(new(officer, "cab-1", "鲁K·T0001", "t-1"), context, CancellationToken.None)).Value;
            return (await AddDriver.HandleAsync(new(officer, "d-1", "Driver 1", "cab-1"), context, CancellationToken.None)).Value;
        });
        await using var scope = city.Services.CreateAsyncScope();
        var shifts = scope.ServiceProvider.GetRequiredService<DemoShifts>();
        Assert.AreEqual(new ShiftMoved("d-1", null, "cab-1", null), (await shifts.MoveAsync("d-1", "cab-1", CancellationToken.None)).Value);
        var before = await city.WithDbAsync(StoredRows.AllAsync);

        var again = await shifts.MoveAsync("d-1", "cab-1", CancellationToken.None);

        Assert.AreEqual((StatusCodes.Status409Conflict, "in-that-cab"), (again.Refusal?.Status, again.Refusal?.Code));
        Assert.AreEqual(before, await city.WithDbAsync(StoredRows.AllAsync));
    }
}
