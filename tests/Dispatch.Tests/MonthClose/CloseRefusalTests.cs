using System.Net;

namespace Dispatch.Tests.MonthClose;

/// <summary>What months that are closed and revised out of turn are refused for.</summary>
[TestClass]
public sealed class CloseRefusalTests
{
    private SmallCity _city = null!;

    [TestInitialize]
    public async Task BuildAsync()
    {
        _city = await SmallCity.BuildAsync();
        await _city.CloseAsync("2017-06");
    }

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    public async Task Preview_OfAMonthInRevision_IsRefused()
    {
        await _city.PostAsync("months/2017-06/revisions", new { actor = SmallCity.Officer, reason = "Objection upheld." });

        await _city.RefusesAsync("months/2017-06/preview", new { actor = SmallCity.Officer }, HttpStatusCode.Conflict, "close-is-revision");
    }

    [TestMethod]
    public async Task Publish_RevisionThatALaterMonthHasOutrun_IsRefusedUntilItIsAskedForAgain()
    {
        await RevisedAsync();
        await _city.CloseAsync("2017-07");

        await _city.RefusesAsync("months/2017-06/publication", new { actor = SmallCity.Officer }, HttpStatusCode.Conflict, "revision-outrun");

        var again = await RevisedAsync();
        await _city.PostAsync("months/2017-06/publication", new { actor = SmallCity.Officer });
        Assert.AreEqual(2, again);
        Assert.AreEqual(2, (await _city.GetAsync("months/2017-07")).GetProperty("revision").GetInt32(), "taken along");
    }

    [TestMethod]
    public async Task Tally_OfADriverWhoCameLater_IsMissing()
    {
        await _city.PostAsync("drivers", new { actor = SmallCity.Officer, code = "d-4", name = "Driver 4", homeCab = "cab-3" });

        await SmallCity.AssertRefusalAsync(await _city.Client.GetAsync("/api/v1/drivers/d-4/months/2017-06"), HttpStatusCode.NotFound, "driver-not-rated");
    }

    [TestMethod]
    [DataRow(0, false)]
    [DataRow(1, true)]
    [DataRow(500, true)]
    [DataRow(501, false)]
    public async Task Revise_ByLengthOfReason_IsTakenFrom1To500(int length, bool taken)
    {
        var revision = new { actor = SmallCity.Officer, reason = new string('r', length) };

        if (taken)
            await _city.PostAsync("months/2017-06/revisions", revision);
        else
            await _city.RefusesAsync("months/2017-06/revisions", revision, HttpStatusCode.BadRequest, "reason-length");
    }

    /// <summary>A revision of the month, signed by two and not published; returns its number.</summary>
    private async Task<int> RevisedAsync()
    {
        var revision = await _city.PostAsync("months/2017-06/revisions", new { actor = SmallCity.Officer, reason = "Objection upheld." });
        var digest = revision.GetProperty("digest").GetString();
        foreach (var actor in new[] { SmallCity.Officer, SmallCity.Supervisor })
            await _city.PostAsync("months/2017-06/signatures", new { actor, digest });
        return revision.GetProperty("revision").GetInt32();
    }
}
