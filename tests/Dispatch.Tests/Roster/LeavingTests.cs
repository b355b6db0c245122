using System.Net;
using System.Net.Http.Json;
using Dispatch.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Roster;

/// <summary>A driver leaves and comes back. At the bureau it is 2017-08-15.</summary>
[TestClass]
public class LeavingTests : CityTests
{
    [TestMethod]
    public async Task Leave_Today_EndsTheShiftAndSigningOn()
    {
        await City.LeaveAsync("d-2");

        Assert.AreEqual("- cab-2 -", await City.HomeAsync("d-2"));
        Assert.AreEqual("t-1 cab-2 2017-01-01 2017-08-15", await City.TimesAsync("d-2"));
        await City.RefusedAsync("shifts/on", new { actor = SmallCity.Officer, driver = "d-2", cab = "cab-2" }, HttpStatusCode.Conflict, "driver-left");
    }

    [TestMethod]
    public async Task Leave_OfADriverWithADisplay_DarkensIt()
    {
        await City.PostAsync("displays", new { actor = SmallCity.Admin, id = "disp-0001", cab = "cab-2" });
        var board = City.Server.Services.GetRequiredService<TwinBoard>();
        await SeenAsync("d-2");

        await City.LeaveAsync("d-2");

        await SeenAsync(null);

        async Task SeenAsync(string? driver)
        {
            var subscriptions = new List<IDisposable>();
            await Until.SoAsync(
                () => board.All.Any(twin => twin.Cab == "cab-2" && twin.Driver == driver), look => subscriptions.Add(board.Subscribe(_ => look())));
            subscriptions.ForEach(subscription => subscription.Dispose());
        }
    }

    [TestMethod]
    public async Task Leave_Ahead_BeginsOnThatDay()
    {
        await City.LeaveAsync("d-2", "2017-08-20");

        await City.SetTodayAsync(new(2017, 8, 19));
        Assert.AreEqual(0, await City.BeginAsync());
        Assert.AreEqual("t-1 cab-2 cab-2", await City.HomeAsync("d-2"));
        await City.SetTodayAsync(new(2017, 8, 20));
        Assert.AreEqual(1, await City.BeginAsync());
        Assert.AreEqual("- cab-2 -", await City.HomeAsync("d-2"));
    }

