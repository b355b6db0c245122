using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster.Members;

namespace Dispatch.Tests.Roster;

/// <summary>The last change of where a driver belongs is taken back while nothing rests on it. At the bureau it is 2017-08-15.</summary>
[TestClass]
public class UndoMembershipTests : CityTests
{
    private static readonly object Body = new { actor = SmallCity.Officer, reason = "The wrong driver." };

    [TestMethod]
    [DataRow("2017-08-15", DisplayName = "today")]
    [DataRow("2017-08-16", DisplayName = "tomorrow")]
    public async Task Undo_AMove_IsAsBefore(string on)
    {
        await City.MoveAsync("d-2", "cab-3", on);

        Assert.AreEqual("t-1", (await UndoAsync()).GetProperty("team").GetString());

        Assert.AreEqual("t-1 cab-2 2017-01-01 -", await City.TimesAsync("d-2"));
        Assert.AreEqual("t-1 cab-2 cab-2", await City.HomeAsync("d-2"));
        await City.MoveAsync("d-2", "cab-1");
    }

    [TestMethod]
    public async Task Undo_AMoveOfYesterday_IsRefused()
    {
        await City.MoveAsync("d-2", "cab-3", "2017-08-14");

        await City.RefusedAsync("drivers/d-2/memberships/undoing", Body, HttpStatusCode.UnprocessableEntity, "membership-begun");
    }

    [TestMethod]
    public async Task Undo_Leaving_SignsOnAgain()
    {
        await City.LeaveAsync("d-2");

        await UndoAsync();

        await City.PostAsync("shifts/on", new { actor = "d-2", driver = "d-2", cab = "cab-2" });
        Assert.AreEqual("t-1 cab-2 2017-01-01 -", await City.TimesAsync("d-2"));
    }

    [TestMethod]
    public async Task Undo_AReturn_IsOffTheRegisterAgain()
    {
        await City.LeaveAsync("d-2");
        await City.SetTodayAsync(new(2017, 8, 16));
        await City.ReturnAsync("d-2", "cab-3");

        await UndoAsync();

        Assert.AreEqual("- cab-2 -", await City.HomeAsync("d-2"));
    }

    [TestMethod]
    public async Task Undo_AReturnAfterWhichTheDriverDrove_IsRefused()
    {
        await City.LeaveAsync("d-2");
        await City.SetTodayAsync(new(2017, 8, 16));
        await City.ReturnAsync("d-2", "cab-3");
        await City.PostAsync("shifts/on", new { actor = "d-2", driver = "d-2", cab = "cab-2" });

        await City.RefusedAsync("drivers/d-2/memberships/undoing", Body, HttpStatusCode.Conflict, "membership-shifts");
    }

    [TestMethod]
    public async Task Undo_OfNothing_IsRefused()
    {
        await City.RefusedAsync("drivers/d-2/memberships/undoing", Body, HttpStatusCode.Conflict, "membership-first");
        await City.RefusedAsync("drivers/d-9/memberships/undoing", Body, HttpStatusCode.NotFound, "driver-unknown");
    }

    [TestMethod]
    public async Task Undo_IsOnRecordWithWhatItUndid()
    {
        await City.MoveAsync("d-2", "cab-3");
        await UndoAsync();

        CollectionAssert.AreEqual(
            new[] { "move on 2017-08-15: The wrong driver.", "t-1 cab-2 to t-2 cab-3 on 2017-08-15: Moved house." },
            (await City.InContextAsync(context => MembershipChange.OfAsync("d-2", context, CancellationToken.None))).ConvertAll(change => change.Detail));
        Assert.AreEqual(3, await City.WithDbAsync(db => db.Set<Membership>().CountAsync()));
    }

    private Task<JsonElement> UndoAsync() => City.PostAsync("drivers/d-2/memberships/undoing", Body);
}
