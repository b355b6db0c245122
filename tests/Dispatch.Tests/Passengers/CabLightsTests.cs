using System.Runtime.CompilerServices;
using Dispatch.Tests.Displays;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Passengers.Checks;
using TaxiCredit.Dispatch.Features.Roster;

namespace Dispatch.Tests.Passengers;

[TestClass]
public class CabLightsTests
{
    [TestMethod]
    public async Task Find_CabThatGetsItsDisplayLater_TellsItsLightFromThenOn()
    {
        await using var city = await DisplayCity.BuildAsync();
        Assert.AreEqual(CabLight.Nothing, (await FindAsync(city)).Confirmed);
        await using var cab = await city.ConnectNewCabAsync(1);

        await ShowAsync(city, cab, "11111");

        Assert.AreEqual("4", (await FindAsync(city)).Confirmed);
    }

    [TestMethod]
    public async Task Find_LightThatChangesBetween_TellsTheLatest()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        await ShowAsync(city, cab, "11111");
        Assert.AreEqual("4", (await FindAsync(city)).Confirmed);

        await ShowAsync(city, cab, "11100");

        Assert.AreEqual("2", (await FindAsync(city)).Confirmed);
    }

    /// <summary>What may change one day must not be kept any longer.</summary>
    [TestMethod]
    [DataRow(typeof(Cab), nameof(Cab.Id))]
    [DataRow(typeof(Cab), nameof(Cab.Code))]
    [DataRow(typeof(Cab), nameof(Cab.TeamId))]
    [DataRow(typeof(Team), nameof(Team.Name))]
    [DataRow(typeof(Display), nameof(Display.Id))]
    public void Kept_OfACab_IsWhatNoOperationChanges(Type of, string name) =>
        CollectionAssert.Contains(of.GetProperty(name)!.SetMethod!.ReturnParameter.GetRequiredCustomModifiers(), typeof(IsExternalInit));

    private static async Task ShowAsync(DisplayCity city, TestCab cab, string lit)
    {
        await cab.SendStateAsync(display: "showing", lit: lit);
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Lit == lit && twin.ReceivedAt is not null);
    }

    private static async Task<CabLight> FindAsync(DisplayCity city)
    {
        var code = await city.CodeOfAsync(1);
        return (await city.InContextAsync((context, all) => all.GetRequiredService<CabLights>().FindAsync(code, context.Db, CancellationToken.None)))!;
    }
}
