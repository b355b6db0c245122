using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Prospects;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Cases;

/// <summary>What a decision is foreseen to do is what the close then does.</summary>
[TestClass]
public class ProspectTests : CityTests
{
    [TestMethod]
    public async Task Prospect_OfUpholding_IsWhatTheCloseThenSaysAndStoresNothing()
    {
        var number = (await City.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString()!;

        var prospect = await UpholdingAsync(number);

        Assert.AreEqual(
            (1000m, 4, 950m, 3),
            (prospect.Without.Points.ToDecimal(), prospect.Without.Stars, prospect.With.Points.ToDecimal(), prospect.With.Stars));
        Assert.AreEqual(-50m, prospect.Line!.Counted.ToDecimal());
        Assert.AreEqual(0, (await City.GetAsync("drivers/d-2/ledger")).GetArrayLength());
        await City.DecideAsync(number!, new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out." });
        await City.SetTodayAsync(new DateOnly(2017, 9, 1));
        await City.CloseAsync("2017-08");
        var tally = await City.GetAsync("drivers/d-2/months/2017-08");
        Assert.AreEqual(
            (prospect.With.Points.ToDecimal(), prospect.With.Stars), (tally.GetProperty("points").GetDecimal(), tally.GetProperty("stars").GetInt32()));
    }

    [TestMethod]
    public async Task Prospect_MonthBeforeNotPublished_BuildsOnItsTally()
    {
        await City.CloseAsync("2017-07");
        for (var i = 0; i < 5; i++)
            await City.UpholdAsync("d-2", "S01", "2017-08-10");
        await City.SetTodayAsync(new DateOnly(2017, 9, 10));
        var number = (await City.RecordAsync("d-2", "S10", "2017-09-09")).GetProperty("number").GetString()!;

        var prospect = await UpholdingAsync(number);

        // 4 stars in July; 750 points cost one star in August and another in September.
        Assert.AreEqual(
            (750m, 2, 745m, 2),
            (prospect.Without.Points.ToDecimal(), prospect.Without.Stars, prospect.With.Points.ToDecimal(), prospect.With.Stars));
    }

    [TestMethod]
    public async Task Prospect_NewDriver_IsUnratedEitherWay()
    {
        await City.SetTodayAsync(new DateOnly(2017, 2, 10));
        var number = (await City.RecordAsync("d-2", "S01", "2017-02-09")).GetProperty("number").GetString()!;

        var prospect = await UpholdingAsync(number);

        // 31 days of January and 28 of February are 59.
        Assert.AreEqual(((int?)null, (int?)null), (prospect.Without.Stars, prospect.With.Stars));
    }

    [TestMethod]
    public async Task Prospect_OfReversal_GivesTheFileBack()
    {
        await City.UpholdAsync("d-2", "S01", "2017-08-10");

        var prospect = await InContextAsync(
            async (report, context) => (await Prospect.OfReversalAsync(report, context, CancellationToken.None)).Value, "c-000001");

        Assert.AreEqual((950m, 1000m), (prospect.Without.Points.ToDecimal(), prospect.With.Points.ToDecimal()));
        Assert.AreEqual(1, (await City.GetAsync("drivers/d-2/ledger")).GetArrayLength());
    }

    [TestMethod]
    public async Task Prospect_FileGrownMeanwhile_IsAnother()
    {
        var number = (await City.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString()!;
        var before = await UpholdingAsync(number);
        await City.UpholdAsync("d-2", "S10", "2017-08-11");

        var after = await UpholdingAsync(number);

        Assert.AreEqual((0L, 1L), (before.Through, after.Through));
        Assert.AreEqual(995m, after.Without.Points.ToDecimal());
    }

    private Task<Prospect> UpholdingAsync(string number) => InContextAsync(
        async (report, context) =>
        {
            var conduct = ConductRules.Find(report.Code, report.ConductOn, report.Kind, context.Rulebooks).Value;
            return (await Prospect.OfDecisionAsync(report, conduct, context, CancellationToken.None)).Value;
        },
        number);

    private Task<Prospect> InContextAsync(Func<Case, OperationContext, Task<Prospect>> work, string number) => City.WithDbAsync(async db =>
    {
        var context = ActivatorUtilities.CreateInstance<OperationContext>(City.Server.Services, db);
        return await work(await db.Cases.AsNoTracking().Include(c => c.Driver).SingleAsync(c => c.Number == number), context);
    });
}
