using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dispatch.Tests.Displays;
using TaxiCredit.Dispatch.Features.Passengers.Checks;

namespace Dispatch.Tests.Passengers;

[TestClass]
public class StarCheckTests
{
    [TestMethod]
    [DataRow("11111", 4, true)]
    [DataRow("11111", 3, false)]
    [DataRow("11111", null, false)]
    [DataRow("10000", 0, true)]
    [DataRow("10000", null, false, DisplayName = "0 stars are not dark")]
    [DataRow("00000", null, true)]
    [DataRow("00000", 0, false)]
    [DataRow("10100", 2, false, DisplayName = "Lights that make no rating agree with nothing")]
    public async Task Answer_BesideTheLightThatWasMeasured_AgreesOrOpensACheck(string lit, int? seen, bool agrees)
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        await cab.SendStateAsync(display: "showing", lit: lit);
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Lit == lit && twin.ReceivedAt is not null);

        var check = await city.SeeAsync(1, seen);

        Assert.AreEqual(agrees, check is null);
    }

    [TestMethod]
    [DataRow(null, true)]
    [DataRow(4, false)]
    public async Task Answer_UnitThatNeverReported_OughtToBeDark(int? seen, bool agrees)
    {
        await using var city = await DisplayCity.BuildAsync();

        Assert.AreEqual(agrees, await city.SeeAsync(1, seen) is null);
    }

    [TestMethod]
    public async Task Check_SeenAgain_CountsUntilItIsClosed()
    {
        await using var city = await DisplayCity.BuildAsync();
        await city.SeeAsync(1, 4);
        await city.SeeAsync(1, 4);
        await city.SeeAsync(1, 3);

        var open = (await city.Client.GetFromJsonAsync<JsonElement>("checks")).EnumerateArray().ToList();
        Assert.HasCount(2, open);
        Assert.AreEqual((2, 4, "nothing", "c-1"), (
            open[0].GetProperty("times").GetInt32(), open[0].GetProperty("seen").GetInt32(), open[0].GetProperty("confirmed").GetString(),
            open[0].GetProperty("cab").GetString()));

        var path = $"checks/{open[0].GetProperty("id").GetInt64()}/closing";
        await RefusedAsync(city, path, new { actor = DisplayCity.Keeper, finding = "" }, HttpStatusCode.BadRequest, "finding-length");
        await RefusedAsync(city, path, new { actor = "auditor", finding = "x" }, HttpStatusCode.Forbidden, "actor-not-allowed");
        using var closed = await city.Client.PostAsJsonAsync(path, new { actor = DisplayCity.Keeper, finding = "A toy in the window." });
        Assert.AreEqual(HttpStatusCode.OK, closed.StatusCode);
        await RefusedAsync(city, path, new { actor = DisplayCity.Keeper, finding = "x" }, HttpStatusCode.Conflict, "check-closed");
        await RefusedAsync(city, "checks/99/closing", new { actor = DisplayCity.Keeper, finding = "x" }, HttpStatusCode.NotFound, "check-unknown");

        await city.SeeAsync(1, 4);
        Assert.AreEqual(2, (await city.Client.GetFromJsonAsync<JsonElement>("checks")).GetArrayLength());
        Assert.AreEqual(3, (await city.Client.GetFromJsonAsync<JsonElement>("checks?all=true")).GetArrayLength());
    }

    [TestMethod]
    public async Task Queue_OpenOrAll_HasOpenOnesOldestFirstOrEverythingNewestFirst()
    {
        await using var city = await DisplayCity.BuildAsync();
        var checks = new[] { (await city.SeeAsync(1, 4))!.Id, (await city.SeeAsync(1, 3))!.Id, (await city.SeeAsync(2, 2))!.Id };
        using var closed = await city.Client.PostAsJsonAsync(
            $"checks/{checks[1]}/closing", new { actor = DisplayCity.Keeper, finding = "A toy in the window." });

        var open = await city.WithDbAsync(db => CheckQueue.PageAsync(all: false, 1, db, CancellationToken.None));
        var all = await city.WithDbAsync(db => CheckQueue.PageAsync(all: true, 1, db, CancellationToken.None));

        CollectionAssert.AreEqual(new[] { checks[0], checks[2] }, open.Checks.Select(c => c.Id).ToList());
        CollectionAssert.AreEqual(new[] { checks[2], checks[1], checks[0] }, all.Checks.Select(c => c.Id).ToList());
        Assert.AreEqual((2, 3, 2), (open.Total, all.Total, await city.WithDbAsync(db => CheckQueue.CountOpenAsync(db, CancellationToken.None))));
    }

    private static async Task RefusedAsync(DisplayCity city, string path, object body, HttpStatusCode status, string rule)
    {
        using var answer = await city.Client.PostAsJsonAsync(path, body);
        await SmallCity.AssertRefusalAsync(answer, status, rule);
    }
}
