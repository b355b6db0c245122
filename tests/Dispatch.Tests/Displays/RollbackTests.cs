using System.Net;
using System.Net.Http.Json;
using Dispatch.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Holds;

namespace Dispatch.Tests.Displays;

/// <summary>A database that has lost what its cabs have: nothing is published over it before a person decides.</summary>
[TestClass]
public class RollbackTests
{
    private const string Reason = "The disk is gone and the backup of Monday is the newest.";

    [TestMethod]
    public async Task Cab_AheadOfTheDatabase_IsHeldAloneUntilAPersonContinues()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var first = await city.ConnectNewCabAsync(1);
        await using var second = await city.ConnectNewCabAsync(2);
        var rating = await first.NextAsync("rating");
        var before = await second.NextAsync("rating");

        await first.SendStateAsync(rev: rating.Rev + 500);
        var hold = await AwaitHoldAsync(city, HoldCause.CabAhead);
        await city.SignOnAsync(driver: 1, cab: 1);
        await city.SignOnAsync(driver: 2, cab: 2);
        await city.NudgeAsync(1, 2);

        Assert.AreEqual("unrated", (await second.NextNewsAsync("rating", before)).Kind);
        Assert.IsFalse(first.HasMore("rating"), "it keeps what it shows");
        StringAssert.Contains(hold.Evidence, "display disp-0001 in cab c-1 has revision");
        await DecideAsync(city, hold.Id);
        var next = await first.NextAsync("rating");
        Assert.AreEqual((rating.Rev + 501, "unrated"), (next.Rev, next.Kind));
    }

    [TestMethod]
    public async Task Command_ToAHeldDisplay_IsRefused()
    {
        await using var city = await DisplayCity.BuildAsync(cabs: 1);
        await using var cab = await city.ConnectNewCabAsync(1);
        await cab.SendStateAsync(rev: (await cab.NextAsync("rating")).Rev + 1);
        await AwaitHoldAsync(city, HoldCause.CabAhead);

        var response = await city.Client.PostAsJsonAsync($"displays/{cab.Unit.Id}/commands", new { actor = DisplayCity.Keeper, @do = "identify" });

        await SmallCity.AssertRefusalAsync(response, HttpStatusCode.Conflict, "display-held");
    }

    [TestMethod]
    [DataRow(3, 3, true)]
    [DataRow(3, 2, false, DisplayName = "three cabs of two teams")]
    [DataRow(2, 2, false, DisplayName = "two cabs of two teams")]
    [DataRow(4, 4, true)]
    public async Task Cabs_AheadOfTheDatabase_HoldTheCityIfTheyAreOfThreeTeams(int cabs, int teams, bool isCityHeld)
    {
        await using var city = await DisplayCity.BuildAsync(cabs + 1, teams: teams);
        await using var others = await city.ConnectNewCabAsync(cabs + 1);
        var before = await others.NextAsync("rating");
        var ahead = new List<(TestCab Cab, long Rev)>();
        for (var n = 1; n <= cabs; n++)
        {
            var cab = await city.ConnectNewCabAsync(n);
            ahead.Add((cab, (await cab.NextAsync("rating")).Rev));
        }

        foreach (var ((cab, rev), n) in ahead.Zip(Enumerable.Range(1, cabs)))
        {
            await cab.SendStateAsync(rev: rev + 60);
            await AwaitHoldAsync(city, HoldCause.CabAhead, n);
        }

        if (isCityHeld)
        {
            await AwaitHoldAsync(city, HoldCause.CabsAhead);
            await city.AwaitErrorAsync();
        }

        city.Sent.Clear();
        await city.SignOnAsync(driver: cabs + 1, cab: cabs + 1);
        await city.NudgeAsync(cabs + 1);
        if (isCityHeld)
        {
            await city.PassAsync();
            Assert.IsEmpty(city.Sent, "the whole city is held");
        }
        else
        {
            Assert.AreEqual("unrated", (await others.NextNewsAsync("rating", before)).Kind);
        }

        ahead.ForEach(one => one.Cab.Vanish());
    }

    /// <summary>It can be no message of this server's, so that it is no evidence either.</summary>
    [TestMethod]
    public async Task Cabs_OfTheYear2100_AreHeldAndProveNothing()
    {
        await using var city = await DisplayCity.BuildAsync(3, teams: 3);
        for (var n = 1; n <= 3; n++)
        {
            await using var cab = await city.ConnectNewCabAsync(n);
            await cab.NextAsync("rating");
            await cab.SendStateAsync(rev: 4_102_444_800);
            await AwaitHoldAsync(city, HoldCause.CabAhead, n);
        }

        Assert.IsFalse(await city.WithDbAsync(db => db.PublishingHolds.AnyAsync(h => h.Cause == HoldCause.CabsAhead)));
    }

    [TestMethod]
    public async Task Cab_OfTheYear2100_DoesNotUseUpTheRangeWhenAPersonContinues()
    {
        await using var city = await DisplayCity.BuildAsync(cabs: 1);
        await using var cab = await city.ConnectNewCabAsync(1);
        var rating = await cab.NextAsync("rating");
        await cab.SendStateAsync(rev: 4_102_444_800);
        var hold = await AwaitHoldAsync(city, HoldCause.CabAhead);
        await DecideAsync(city, hold.Id);

        await city.SignOnAsync(driver: 1, cab: 1);
        await city.NudgeAsync(1);

        Assert.AreEqual(rating.Rev + 1, (await cab.NextAsync("rating", json => json.GetProperty("kind").GetString() == "unrated")).Rev);
    }

    /// <summary>What a 1-star driver's cab once did: light four stars within seconds.</summary>
    [TestMethod]
    [DecidedByDatabase("SQL by hand: each database is copied and restored in its own way")]
    public async Task City_RestoredFromBeforeAMonth_PublishesNothingUntilAPersonContinues()
    {
        await using var city = await DisplayCity.BuildAsync(3, teams: 3);
        var units = new List<UnitConfig>();
        for (var n = 1; n <= 3; n++)
        {
            await city.SignOnAsync(driver: n, cab: n);
            units.Add(await city.ProvisionAsync(n));
        }

        await city.PublishAsync("2017-11", 4, 4, 4);
        await SignBothAsync(city);
        var backup = await BackUpAsync(city);
        city.Time.Advance(TimeSpan.FromHours(1));
        await city.PublishAsync("2017-12", 1, 1, 1);
        var shown = new List<Received>();
        foreach (var unit in units)
        {
            await using var cab = await TestCab.ConnectAsync(unit, city.MqttPort);
            shown.Add(await cab.NextAsync("rating", json => json.GetProperty("stars").GetInt32() == 1));
            await cab.SendStateAsync(shown[^1].Rev, (await cab.NextAsync("config")).Rev, "showing", "11000");
        }

        await SignBothAsync(city);
        await city.StopAsync();
        city.Restore(backup);
        city.Time.Advance(TimeSpan.FromHours(1));

        city.Sent.Clear();
        await city.RestartAfterStopAsync();
        await city.AwaitErrorAsync();

        var hold = await AwaitHoldAsync(city, HoldCause.LogBehind);
        StringAssert.Contains(hold.Evidence, "leaves of the City log, of 2018-01-02 05:00:00Z; that is not in the database");
        foreach (var (unit, n) in units.Zip([1, 2, 3]))
        {
            await using var cab = await TestCab.ConnectAsync(unit, city.MqttPort);
            cab.N = 100;
            await cab.SendStateAsync(shown[n - 1].Rev, 0, "showing", "11000");
            await AwaitHoldAsync(city, HoldCause.CabAhead, n);
        }

        await AwaitHoldAsync(city, HoldCause.CabsAhead);
        await city.AwaitErrorAsync();
        Assert.IsEmpty(city.Sent, "cabs keep what they show");
        await city.PassAsync();
        Assert.IsEmpty(city.Sent);

        foreach (var open in await city.WithDbAsync(db => PublishingHolds.OpenAsync(db, CancellationToken.None)))
        {
            if (open.DisplayId is null)
                await DecideAsync(city, open.Id);
        }

        await using var again = await TestCab.ConnectAsync(units[0], city.MqttPort);
        var next = await again.NextAsync("rating", json => json.GetProperty("kind").GetString() == "rated");
        Assert.IsGreaterThan(shown[0].Rev, next.Rev, "a person has decided that it is outbid");
        Assert.IsEmpty(await city.WithDbAsync(db => PublishingHolds.OpenAsync(db, CancellationToken.None)));
        await SignBothAsync(city);
        Assert.IsNull(await city.WithDbAsync(async db => await LogCheck.OfCityAsync(
            db, await LogWatch.SignedAsync(db, LogTree.City, CancellationToken.None), CancellationToken.None)));
        var audit = await city.WithDbAsync(db => db.Audit.Where(a => a.Operation == "decide-hold").Select(a => a.Detail).ToListAsync());
        Assert.AreSequenceEqual([$"LogBehind: {Reason}", $"CabsAhead: {Reason}"], audit);
    }

    /// <summary>The whole folder was restored, so that no checkpoint tells; by then each rating is old enough to be signed anew, which would outbid.</summary>
    [TestMethod]
    public async Task City_RestoredWithItsFolder_HearsItsCabsBeforeItOutbidsThem()
    {
        await using var city = await DisplayCity.BuildAsync(3, teams: 3);
        var units = new List<UnitConfig>();
        for (var n = 1; n <= 3; n++)
        {
            await city.SignOnAsync(driver: n, cab: n);
            units.Add(await city.ProvisionAsync(n));
        }

        await city.PublishAsync("2017-11", 4, 4, 4);
        await ShowAsync(4, n: 1);
        var backup = await BackUpAsync(city);
        city.Time.Advance(TimeSpan.FromHours(1));
        await city.PublishAsync("2017-12", 1, 1, 1);
        var shown = await ShowAsync(1, n: 100);
        await city.StopAsync();
        city.Restore(backup);
        city.Time.Advance(TimeSpan.FromDays(8));

        city.Sent.Clear();
        await city.RestartAfterStopAsync();
        for (var n = 1; n <= 3; n++)
        {
            await using var cab = await TestCab.ConnectAsync(units[n - 1], city.MqttPort);
            cab.N = 200;
            await cab.SendStateAsync(shown[n - 1], 0, "showing", "11000");
            await AwaitHoldAsync(city, HoldCause.CabAhead, n);
        }

        await AwaitHoldAsync(city, HoldCause.CabsAhead);
        await city.AwaitErrorAsync();
        var outbid = city.Sent.Where(sent => sent.Topic.EndsWith("/rating", StringComparison.Ordinal))
            .Where(sent => sent.Json.GetProperty("rev").GetInt64() >= shown.Min()).ToList();
        Assert.IsEmpty(outbid, "cabs keep what they show");

        async Task<List<long>> ShowAsync(int stars, long n)
        {
            var revisions = new List<long>();
            foreach (var unit in units)
            {
                await using var cab = await TestCab.ConnectAsync(unit, city.MqttPort);
                cab.N = n;
                var rating = await cab.NextAsync("rating", json => json.TryGetProperty("stars", out var lit) && lit.GetInt32() == stars);
                var config = await cab.NextAsync("config");
                await cab.SendStateAsync(rating.Rev, config.Rev, "showing", stars == 1 ? "11000" : "11111");
                await city.AwaitTwinAsync(unit.Id, twin => twin.ShowsDesired);
                revisions.Add(rating.Rev);
            }

            return revisions;
        }
    }

    [TestMethod]
    [DataRow(299, false)]
    [DataRow(300, false)]
    [DataRow(301, true)]
    public async Task City_WhoseClockIsBehindWhatIsStored_IsHeldAfterFiveMinutes(int seconds, bool isHeld)
    {
        await using var city = await DisplayCity.BuildAsync();
        await SignBothAsync(city);
        await city.StopAsync();

        await city.RestartAfterStopAsync(at: city.Time.GetUtcNow() - TimeSpan.FromSeconds(seconds));

        if (isHeld)
            await city.AwaitErrorAsync();
        var holds = await city.WithDbAsync(db => PublishingHolds.OpenAsync(db, CancellationToken.None));
        Assert.AreEqual(isHeld ? "ClockRanBack" : "", string.Join(',', holds.Select(h => h.Cause)));
    }

    [TestMethod]
    public async Task Decide_WithoutRightOrReasonOrTwice_IsRefused()
    {
        await using var city = await DisplayCity.BuildAsync(cabs: 1);
        await using var cab = await city.ConnectNewCabAsync(1);
        await cab.SendStateAsync(rev: (await cab.NextAsync("rating")).Rev + 1);
        var hold = await AwaitHoldAsync(city, HoldCause.CabAhead);

        await RefusedAsync(hold.Id, "auditor", Reason, HttpStatusCode.Forbidden, "actor-not-allowed");
        await RefusedAsync(hold.Id, DisplayCity.Keeper, "too short", HttpStatusCode.BadRequest, "hold-reason-length");
        await RefusedAsync(hold.Id, DisplayCity.Keeper, new string('x', 501), HttpStatusCode.BadRequest, "hold-reason-length");
        await RefusedAsync(hold.Id + 1, DisplayCity.Keeper, Reason, HttpStatusCode.NotFound, "hold-unknown");
        await DecideAsync(city, hold.Id);
        await RefusedAsync(hold.Id, DisplayCity.Keeper, Reason, HttpStatusCode.Conflict, "hold-decided");

        async Task RefusedAsync(long id, string actor, string reason, HttpStatusCode status, string code) =>
            await SmallCity.AssertRefusalAsync(await city.Client.PostAsJsonAsync($"holds/{id}/decision", new { actor, reason }), status, code);
    }

    private static async Task DecideAsync(DisplayCity city, long id)
    {
        var response = await city.Client.PostAsJsonAsync($"holds/{id}/decision", new { actor = DisplayCity.Keeper, reason = Reason });
        Assert.IsTrue(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<PublishingHold> AwaitHoldAsync(DisplayCity city, HoldCause cause, int count = 1)
    {
        List<PublishingHold> found = [];
        await Until.StoredAsync(city.Options, async () =>
        {
            found = await city.WithDbAsync(db => db.PublishingHolds.AsNoTracking().Where(h => h.Cause == cause).OrderBy(h => h.Id).ToListAsync());
            return found.Count >= count;
        });
        return found[^1];
    }

    private static async Task SignBothAsync(DisplayCity city)
    {
        await using var scope = city.Server.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CheckpointSigning>().SignBothAsync(() => Task.CompletedTask, CancellationToken.None);
    }

    /// <summary>As a backup of every night takes it, between two runs of the server.</summary>
    private static async Task<DispatchOptions> BackUpAsync(DisplayCity city)
    {
        await city.StopAsync();
        var backup = await city.Options.CopyAsync();
        await city.RestartAfterStopAsync();
        return backup;
    }
}
