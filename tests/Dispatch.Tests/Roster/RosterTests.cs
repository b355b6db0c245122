using System.Net;
using System.Net.Http.Json;
using Dispatch.Tests.Databases;

namespace Dispatch.Tests.Roster;

[TestClass]
public class RosterTests : CityTests
{
    [TestMethod]
    public async Task AddCab_TenthInTeam_IsTaken_EleventhIsRefused()
    {
        for (var n = 3; n <= 10; n++)
            await City.PostAsync("cabs", Cab(n));

        await City.RefusedAsync("cabs", Cab(11), HttpStatusCode.UnprocessableEntity, "team-full");
        var team = (await City.GetAsync("teams")).EnumerateArray().Single(t => t.GetProperty("code").GetString() == "t-1");
        Assert.AreEqual(10, team.GetProperty("cabs").GetInt32());

        static object Cab(int n) => new { actor = SmallCity.Officer, code = $"more-{n}", plate = $"鲁K·M{n:0000}", team = "t-1" };
    }

    [TestMethod]
    public async Task SignOn_DriverSignedOnElsewhere_IsRefused()
    {
        await City.PostAsync("shifts/off", new { actor = SmallCity.Officer, driver = "d-3" });

        await City.RefusedAsync("shifts/on", new { actor = SmallCity.Officer, driver = "d-1", cab = "cab-3" }, HttpStatusCode.Conflict, "driver-signed-on");
    }

    [TestMethod]
    public async Task SignOn_CabOccupied_IsRefused()
    {
        await City.PostAsync("shifts/off", new { actor = SmallCity.Officer, driver = "d-3" });

        await City.RefusedAsync("shifts/on", new { actor = SmallCity.Officer, driver = "d-3", cab = "cab-1" }, HttpStatusCode.Conflict, "cab-occupied");
    }

    [TestMethod]
    [DecidedByDatabase("locks: two sign on to one cab at once")]
    public async Task SignOn_TwoAtOnceToOneCab_OneIsSignedOn()
    {
        await City.PostAsync("shifts/off", new { actor = SmallCity.Officer, driver = "d-1" });
        await City.PostAsync("shifts/off", new { actor = SmallCity.Officer, driver = "d-2" });

        var answers = await Task.WhenAll(new[] { "d-1", "d-2" }.Select(driver =>
            City.Client.PostAsJsonAsync("/api/v1/shifts/on", new { actor = SmallCity.Officer, driver, cab = "cab-1" })));

        CollectionAssert.AreEquivalent(new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }, answers.Select(a => a.StatusCode).ToArray());
    }

    [TestMethod]
    public async Task MoveShift_ToVacantCab_LeavesOneOpenShift()
    {
        await City.PostAsync("shifts/off", new { actor = SmallCity.Officer, driver = "d-3" });

        await City.PostAsync("shifts/move", new { actor = SmallCity.Officer, driver = "d-1", cab = "cab-3" });

        var cabs = (await City.GetAsync("cabs")).EnumerateArray()
            .ToDictionary(c => c.GetProperty("code").GetString()!, c => c.GetProperty("signedOn").GetString());
        Assert.IsNull(cabs["cab-1"]);
        Assert.AreEqual("d-1", cabs["cab-3"]);
    }

    [TestMethod]
    public async Task MoveShift_ToUnknownCab_IsRefusedAndShiftStays()
    {
        await City.RefusedAsync("shifts/move", new { actor = SmallCity.Officer, driver = "d-1", cab = "cab-9" }, HttpStatusCode.NotFound, "cab-unknown");

        var driver = (await City.GetAsync("drivers")).EnumerateArray().Single(d => d.GetProperty("code").GetString() == "d-1");
        Assert.AreEqual("cab-1", driver.GetProperty("signedOnTo").GetString());
    }

    [TestMethod]
    public async Task AppointLeader_FromAnotherTeam_IsRefused()
    {
        var answer = await City.Client.PutAsJsonAsync("/api/v1/teams/t-2/leader", new { actor = SmallCity.Officer, driver = "d-1" });

        await SmallCity.AssertRefusalAsync(answer, HttpStatusCode.UnprocessableEntity, "leader-outside-team");
    }

    [TestMethod]
    public async Task RemoveLeader_Twice_SecondIsRefused()
    {
        await City.PostAsync("teams/t-1/leader/removal", new { actor = SmallCity.Officer });

        await City.RefusedAsync("teams/t-1/leader/removal", new { actor = SmallCity.Officer }, HttpStatusCode.Conflict, "no-leader");
    }

    [TestMethod]
    public async Task AddDriver_CodeTakenInAnotherSpelling_IsRefused() =>
        await City.RefusedAsync(
            "drivers", new { actor = SmallCity.Officer, code = " Ｄ－１", name = "Twin", homeCab = "cab-1" }, HttpStatusCode.Conflict, "driver-exists");

    [TestMethod]
    public async Task AddDriver_CodeTaken_IsRefused() =>
        await City.RefusedAsync(
            "drivers", new { actor = SmallCity.Officer, code = "d-1", name = "Twin", homeCab = "cab-1" }, HttpStatusCode.Conflict, "driver-exists");

    [TestMethod]
    [DataRow("")]
    [DataRow("d_1")]
    [DataRow("a/b")]
    [DataRow("abcdefghijklmnopqrstuvwxyz-0123456")]
    public async Task AddDriver_CodeMalformed_IsRefused(string code) =>
        await City.RefusedAsync("drivers", new { actor = SmallCity.Officer, code, name = "X", homeCab = "cab-1" }, HttpStatusCode.BadRequest, "code-form");
}
