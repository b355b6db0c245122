using System.Security.Cryptography;
using System.Text;
using Dispatch.Tests.Exchange;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Ledger;

namespace Dispatch.Tests.MonthClose;

/// <summary>
/// A preview of 2017-12 after which something has changed: what bears on it stops signature and publication and is shown, and nothing else does. Each
/// change is held against a second preview.
/// </summary>
[TestClass]
public class OutdatedPreviewTests
{
    private EmptyCity _city = null!;

    [TestInitialize]
    public async Task FillAsync()
    {
        _city = await EmptyCity.BuildAsync(null, ClosingCity.InSmallBatches);
        await _city.FillAsync();
    }

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    public async Task Sign_EntryReversedSince_IsRefusedAndTellsWhoFromWhatToWhat()
    {
        var previewed = await PreviewAsync();
        var driver = await ReverseAsync("d-4");

        var refused = await SignAsync();

        await AssertOutdatedAsync(refused, previewed, driver);
        Assert.AreEqual(CloseStatus.Previewed, await StatusAsync());
    }

    [TestMethod]
    public async Task Publish_EntryReversedAfterBothSignatures_IsRefusedUntilPreviewedAndSignedAgain()
    {
        var previewed = await PreviewAsync();
        Assert.IsNull(await SignAsync());
        Assert.IsNull(await SignAsync(SmallCity.Supervisor));
        var driver = await ReverseAsync("d-4");

        var refused = await PublishAsync();

        Assert.AreEqual(CloseStatus.SignedOff, await StatusAsync());
        await AssertOutdatedAsync(refused, previewed, driver);
        await _city.SignAndPublishAsync(ClosingCity.Period);
        Assert.AreEqual(CloseStatus.Published, await StatusAsync());
    }

    /// <summary>With the clock stepped back a driver signs off in the month that was previewed: eleven days fewer.</summary>
    [TestMethod]
    public async Task Sign_DaysOnShiftOthersNow_IsRefusedAndTellsThem()
    {
        var previewed = await PreviewAsync();
        await SetTodayAsync(new(2017, 12, 20));
        Assert.IsNull((await _city.InContextAsync(context => SignOff.HandleAsync(new(SmallCity.Officer, "d-3"), context, default))).Refusal);
        await SetTodayAsync(new(2018, 1, 2));

        var refused = await SignAsync();

        var change = Changes(refused).Single();
        Assert.AreEqual(("d-3", 365, 354), (change.Driver, change.Then!.DaysOnShift, change.Now!.DaysOnShift));
        await AssertOutdatedAsync(refused, previewed, "d-3");
    }

    [TestMethod]
    public async Task Sign_StarsOfTheMonthBeforeRevisedSince_IsRefusedAndTellsThem()
    {
        await ReverseAllAsync("d-1");
        var revision = await _city.InContextAsync(context =>
            ReviseMonth.HandleAsync("2017-11", new(SmallCity.Officer, "Objection."), context, _city.CloseSettings, default));
        Assert.IsNull(revision.Refusal);
        var previewed = await PreviewAsync();
        foreach (var actor in new[] { SmallCity.Officer, SmallCity.Supervisor })
        {
            Assert.IsNull((await _city.InContextAsync(context =>
                SignMonth.HandleAsync("2017-11", new(Acting.AtServer(actor), revision.Value.Digest), context, default))).Refusal);
        }

        Assert.IsNull((await _city.InContextAsync(context =>
            PublishMonth.HandleAsync("2017-11", new(Acting.AtServer(SmallCity.Officer)), context, default))).Refusal);

        var refused = await SignAsync();

        var change = Changes(refused).Single();
        Assert.AreEqual("d-1", change.Driver);
        Assert.AreNotEqual(change.Then!.PreviousStars, change.Now!.PreviousStars);
        await AssertOutdatedAsync(refused, previewed, "d-1");
    }