    [TestMethod]
    public async Task Leave_EndsSigningInAndWhatIsOpenGoesOn()
    {
        await City.RecordAsync("d-2", "S01", "2017-08-09");
        using var driver = await City.EnterDriverAsync("d-2");
        StringAssert.Contains((await driver.GoAsync("/me")).Html, "data-testid=\"sign-off\"");

        await City.LeaveAsync("d-2");

        Assert.DoesNotContain("data-testid=\"sign-off\"", (await driver.GoAsync("/me")).Html, "the session is not let in any more");
        Assert.AreEqual("actor-left", await City.InContextAsync(async context =>
            (await context.MayAsync("d-2", Permission.ReadFile, "d-2", CancellationToken.None)).Refusal?.Code));
        await City.DecideAsync("c-000001", new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out by the meter." });
        Assert.AreEqual("upheld", (await City.GetAsync("cases/c-000001")).GetProperty("status").GetString());
    }

    [TestMethod]
    public async Task SignIn_OfADriverWhoLeft_IsRefusedByName()
    {
        (await City.EnterDriverAsync("d-2")).Dispose();
        await City.LeaveAsync("d-2");

        using var again = await City.SignInAsync("d-2");

        StringAssert.Contains(again.Text, "off the register");
    }

    [TestMethod]
    public async Task Close_OfALaterMonth_IsWithoutWhoHadLeft()
    {
        await City.EndShiftAsync("d-2", "2017-07-20");
        await City.LeaveAsync("d-2", "2017-08-01");

        await City.CloseAsync("2017-07");
        await City.SetTodayAsync(new(2017, 9, 2));
        await City.CloseAsync("2017-08");
        await City.ReturnAsync("d-2", "cab-2");
        await City.SetTodayAsync(new(2017, 10, 2));
        await City.CloseAsync("2017-09");

        Assert.AreEqual("d-1 d-2 d-3", await RatedAsync("2017-07"), "left with the first day of August");
        Assert.AreEqual("d-1 d-3", await RatedAsync("2017-08"));
        Assert.AreEqual("d-1 d-2 d-3", await RatedAsync("2017-09"));
    }

    [TestMethod]
    [DataRow("2017-07-31", false)]
    [DataRow("2017-08-01", false, DisplayName = "off with the first day of the month")]
    [DataRow("2017-08-02", true, DisplayName = "one day of it")]
    public async Task Close_ByTheDayOfLeaving_HasWhoWasThereOnADayOfIt(string on, bool has)
    {
        await City.EndShiftAsync("d-2", "2017-07-20");
        await City.LeaveAsync("d-2", on);
        await City.SetTodayAsync(new(2017, 9, 2));

        await City.CloseAsync("2017-08");

        Assert.AreEqual(has ? "d-1 d-2 d-3" : "d-1 d-3", await RatedAsync("2017-08"));
    }

    [TestMethod]
    [DataRow("2017-08-10", "membership-shifts", DisplayName = "signed on later")]
    [DataRow("2017-08-11", null, DisplayName = "the day on which the night shift ended")]
    [DataRow("2017-08-12", null)]
    public async Task Leave_ByTheLastDayOnShift_IsTakenAfterIt(string on, string? rule)
    {
        await City.EndShiftAsync("d-2", "2017-08-11");

        if (rule is null)
            await City.LeaveAsync("d-2", on);
        else
            await City.RefusedAsync("drivers/d-2/leaving", MemberCity.Leave(on), HttpStatusCode.Conflict, rule);
    }

    [TestMethod]
    public async Task Leave_InThePastWithAnOpenShift_IsRefused() =>
        await City.RefusedAsync("drivers/d-2/leaving", MemberCity.Leave("2017-08-14"), HttpStatusCode.Conflict, "membership-shifts");

    [TestMethod]
    public async Task Leave_OfALeader_IsRefusedUntilAnotherLeads()
    {
        await City.RefusedAsync("drivers/d-1/leaving", MemberCity.Leave(), HttpStatusCode.Conflict, "leads-team");

        Assert.AreEqual(
            HttpStatusCode.NoContent,
            (await City.Client.PutAsJsonAsync("/api/v1/teams/t-1/leader", new { actor = SmallCity.Officer, driver = "d-2" })).StatusCode);
        await City.LeaveAsync("d-1");
    }

    [TestMethod]
    public async Task Leave_Twice_IsRefused()
    {
        await City.LeaveAsync("d-2");

        await City.RefusedAsync("drivers/d-2/leaving", MemberCity.Leave(), HttpStatusCode.Conflict, "driver-left");
        await City.RefusedAsync("drivers/d-2/team", MemberCity.Move("cab-3"), HttpStatusCode.Conflict, "driver-left");
    }

    [TestMethod]
    public async Task Return_ToAnotherTeam_SignsInAndOnAgain()
    {
        await City.LeaveAsync("d-2", "2017-08-15");
        await City.SetTodayAsync(new(2017, 8, 20));

        await City.ReturnAsync("d-2", "cab-3", "2017-08-18");

        Assert.AreEqual("t-2 cab-3 2017-08-18 -; t-1 cab-2 2017-01-01 2017-08-15", await City.TimesAsync("d-2"));
        Assert.AreEqual("t-2 cab-3 -", await City.HomeAsync("d-2"));
        await City.PostAsync("shifts/on", new { actor = "d-2", driver = "d-2", cab = "cab-2" });
    }

    [TestMethod]
    [DataRow("2017-08-14", "membership-day")]
    [DataRow("2017-08-15", null, DisplayName = "the day of leaving")]
    [DataRow("2017-08-16", null)]
    public async Task Return_ByItsFirstDay_IsTakenFromTheDayOfLeaving(string on, string? rule)
    {
        await City.LeaveAsync("d-2");

        if (rule is null)
            await City.ReturnAsync("d-2", "cab-2", on);
        else
            await City.RefusedAsync("drivers/d-2/return", MemberCity.Move("cab-2", on), HttpStatusCode.UnprocessableEntity, rule);
    }

    [TestMethod]
    public async Task Return_OfWhoIsThere_IsRefused() =>
        await City.RefusedAsync("drivers/d-2/return", MemberCity.Move("cab-3"), HttpStatusCode.Conflict, "membership-holds");

    private Task<string> RatedAsync(string period) => City.WithDbAsync(async db => string.Join(' ', await db.Set<Rating>()
        .Where(r => db.Set<Close>().Any(c => c.Id == r.CloseId && c.Period == period))
        .Join(db.Set<TaxiCredit.Dispatch.Features.Roster.Driver>(), r => r.DriverId, d => d.Id, (_, d) => d.Code).OrderBy(code => code).ToListAsync()));
}
