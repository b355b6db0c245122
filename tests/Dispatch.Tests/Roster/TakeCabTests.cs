using Dispatch.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Roster;

/// <summary>A driver signs on by what is typed or scanned.</summary>
[TestClass]
public class TakeCabTests : CityTests
{
    [TestMethod]
    [DataRow("cab-2")]
    [DataRow(" CAB-2 ")]
    [DataRow("鲁K·T0002")]
    [DataRow("鲁k t0002")]
    [DataRow("鲁KT-0002")]
    [DecidedByDatabase("order: plates compared in SQL, by bytes")]
    public async Task TakeCab_HoweverWritten_SignsOnToIt(string typed)
    {
        await City.PostAsync("shifts/off", new { actor = "d-2", driver = "d-2" });

        Assert.IsNull(await TakeAsync("d-2", typed));

        Assert.AreEqual("cab-2", await CabOfAsync("d-2"));
    }

    [TestMethod]
    public async Task TakeCab_CodeOfTheStickerAsPrinted_SignsOnToIt()
    {
        var code = await City.WithDbAsync(db => db.Cabs.Where(c => c.Code == "cab-2").Select(c => c.PassengerCode).SingleAsync());
        await City.PostAsync("shifts/off", new { actor = "d-2", driver = "d-2" });

        Assert.IsNull(await TakeAsync("d-2", ShortCode.Grouped(code).ToUpperInvariant()));

        Assert.AreEqual("cab-2", await CabOfAsync("d-2"));
    }

    [TestMethod]
    [DataRow(null, "cab-missing")]
    [DataRow("  ", "cab-missing")]
    [DataRow("cab-9", "cab-unknown")]
    [DataRow("T0002", "cab-unknown")]
    [DataRow("·", "cab-unknown")]
    public async Task TakeCab_NoSuchCab_IsRefusedAndTheShiftStays(string? typed, string refusal)
    {
        Assert.AreEqual(refusal, await TakeAsync("d-2", typed));

        Assert.AreEqual("cab-2", await CabOfAsync("d-2"));
    }

    [TestMethod]
    public async Task TakeCab_SignedOnElsewhere_MovesTheShift()
    {
        await City.PostAsync("shifts/off", new { actor = "d-3", driver = "d-3" });

        Assert.IsNull(await TakeAsync("d-2", "cab-3"));

        Assert.AreEqual("cab-3", await CabOfAsync("d-2"));
        Assert.AreEqual(1, await City.WithDbAsync(db => db.Shifts.CountAsync(s => s.Driver.Code == "d-2" && s.OffAt == null)));
    }

    [TestMethod]
    public async Task TakeCab_OfAnotherDriver_IsRefusedAndBothStay()
    {
        Assert.AreEqual("cab-occupied", await TakeAsync("d-2", "cab-3"));

        Assert.AreEqual("cab-2", await CabOfAsync("d-2"));
        Assert.AreEqual("cab-3", await CabOfAsync("d-3"));
    }

    [TestMethod]
    public async Task TakeCab_SignedOnToItAlready_ChangesNothing()
    {
        Assert.IsNull(await TakeAsync("d-2", "cab-2"));

        Assert.AreEqual(1, await City.WithDbAsync(db => db.Shifts.CountAsync(s => s.Driver.Code == "d-2")));
    }

    [TestMethod]
    [DataRow(SmallCity.Auditor, "actor-not-allowed")]
    [DataRow("nobody", "actor-unknown")]
    public async Task TakeCab_ByWhoMayNot_IsRefused(string actor, string refusal) => Assert.AreEqual(refusal, await TakeAsync(actor, "cab-2"));

    private async Task<string?> TakeAsync(string driver, string? typed)
    {
        await using var scope = City.Server.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<OperationContext>();
        return (await TakeCab.HandleAsync(new(driver, typed), context, CancellationToken.None)).Refusal?.Code;
    }

    private Task<string?> CabOfAsync(string driver) =>
        City.WithDbAsync(db => db.Shifts.Where(s => s.Driver.Code == driver && s.OffAt == null).Select(s => (string?)s.Cab.Code).SingleOrDefaultAsync());
}
