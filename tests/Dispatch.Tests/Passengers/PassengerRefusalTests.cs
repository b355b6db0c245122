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
        Assert.IsFalse(Directory.Exists(Path.Combine(_city.Folder, "photos")), "the photo is stored");
    });

    [TestMethod]
    public async Task Report_UnderTheKeyOfOtherContent_IsRefusedWithTheReceiptOfTheFirst()
    {
        var key = Guid.NewGuid();
        var (first, code) = (await _city.ReportAsync(1, PassengerCity.Detour, submission: key), await _city.CodeOfAsync(1));

        await _city.UnchangedAsync(async () =>
        {
            var sent = await _city.InContextAsync((context, all) => SubmitReport.HandleAsync(
                new(code, key, PassengerCity.Detour with { Account = "It was worse." }, null, "192.0.2.1"), context,
                all.GetRequiredService<ReportDesk>(), CancellationToken.None));

            Assert.AreEqual((StatusCodes.Status409Conflict, "report-sent-otherwise"), (sent.Refusal?.Status, sent.Refusal?.Code));
            Assert.AreEqual(first.Receipt, sent.Refusal?.Facts?[SubmitReport.SentAs]);
        });
    }

    [TestMethod]
    public async Task Stickers_OfATeamWithoutCabs_AreRefused()
    {
        using var added = await _city.Client.PostAsJsonAsync("teams", new { actor = DisplayCity.Keeper, code = "t-empty", name = "Empty" });
        Assert.IsTrue(added.IsSuccessStatusCode);

        await _city.UnchangedAsync(async () => await SmallCity.AssertRefusalAsync(
            await _city.Client.GetAsync($"cabs/stickers?actor={DisplayCity.Keeper}&team=t-empty"), HttpStatusCode.Conflict, "no-cabs"));
    }

    [TestMethod]
    [DataRow(0, false)]
    [DataRow(1, true)]
    [DataRow(2_000, true)]
    [DataRow(2_001, false)]
    public async Task RejectReport_ByLengthOfReason_IsTakenFrom1To2000(int length, bool taken)
    {
        var report = await _city.ReportAsync(1, PassengerCity.Detour);
        var rejection = new { actor = DisplayCity.Keeper, reason = new string('r', length) };

        if (taken)
            Assert.AreEqual(HttpStatusCode.OK, (await PostAsync()).StatusCode);
        else
            await _city.UnchangedAsync(async () => await SmallCity.AssertRefusalAsync(await PostAsync(), HttpStatusCode.BadRequest, "reason-length"));

        Task<HttpResponseMessage> PostAsync() => _city.Client.PostAsJsonAsync($"reports/{report.Number}/rejection", rejection);
    }

    /// <summary>There is no such check: a finding of the right length is refused for that.</summary>
    [TestMethod]
    [DataRow(0, HttpStatusCode.BadRequest, "finding-length")]
    [DataRow(1, HttpStatusCode.NotFound, "check-unknown")]
    [DataRow(2_000, HttpStatusCode.NotFound, "check-unknown")]
    [DataRow(2_001, HttpStatusCode.BadRequest, "finding-length")]
    public Task CloseCheck_ByLengthOfFinding_IsReadFrom1To2000(int length, HttpStatusCode status, string rule) => _city.UnchangedAsync(async () =>
        await SmallCity.AssertRefusalAsync(
            await _city.Client.PostAsJsonAsync("checks/999/closing", new { actor = DisplayCity.Keeper, finding = new string('f', length) }), status, rule));
}
