using System.Net;
using System.Net.Http.Json;
using Dispatch.Tests.Displays;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Passengers.Reports;

namespace Dispatch.Tests.Passengers;

[TestClass]
public sealed class PassengerRefusalTests
{
    private static DisplayCity _city = null!;

    [ClassInitialize]
    public static async Task BuildAsync(TestContext _) => _city = await DisplayCity.BuildAsync(cabs: 1);

    [ClassCleanup]
    public static async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    [DataRow("000000000000")]
    [DataRow("")]
    public Task Report_OnACabThatNoStickerNames_IsRefusedAndKeepsNoPhoto(string code) => _city.UnchangedAsync(async () =>
    {
        var sent = await _city.InContextAsync((context, all) => SubmitReport.HandleAsync(
            new(code, Guid.NewGuid(), PassengerCity.Detour, [1, 2, 3], "192.0.2.1"), context, all.GetRequiredService<ReportDesk>(), CancellationToken.None));

        Assert.AreEqual((StatusCodes.Status404NotFound, "cab-code-unknown"), (sent.Refusal?.Status, sent.Refusal?.Code));
        Assert.IsFalse(Directory.Exists(Path.Combine(_city.Folder, "photos")));
    });

    [TestMethod]
    public async Task Stickers_OfATeamWithoutCabs_AreRefused()
    {
        using var added = await _city.Client.PostAsJsonAsync("teams", new { actor = DisplayCity.Keeper, code = "t-empty", name = "Empty" });
        Assert.IsTrue(added.IsSuccessStatusCode);

        await _city.UnchangedAsync(async () => await SmallCity.AssertRefusalAsync(
            await _city.Client.GetAsync($"cabs/stickers?actor={DisplayCity.Keeper}&team=t-empty"), HttpStatusCode.Conflict, "no-cabs"));
    }
}
