using System.Net;
using Dispatch.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Roster;

/// <summary>A driver moves to another team from a day on; what was true of a month stays true for it. At the bureau it is 2017-08-15.</summary>
[TestClass]
public class MoveDriverTests : CityTests
{
    [TestMethod]
    public async Task Move_Today_IsTheNewTeamsAndTheShiftGoesOn()
    {
        var moved = await City.MoveAsync("d-2", "cab-3");

        Assert.AreEqual("t-2", moved.GetProperty("team").GetString());
        Assert.AreEqual("t-2 cab-3 2017-08-15 -; t-1 cab-2 2017-01-01 2017-08-15", await City.TimesAsync("d-2"));
        Assert.AreEqual("t-2 cab-3 cab-2", await City.HomeAsync("d-2"));
    }

    [TestMethod]
    public async Task Move_ByPlate_IsToThatCab()
    {
        await City.MoveAsync("d-2", "魯k t0003");

        Assert.AreEqual("t-2 cab-3 cab-2", await City.HomeAsync("d-2"));
    }

    [TestMethod]
    public async Task Move_Ahead_HoldsFromThatDayOn()
    {
        await City.MoveAsync("d-2", "cab-3", "2017-08-20");

        await City.SetTodayAsync(new(2017, 8, 19));
        Assert.AreEqual(0, await City.BeginAsync());
        Assert.AreEqual("t-1 cab-2 cab-2", await City.HomeAsync("d-2"));
        await City.SetTodayAsync(new(2017, 8, 20));
        Assert.IsTrue((await City.HomeAsync("d-2")).StartsWith("t-2 ", StringComparison.Ordinal), "the team waits for no job");
        Assert.AreEqual(1, await City.BeginAsync());
        Assert.AreEqual("t-2 cab-3 cab-2", await City.HomeAsync("d-2"));
        Assert.AreEqual(0, await City.BeginAsync(), "once");
    }

    [TestMethod]
    public async Task Move_OfAMember_TakesTheOldLeadersRightFromThatDayOn()
    {
        await City.MoveAsync("d-2", "cab-3", "2017-08-16");

        Assert.IsTrue(await MayReadAsync());
        await City.SetTodayAsync(new(2017, 8, 16));
        Assert.IsFalse(await MayReadAsync());

        Task<bool> MayReadAsync() => City.InContextAsync(async context =>
            (await context.MayAsync("d-1", Permission.ReadFile, "d-2", CancellationToken.None)).Refusal is null);
    }

    [TestMethod]
    public async Task PeerReport_OfADayInTheOtherTeam_IsOutsideTheTeam()
    {
        await City.MoveAsync("d-3", "cab-2", "2017-08-10");

        await City.RefusedAsync("cases", Report("2017-08-09"), HttpStatusCode.UnprocessableEntity, "reporter-outside-team");
        await City.PostAsync("cases", Report("2017-08-10"));

        static object Report(string day) => new
        {
            actor = "d-1", kind = "peerReport", driver = "d-3", code = "P01", conductOn = day, place = "Gate", account = "Refused a fare.", reporter = "d-1",
        };
    }

    [TestMethod]
    public async Task Lists_OfAPublishedMonth_KeepTheTeamOfTheMonth()
    {
        await City.UpholdAsync("d-2", "S01", "2017-07-03");
        await City.CloseAsync("2017-07");
        var before = await TellAsync();

        await City.MoveAsync("d-2", "cab-3", "2017-08-01");

        Assert.AreEqual(before, await TellAsync());
        Assert.AreEqual("d-1 d-2", await MembersAsync("2017-07", "t-1"));
        await City.SetTodayAsync(new(2017, 9, 2));
        await City.CloseAsync("2017-08");
        Assert.AreEqual("d-1", await MembersAsync("2017-08", "t-1"));
        Assert.AreEqual("d-2 d-3", await MembersAsync("2017-08", "t-2"));
        Assert.AreEqual("d-1 d-2", await MembersAsync("2017-07", "t-1"));
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        StringAssert.Contains((await officer.GoAsync("/drivers/d-2/2017-07")).Text, "t-1");
        StringAssert.Contains((await officer.GoAsync("/drivers/d-2/2017-08")).Text, "t-2");

        // Without the log, which is signed some seconds after a publication.
        async Task<string> TellAsync()
        {
            var month = await City.GetAsync("months/2017-07");
            return $"{month.GetProperty("rated")}{month.GetProperty("revisions")}"
                + await City.Client.GetStringAsync("/api/v1/drivers/d-2/months/2017-07");
        }
    }

    [TestMethod]
    public async Task Page_OfACase_HasTheTeamOfTheDayOfConduct()
    {
        await City.RecordAsync("d-2", "S01", "2017-08-09");
        await City.MoveAsync("d-2", "cab-3", "2017-08-10");
        await City.RecordAsync("d-2", "S01", "2017-08-10");

        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        StringAssert.Contains((await officer.GoAsync("/bureau/cases/c-000001")).Text, "t-1");
        StringAssert.Contains((await officer.GoAsync("/bureau/cases/c-000002")).Text, "t-2");
    }

