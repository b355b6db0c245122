using System.Net;
using Dispatch.Tests.Accounts;
using Dispatch.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace Dispatch.Tests.Bureau;

/// <summary>What people and callers of the API are shown where a preview is outdated, or a star cannot be explained.</summary>
[TestClass]
public class OutdatedPreviewPageTests : CityTests
{
    [TestMethod]
    public async Task Sign_DecidedSinceThePreview_ShowsTheDriverFromWhatToWhat()
    {
        var digest = await PreviewAndDecideAsync();
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync("/bureau/months/2017-07");

        await officer.SubmitAsync("sign");

        Assert.AreEqual(HttpStatusCode.Conflict, officer.Status);
        var shown = officer.Text[officer.Text.IndexOf("The preview is outdated", StringComparison.Ordinal)..];
        shown = shown[..shown.IndexOf("Steps", StringComparison.Ordinal)];
        StringAssert.Contains(shown, "d-1");
        StringAssert.Contains(shown, "1,000.00 points, 4 stars; 212 days on shift; month before: unrated");
        StringAssert.Contains(shown, "950.00 points, 3 stars; 212 days on shift; month before: unrated");
        Assert.IsFalse(shown.Contains("d-2", StringComparison.Ordinal), shown);

        var answer = await City.Client.PostAsync(
            "/api/v1/months/2017-07/signatures", System.Net.Http.Json.JsonContent.Create(new { actor = SmallCity.Officer, digest }));
        var problem = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(await answer.Content.ReadAsStringAsync());
        Assert.AreEqual("urn:taxicredit:refusal:preview-outdated", problem.GetProperty("type").GetString());
        Assert.AreEqual(1, problem.GetProperty("changed").GetInt32());
        var change = problem.GetProperty("changes")[0];
        Assert.AreEqual("d-1", change.GetProperty("driver").GetString());
        Assert.AreEqual(4, change.GetProperty("then").GetProperty("stars").GetInt32());
        Assert.AreEqual(950m, change.GetProperty("now").GetProperty("points").GetDecimal());
    }

    [TestMethod]
    public async Task Tally_RatingThatTheLedgerDoesNotGive_SaysSoInsteadOfExplaining()
    {
        await City.CloseAsync("2017-07");
        await City.WithDbAsync(async db =>
        {
            await db.DropTriggersAsync();
            return await db.Database.ExecuteSqlRawAsync("UPDATE \"Ratings\" SET \"Points\" = \"Points\" - 100");
        });
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;

        await officer.GoAsync("/drivers/d-1/2017-07");

        Assert.AreEqual(HttpStatusCode.Conflict, officer.Status);
        StringAssert.Contains(officer.Read("unexplained"), "This rating cannot be reproduced from the ledger today");
    }

    /// <summary>A decision of July that is made after July was previewed, with the clock stepped back.</summary>
    private async Task<string> PreviewAndDecideAsync()
    {
        var preview = await City.PostAsync("months/2017-07/preview", new { actor = SmallCity.Officer });
        await City.SetTodayAsync(new DateOnly(2017, 7, 31));
        await City.UpholdAsync("d-1", "S01", "2017-07-20");
        await City.SetTodayAsync(new DateOnly(2017, 8, 15));
        return preview.GetProperty("digest").GetString()!;
    }
}
