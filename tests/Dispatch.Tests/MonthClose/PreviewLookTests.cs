using Dispatch.Tests.Databases;
using Dispatch.Tests.Exchange;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.MonthClose;

/// <summary>How much of the city signatures and publication read again: nothing when nothing has changed, counted by steps and not by time.</summary>
[TestClass]
public class PreviewLookTests
{
    private EmptyCity _city = null!;

    [TestInitialize]
    public async Task FillAsync()
    {
        _city = await EmptyCity.BuildAsync(null, ClosingCity.InSmallBatches);
        await _city.FillAsync();
        Assert.IsNull((await _city.InContextAsync(context =>
            PreviewMonth.HandleAsync(ClosingCity.Period, new(SmallCity.Officer), context, _city.CloseSettings, default))).Refusal);
    }

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    [DataRow(Steps.ShiftsCounted, 1, false)]
    [DataRow(Steps.DriverTallied, 1, false)]
    [DataRow(Steps.DigestTaken, 1, true, DisplayName = "once, before it is published")]
    [DataRow(Steps.DigestTaken, 2, false)]
    public async Task SignTwiceAndPublish_NothingChanged_RecomputesNothingButOneDigest(string step, int times, bool expected)
    {
        var told = await IsToldAsync(step, times, async () =>
        {
            Assert.IsNull(await SignAsync(_city, SmallCity.Officer));
            Assert.IsNull(await SignAsync(_city, SmallCity.Supervisor));
            Assert.IsNull((await _city.InContextAsync(context =>
                PublishMonth.HandleAsync(ClosingCity.Period, new(Acting.AtServer(SmallCity.Officer)), context, default))).Refusal);
        });

        Assert.AreEqual(expected, told);
    }

    /// <summary>A table that nobody has thought about makes each signature read all shifts while its rows come in.</summary>
    [TestMethod]
    public async Task FactsSince_EveryChronicledTable_IsSaidToBearOnATallyOrNot()
    {
        var known = FactsSince.WithoutBearing.Concat(FactsSince.WithBearing).ToHashSet();
        var tables = await _city.WithDbAsync(db => Task.FromResult(ChronicledTables.Of(db).Entities.Select(entity => entity.GetTableName()!).ToList()));

        Assert.IsEmpty(tables.Except(known).ToList());
        Assert.IsEmpty(FactsSince.WithoutBearing.Intersect(FactsSince.WithBearing).ToList());
    }

    /// <summary>Cases, cabs and shifts of January happen while people look at December.</summary>
    [TestMethod]
    public async Task Sign_FactsThatBearOnNoMonthBefore_CountsNoShifts()
    {
        Assert.IsNull((await _city.InContextAsync(context => RecordCase.HandleAsync(
            new(SmallCity.Officer, CaseKind.Complaint, "d-2", "S01", context.Today, "Harbour", "A detour."), context, default))).Refusal);
        Assert.IsNull((await _city.InContextAsync(context => AddCab.HandleAsync(new(SmallCity.Officer, "cab-8", "P8", "t-1"), context, default))).Refusal);
        Assert.IsNull((await _city.InContextAsync(context => AddDriver.HandleAsync(new(SmallCity.Officer, "d-8", "New", "cab-8"), context, default))).Refusal);
        Assert.IsNull((await _city.InContextAsync(context => SignOn.HandleAsync(new(SmallCity.Officer, "d-8", "cab-8"), context, default))).Refusal);
        Assert.IsNull((await _city.InContextAsync(context => SignOff.HandleAsync(new(SmallCity.Officer, "d-3"), context, default))).Refusal);

        Assert.IsFalse(await IsToldAsync(Steps.ShiftsCounted, 1, async () => Assert.IsNull(await SignAsync(_city, SmallCity.Officer))));
    }

    [TestMethod]
    public async Task Sign_OneShiftOfTheMonthChanged_LooksAtItsDriverAndCountsNoOthers()
    {
        await _city.WithDbAsync(async db =>
        {
            var shift = await db.Shifts.SingleAsync(s => s.Driver.Code == "d-3");
            (shift.OffAt, shift.OffDay) = (new(2017, 12, 20, 4, 0, 0, default), new(2017, 12, 20));
            return await db.SaveChangesAsync();
        });
        Refusal? refused = null;

        var counted = await IsToldAsync(Steps.ShiftsCounted, 1, async () => refused = await SignAsync(_city, SmallCity.Officer));

        Assert.IsFalse(counted);
        var change = ((List<RatingChange>)refused!.Facts![PreviewChanges.Fact]!).Single();
        Assert.AreEqual(("preview-outdated", "d-3", 365, 354), (refused.Code, change.Driver, change.Then!.DaysOnShift, change.Now!.DaysOnShift));
    }

    /// <summary>Of a shift that is gone nobody knows whose it was.</summary>
    [TestMethod]
    public async Task Sign_AShiftDeleted_CountsAllAndIsRefused()
    {
        await _city.WithDbAsync(async db =>
        {
            db.Remove(await db.Shifts.SingleAsync(s => s.Driver.Code == "d-3"));
            return await db.SaveChangesAsync();
        });

        await AssertCountsAllAsync("preview-outdated");
    }

    [TestMethod]
    public async Task Sign_ADriverChanged_CountsAll()
    {
        await _city.WithDbAsync(async db =>
        {
            var driver = await db.Drivers.SingleAsync(d => d.Code == "d-3");
            driver.HomeCabId = await db.Cabs.Where(c => c.Code == "cab-1").Select(c => c.Id).SingleAsync();
            return await db.SaveChangesAsync();
        });

        await AssertCountsAllAsync(null);
    }

    /// <summary>The bureau's date is in a table that nobody has shown to be without bearing.</summary>
    [TestMethod]
    public async Task Sign_AnotherFactChanged_CountsAll()
    {
        await _city.WithDbAsync(async db =>
        {
            await _city.Server.Services.GetRequiredService<BureauTime>().SetAsync(db, new(2018, 1, 3), default);
            return 0;
        });

        await AssertCountsAllAsync(null);
    }

    [TestMethod]
    public async Task Sign_InAServerThatDidNotBeginThePreview_CountsAll()
    {
        var other = EmptyCity.On(_city.Options);
        await other.Server.PrepareAsync("other", default);

        Assert.IsTrue(await IsToldAsync(Steps.ShiftsCounted, 1, async () => Assert.IsNull(await SignAsync(other, SmallCity.Officer))));

        await other.Server.DisposeAsync();
    }

    private async Task AssertCountsAllAsync(string? code)
    {
        Refusal? refused = null;
        Assert.IsTrue(await IsToldAsync(Steps.ShiftsCounted, 1, async () => refused = await SignAsync(_city, SmallCity.Officer)));
        Assert.AreEqual(code, refused?.Code);
    }

    private static async Task<bool> IsToldAsync(string step, int times, Func<Task> work)
    {
        var told = false;
        using (new StepWatch(step, times, () => told = true))
            await work();
        return told;
    }

    private static async Task<Refusal?> SignAsync(EmptyCity city, string actor)
    {
        var digest = await city.WithDbAsync(db => db.Closes.Where(c => c.Period == ClosingCity.Period).Select(c => c.Digest).SingleAsync());
        return (await city.InContextAsync(context =>
            SignMonth.HandleAsync(ClosingCity.Period, new(Acting.AtServer(actor), digest), context, default))).Refusal;
    }
}
