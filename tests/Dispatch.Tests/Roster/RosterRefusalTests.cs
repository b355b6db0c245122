using System.Net;
using System.Net.Http.Json;

namespace Dispatch.Tests.Roster;

/// <summary>What an addition to the roster, a shift or a leader is refused for.</summary>
[TestClass]
public sealed class RosterRefusalTests
{
    private static SmallCity _city = null!;

    [ClassInitialize]
    public static async Task BuildAsync(TestContext _)
    {
        _city = await SmallCity.BuildAsync();
        await _city.PostAsync("drivers", new { actor = SmallCity.Officer, code = "d-off", name = "Off duty", homeCab = "cab-1" });
    }

    [ClassCleanup]
    public static async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    public Task AddTeam_CodeTaken_IsRefused() =>
        _city.RefusesAsync("teams", new { actor = SmallCity.Officer, code = "t-1", name = "Another" }, HttpStatusCode.Conflict, "team-exists");

    [TestMethod]
    [DataRow("cab-1", "鲁K·T0009", DisplayName = "the code")]
    [DataRow("cab-9", "鲁K·T0001", DisplayName = "the plate")]
    public Task AddCab_CodeOrPlateTaken_IsRefused(string code, string plate) =>
        _city.RefusesAsync("cabs", new { actor = SmallCity.Officer, code, plate, team = "t-2" }, HttpStatusCode.Conflict, "cab-exists");

    [TestMethod]
    [DataRow(0, false)]
    [DataRow(1, true)]
    [DataRow(64, true)]
    [DataRow(65, false)]
    public async Task AddToRoster_ByLengthOfName_IsTakenFrom1To64(int length, bool taken)
    {
        var name = new string('n', length);
        (string Path, object Body)[] additions =
        [
            ("teams", new { actor = SmallCity.Officer, code = $"t-of-{length}", name }),
            ("cabs", new { actor = SmallCity.Officer, code = $"cab-of-{length}", plate = name, team = "t-2" }),
            ("drivers", new { actor = SmallCity.Officer, code = $"d-of-{length}", name, homeCab = "cab-3" }),
        ];

        foreach (var (path, body) in additions)
            await (taken ? _city.PostAsync(path, body) : _city.RefusesAsync(path, body, HttpStatusCode.BadRequest, "name-length"));
    }

    [TestMethod]
    public Task AddDriver_BlankName_IsRefused() => _city.RefusesAsync(
        "drivers", new { actor = SmallCity.Officer, code = "d-blank", name = "  ", homeCab = "cab-3" }, HttpStatusCode.BadRequest, "name-length");

    [TestMethod]
    public async Task SignOffOrMove_DriverSignedOnToNothing_IsRefused()
    {
        var (off, move) = (new { actor = SmallCity.Officer, driver = "d-off" }, new { actor = SmallCity.Officer, driver = "d-off", cab = "cab-1" });

        await _city.RefusesAsync("shifts/off", off, HttpStatusCode.Conflict, "driver-not-signed-on");
        await _city.RefusesAsync("shifts/move", move, HttpStatusCode.Conflict, "driver-not-signed-on");
    }

    [TestMethod]
    public Task AppointLeader_WhoLeadsAlready_IsRefused() => _city.UnchangedAsync(async () => await SmallCity.AssertRefusalAsync(
        await _city.Client.PutAsJsonAsync("/api/v1/teams/t-1/leader", new { actor = SmallCity.Officer, driver = "d-1" }),
        HttpStatusCode.Conflict, "leads-already"));
}