    [TestMethod]
    [DataRow("2017-07-31", "membership-closed", DisplayName = "last day that is published")]
    [DataRow("2017-08-01", null)]
    [DataRow("2017-08-02", null)]
    public async Task Move_AfterAMonthIsPublished_IsTakenFromTheNextDay(string on, string? rule)
    {
        await City.CloseAsync("2017-07");

        await TakenOrRefusedAsync(on, rule);
    }

    [TestMethod]
    [DataRow("2017-07-31", "membership-closed")]
    [DataRow("2017-08-01", null)]
    public async Task Move_WhileAMonthIsClosed_IsTakenFromTheNextDay(string on, string? rule)
    {
        await City.PostAsync("months/2017-07/preview", new { actor = SmallCity.Officer });

        await TakenOrRefusedAsync(on, rule);
    }

    [TestMethod]
    [DataRow("2016-12-31", "membership-day")]
    [DataRow("2017-01-01", "membership-day", DisplayName = "the day of joining")]
    [DataRow("2017-01-02", null)]
    [DataRow("2018-08-15", null, DisplayName = "in 365 days")]
    [DataRow("2018-08-16", null, DisplayName = "in 366 days")]
    [DataRow("2018-08-17", "membership-day", DisplayName = "in 367 days")]
    public async Task Move_ByItsFirstDay_IsTakenAfterTheOneBeforeAndUpTo366DaysAhead(string on, string? rule) => await TakenOrRefusedAsync(on, rule);

    [TestMethod]
    [DataRow(0, false)]
    [DataRow(1, true)]
    [DataRow(200, true)]
    [DataRow(201, false)]
    public async Task Move_ByLengthOfReason_IsTakenFrom1To200(int length, bool taken)
    {
        var body = MemberCity.Move("cab-3", null, new('r', length));

        if (taken)
            await City.PostAsync("drivers/d-2/team", body);
        else
            await City.RefusedAsync("drivers/d-2/team", body, HttpStatusCode.BadRequest, "membership-reason");
    }

    [TestMethod]
    [DataRow("d-9", "cab-3", 404, "driver-unknown")]
    [DataRow("d-2", "cab-9", 404, "cab-unknown")]
    [DataRow("d-2", " ", 400, "cab-missing")]
    [DataRow("d-2", "cab-2", 409, "membership-same")]
    [DataRow("d-1", "cab-3", 409, "leads-team", DisplayName = "who leads the team that would be left")]
    public async Task Move_ThatCannotBe_IsRefusedAndNothingChanges(string driver, string cab, int status, string rule)
    {
        await City.RefusedAsync($"drivers/{driver}/team", MemberCity.Move(cab), (HttpStatusCode)status, rule);

        Assert.AreEqual(3, await City.WithDbAsync(db => db.Set<Membership>().CountAsync()));
    }

    [TestMethod]
    public async Task Move_WithOneAhead_IsRefused()
    {
        await City.MoveAsync("d-2", "cab-3", "2017-08-20");

        await City.RefusedAsync("drivers/d-2/team", MemberCity.Move("cab-1"), HttpStatusCode.Conflict, "membership-planned");
        await City.RefusedAsync("drivers/d-2/leaving", MemberCity.Leave(), HttpStatusCode.Conflict, "membership-planned");
        await City.RefusedAsync("drivers/d-2/return", MemberCity.Move("cab-1"), HttpStatusCode.Conflict, "membership-planned");
    }

    [TestMethod]
    public async Task Appoint_WhoIsAboutToMove_IsRefused()
    {
        await City.MoveAsync("d-2", "cab-3", "2017-08-20");

        var refused = await City.InContextAsync(context => AppointLeader.HandleAsync("t-1", new(SmallCity.Officer, "d-2"), context, CancellationToken.None));
        Assert.AreEqual("leader-leaves", refused.Refusal?.Code);
    }

    private async Task TakenOrRefusedAsync(string on, string? rule)
    {
        if (rule is null)
            await City.MoveAsync("d-2", "cab-3", on);
        else
            await City.RefusedAsync("drivers/d-2/team", MemberCity.Move("cab-3", on), HttpStatusCode.UnprocessableEntity, rule);
    }

    private Task<string> MembersAsync(string period, string team) => City.WithDbAsync(async db =>
    {
        var close = await db.Set<Close>().SingleAsync(c => c.Period == period);
        var (lines, total) = await CloseOverview.RatingsAsync(close.Id, new(Team: team), 1, db, CancellationToken.None);
        Assert.HasCount(total, lines);
        Assert.IsTrue(lines.TrueForAll(line => line.Team == team));
        return string.Join(' ', lines.Select(line => line.Driver));
    });
}