    [TestMethod]
    public async Task Sign_DriverWithShiftsInTheMonthAddedSince_IsRefusedAndNamesThem()
    {
        await PreviewAsync();
        await AddDriverAsync("d-8");
        await _city.WithDbAsync(async db =>
        {
            var driver = await db.Drivers.SingleAsync(d => d.Code == "d-8");
            db.Shifts.Add(new()
            {
                DriverId = driver.Id, CabId = driver.HomeCabId, OnAt = new(2017, 12, 10, 0, 0, 0, default), OnDay = new(2017, 12, 10),
                OffAt = new(2017, 12, 12, 0, 0, 0, default), OffDay = new(2017, 12, 12),
            });
            return await db.SaveChangesAsync();
        });

        var change = Changes(await SignAsync()).Single();

        Assert.AreEqual("d-8", change.Driver);
        Assert.IsNull(change.Then);
        Assert.AreEqual((3, null), (change.Now!.DaysOnShift, change.Now.Stars));
    }

    [TestMethod]
    public async Task Publish_StoredRatingChanged_IsRefused()
    {
        await PreviewAsync();
        Assert.IsNull(await SignAsync());
        Assert.IsNull(await SignAsync(SmallCity.Supervisor));
        await _city.WithDbAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE \"Ratings\" SET \"Stars\" = 4 WHERE \"Stars\" = 2 AND \"PreviousStars\" = 2"));

        var refused = await PublishAsync();

        Assert.AreEqual("preview-outdated", refused?.Code);
        StringAssert.Contains(refused!.Detail, "what is stored of it no longer has the digest");
    }

    [TestMethod]
    public async Task Sign_RulebookOfTheMonthIsAnotherNow_IsRefusedAndNamesBoth()
    {
        await PreviewAsync();
        var shipped = await File.ReadAllTextAsync(Path.Combine(InstalledRulebooks.UsualFolder, "rongcheng-taxi.2016-01-01.json"));
        var folder = Directory.CreateDirectory(Path.Combine(_city.Folder, "rulebooks")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "rongcheng-taxi.2017-12-29.json"),
            shipped.Replace("\"2016-01-01\"", "\"2017-12-29\"", StringComparison.Ordinal).Replace("\"from\": 990", "\"from\": 995", StringComparison.Ordinal));
        var other = EmptyCity.On(_city.Options, services => services.AddSingleton(InstalledRulebooks.Read(folder, "rongcheng-taxi")));
        await other.Server.PrepareAsync("other", default);

        var refused = (await other.InContextAsync(async context => await SignMonth.HandleAsync(
            ClosingCity.Period, new(Acting.AtServer(SmallCity.Officer), (await CloseAsync()).Digest), context, default))).Refusal;
        await other.Server.DisposeAsync();

        Assert.AreEqual("preview-outdated", refused?.Code);
        StringAssert.Contains(
            refused!.Detail, "the rulebook was rongcheng-taxi 2016-01-01 (rules 654b43953a6d550d39d38fc19ab0d011dbb9e2f62f3a7dfb2eb6e9c4751fd869) and is "
            + "rongcheng-taxi 2017-12-29 (rules ");
    }

    [TestMethod]
    public async Task Sign_PreviewOfAnEarlierVersion_IsRefused()
    {
        await PreviewAsync();
        await _city.WithDbAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE \"Closes\" SET \"DigestFormat\" = 0 WHERE \"Period\" = '2017-12'"));

        var refused = await SignAsync();

        Assert.AreEqual("preview-outdated", refused?.Code);
        StringAssert.Contains(refused!.Detail, "earlier version of this program");
    }

    /// <summary>A decision of January, a driver who is new in January, and one who signs off in January leave December as it was.</summary>
    [TestMethod]
    public async Task SignAndPublish_WhatHappenedInTheNextMonth_IsTaken()
    {
        await PreviewAsync();
        await DecideAsync("d-2");
        await AddDriverAsync("d-8");
        Assert.IsNull((await _city.InContextAsync(context => SignOn.HandleAsync(new(SmallCity.Officer, "d-8", "cab-8"), context, default))).Refusal);
        Assert.IsNull((await _city.InContextAsync(context => SignOff.HandleAsync(new(SmallCity.Officer, "d-3"), context, default))).Refusal);

        Assert.IsNull(await SignAsync());
        Assert.IsNull(await SignAsync(SmallCity.Supervisor));
        Assert.IsNull(await PublishAsync());
    }

    [TestMethod]
    public async Task Digest_OfAClose_IsThatOfTheLinesThatTheRecordDescribes()
    {
        var previewed = await PreviewAsync();
        var close = await CloseAsync();
        var head = await _city.WithDbAsync(db => db.Ledger.Where(e => e.Sequence == close.LedgerSequence).Select(e => e.Hash).SingleAsync());
        var lines = previewed.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p =>
            $"{p.Key}|{(int)(p.Value.Points * 100)}|{(p.Value.Stars is { } stars ? $"{stars}" : "-")}|{p.Value.DaysOnShift}|"
            + $"{(p.Value.PreviousStars is { } before ? $"{before}" : "-")}\n");

        var form = "taxicredit-close-2\n2017-12|1|e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n" + $"{close.LedgerSequence}|{head}\n"
            + "rongcheng-taxi|2016-01-01|538ae67f7ec38da9a2d4269e2278bc63e67a91d540a8e276fdee636a4d4afeed|"
            + "654b43953a6d550d39d38fc19ab0d011dbb9e2f62f3a7dfb2eb6e9c4751fd869\n" + string.Concat(lines);

        Assert.AreEqual(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(form))), close.Digest);
    }

    /// <summary>A revision is published with the months that it takes along.</summary>
    [TestMethod]
    public async Task Publish_RatingOfAMonthThatARevisionTakesAlongChanged_IsRefused()
    {
        await PreviewAsync();
        await _city.SignAndPublishAsync(ClosingCity.Period);
        var revision = (await _city.InContextAsync(context =>
            ReviseMonth.HandleAsync("2017-11", new(SmallCity.Officer, "Objection."), context, _city.CloseSettings, default))).Value;
        foreach (var actor in new[] { SmallCity.Officer, SmallCity.Supervisor })
        {
            Assert.IsNull((await _city.InContextAsync(context =>
                SignMonth.HandleAsync("2017-11", new(Acting.AtServer(actor), revision.Digest), context, default))).Refusal);
        }

        await _city.WithDbAsync(db => db.Database.ExecuteSqlAsync($"""
            UPDATE "Ratings" SET "DaysOnShift" = 0 WHERE "CloseId" = (SELECT "Id" FROM "Closes" WHERE "LedById" = {revision.Id})
            """));

        var refused = (await _city.InContextAsync(context =>
            PublishMonth.HandleAsync("2017-11", new(Acting.AtServer(SmallCity.Officer)), context, default))).Refusal;

        Assert.AreEqual("preview-outdated", refused?.Code);
        StringAssert.StartsWith(refused!.Detail, "The preview of 2017-12, revision 2, is outdated");
        var follower = await _city.WithDbAsync(db => db.Closes.Where(c => c.LedById == revision.Id).Select(c => c.Id).SingleAsync());
        var others = new Dictionary<int, string> { [follower] = "x" };
        Assert.AreNotEqual(revision.Digest, await _city.WithDbAsync(db => CloseDigest.OfAsync(db, revision, default, others)), "the leader's covers it");
    }

    [TestMethod]
    [DataRow("2017-11-30", false)]
    [DataRow("2017-12-01", true)]
    public async Task Decide_ClockSteppedBack_NeverLandsInAPublishedMonth(string today, bool taken)
    {
        await SetTodayAsync(DateOnly.ParseExact(today, "yyyy-MM-dd"));

        var refused = await DecideAsync("d-2");

        Assert.AreEqual(taken ? null : "month-closed", refused?.Code);
        Assert.AreEqual(taken ? 1 : 0, await _city.WithDbAsync(db => db.Ledger.CountAsync(e => e.Case == "c-000041")));
        await SetTodayAsync(new(2018, 1, 2));
    }

    [TestMethod]
    public async Task Reverse_ClockSteppedBack_NeverLandsInAPublishedMonth()
    {
        var entry = await DeductionsAsync("d-4");
        await SetTodayAsync(new(2017, 11, 30));

        var refused = await _city.InContextAsync(context => ReverseEntry.HandleAsync(entry[0], new(SmallCity.Supervisor, "Mistaken."), context, default));

        Assert.AreEqual("month-closed", refused.Refusal?.Code);
        Assert.IsFalse(await _city.WithDbAsync(db => db.Ledger.AnyAsync(e => e.Reverses == entry[0])));
    }

    private async Task AssertOutdatedAsync(Refusal? refused, Dictionary<string, RatedAs> previewed, string driver)
    {
        Assert.AreEqual("preview-outdated", refused?.Code);
        StringAssert.Contains(refused!.Detail, $"{driver} was previewed with");
        var now = await PreviewAsync();
        var expected = now.Where(n => n.Value != previewed[n.Key]).Select(n => new RatingChange(ClosingCity.Period, n.Key, previewed[n.Key], n.Value));
        CollectionAssert.AreEquivalent(expected.ToList(), Changes(refused));
    }

    private static List<RatingChange> Changes(Refusal? refused) => (List<RatingChange>)refused!.Facts![PreviewChanges.Fact]!;

    private async Task<Dictionary<string, RatedAs>> PreviewAsync()
    {
        var close = (await _city.InContextAsync(context =>
            PreviewMonth.HandleAsync(ClosingCity.Period, new(SmallCity.Officer), context, _city.CloseSettings, default))).Value;
        return await _city.WithDbAsync(db => db.Ratings.Where(r => r.CloseId == close.Id)
            .Join(db.Drivers, r => r.DriverId, d => d.Id, (r, d) => new { d.Code, r.Points, r.Stars, r.DaysOnShift, r.PreviousStars })
            .ToDictionaryAsync(r => r.Code, r => new RatedAs(r.Points / 100m, r.Stars, r.DaysOnShift, r.PreviousStars)));
    }

    private Task<Close> CloseAsync() => _city.WithDbAsync(db => db.Closes.AsNoTracking().SingleAsync(c => c.Period == ClosingCity.Period));

    private async Task<CloseStatus> StatusAsync() => (await CloseAsync()).Status;

    private async Task<Refusal?> SignAsync(string actor = SmallCity.Officer)
    {
        var digest = (await CloseAsync()).Digest;
        return (await _city.InContextAsync(context =>
            SignMonth.HandleAsync(ClosingCity.Period, new(Acting.AtServer(actor), digest), context, default))).Refusal;
    }

    private async Task<Refusal?> PublishAsync() =>
        (await _city.InContextAsync(context =>
            PublishMonth.HandleAsync(ClosingCity.Period, new(Acting.AtServer(SmallCity.Officer)), context, default))).Refusal;

    private Task<List<long>> DeductionsAsync(string driver) => _city.WithDbAsync(db => db.Ledger
        .Where(e => e.Driver == driver && e.Kind == EntryKind.Decision && e.Points < 0 && !db.Ledger.Any(r => r.Reverses == e.Sequence))
        .OrderBy(e => e.Sequence).Select(e => e.Sequence).ToListAsync());

    private async Task<string> ReverseAsync(string driver)
    {
        var sequence = (await DeductionsAsync(driver))[0];
        var reversed = await _city.InContextAsync(context => ReverseEntry.HandleAsync(sequence, new(SmallCity.Supervisor, "Mistaken."), context, default));
        Assert.IsNull(reversed.Refusal);
        return driver;
    }

    private async Task ReverseAllAsync(string driver)
    {
        while ((await DeductionsAsync(driver)).Count > 0)
            await ReverseAsync(driver);
    }

    private async Task<Refusal?> DecideAsync(string driver) => await _city.InContextAsync(async context =>
    {
        var recorded = await RecordCase.HandleAsync(
            new(SmallCity.Officer, CaseKind.Complaint, driver, "S01", context.Today, "Harbour", "A detour."), context, default);
        Assert.AreEqual("c-000041", recorded.Value.Number);
        context.Db.ChangeTracker.Clear();
        return (await DecideCase.HandleAsync(recorded.Value.Number, new(SmallCity.Supervisor, Verdict.Upheld, "Seen on the track."), context, default)).Refusal;
    });

    private async Task AddDriverAsync(string code)
    {
        var cab = code.Replace('d', 'c').Replace("c-", "cab-", StringComparison.Ordinal);
        Assert.IsNull((await _city.InContextAsync(context => AddCab.HandleAsync(new(SmallCity.Officer, cab, "P8", "t-1"), context, default))).Refusal);
        Assert.IsNull((await _city.InContextAsync(context => AddDriver.HandleAsync(new(SmallCity.Officer, code, "New", cab), context, default))).Refusal);
    }

    private Task<int> SetTodayAsync(DateOnly today) => _city.WithDbAsync(async db =>
    {
        await _city.Server.Services.GetRequiredService<BureauTime>().SetAsync(db, today, default);
        return 0;
    });
}
