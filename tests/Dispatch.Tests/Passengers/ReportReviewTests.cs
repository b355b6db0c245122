using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dispatch.Tests.Databases;
using Dispatch.Tests.Displays;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using static Dispatch.Tests.Passengers.PassengerCity;

namespace Dispatch.Tests.Passengers;

/// <summary>What waits for the bureau, and what may be done with it as it stands.</summary>
[TestClass]
public class ReportReviewTests
{
    private static readonly Dictionary<string, object> Steps = new()
    {
        ["release"] = new { actor = DisplayCity.Keeper },
        ["assignment"] = new { actor = DisplayCity.Keeper, driver = "d-1", code = "S01" },
        ["rejection"] = new { actor = DisplayCity.Keeper, reason = "The same text twenty times." },
    };

    private DisplayCity _city = null!;

    [TestInitialize]
    public async Task BuildAsync() => _city = await DisplayCity.BuildAsync();

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    [DecidedByDatabase("order: either way by key")]
    public async Task Queue_OfEachStatus_HasWhatWaitsOldestFirstAndWhatIsDoneNewestFirst()
    {
        var reports = new List<PassengerReport>();
        for (var n = 1; n <= 7; n++)
            reports.Add(await _city.ReportAsync(1, Detour, address: $"192.0.2.{n}"));
        foreach (var (report, step) in new[] { (0, "assignment"), (1, "assignment"), (2, "rejection"), (5, "rejection") })
            await DoneAsync(reports[report], step);

        await AssertListedAsync(null, 3, 4, 6);
        await AssertListedAsync(ReportStatus.Quarantined, 4, 6);
        await AssertListedAsync(ReportStatus.Received, 3);
        await AssertListedAsync(ReportStatus.Assigned, 1, 0);
        await AssertListedAsync(ReportStatus.Rejected, 5, 2);

        async Task AssertListedAsync(ReportStatus? status, params int[] expected)
        {
            var page = await _city.WithDbAsync(db => ReportQueue.PageAsync(status, 1, db, CancellationToken.None));
            CollectionAssert.AreEqual(expected.Select(n => reports[n].Number).ToList(), page.Reports.Select(r => r.Number).ToList(), $"{status}");
            Assert.AreEqual(
                (expected.Length, expected.Length),
                (page.Total, await _city.WithDbAsync(db => ReportQueue.CountAsync(status, db, CancellationToken.None))));
        }
    }

    [TestMethod]
    [DataRow(24, 0)]
    [DataRow(25, 0)]
    [DataRow(26, 1)]
    public async Task Queue_SecondPage_HasWhatTheFirstHasNoRoomFor(int reports, int second)
    {
        for (var n = 1; n <= reports; n++)
            await _city.ReportAsync(1, Detour);

        var page = await _city.WithDbAsync(db => ReportQueue.PageAsync(null, 2, db, CancellationToken.None));

        Assert.AreEqual((second, reports), (page.Reports.Count, page.Total));
    }

    [TestMethod]
    [DataRow(nameof(ReportStatus.Quarantined), "release", nameof(ReportStatus.Received))]
    [DataRow(nameof(ReportStatus.Quarantined), "assignment", null)]
    [DataRow(nameof(ReportStatus.Quarantined), "rejection", nameof(ReportStatus.Rejected))]
    [DataRow(nameof(ReportStatus.Received), "release", null)]
    [DataRow(nameof(ReportStatus.Received), "assignment", nameof(ReportStatus.Assigned))]
    [DataRow(nameof(ReportStatus.Received), "rejection", nameof(ReportStatus.Rejected))]
    [DataRow(nameof(ReportStatus.Assigned), "release", null)]
    [DataRow(nameof(ReportStatus.Assigned), "assignment", null)]
    [DataRow(nameof(ReportStatus.Assigned), "rejection", null)]
    [DataRow(nameof(ReportStatus.Rejected), "release", null)]
    [DataRow(nameof(ReportStatus.Rejected), "assignment", null)]
    [DataRow(nameof(ReportStatus.Rejected), "rejection", null)]
    public async Task Step_FromEachState_IsTakenOrLeavesEverythingAsItWas(string from, string step, string? to)
    {
        var report = await ReportInAsync(Enum.Parse<ReportStatus>(from));
        var before = await _city.StoredAsync(report);

        if (to is null)
            await RefusedAsync(report, step, Steps[step], "report-out-of-step");
        else
            await DoneAsync(report, step);

        var after = await _city.StoredAsync(report);
        Assert.AreEqual(to ?? from, after.Status.ToString());
        if (to is null)
            Assert.AreEqual((before.Version, before.CaseId, before.Remark), (after.Version, after.CaseId, after.Remark));
        else
            Assert.AreNotEqual(before.Version, after.Version);
    }

    [TestMethod]
    [DataRow("release")]
    [DataRow("assignment")]
    [DataRow("rejection")]
    [DecidedByDatabase("transactions: a concurrency token")]
    public async Task Step_OnAVersionThatHasChanged_IsRefused(string step)
    {
        var report = await ReportInAsync(ReportStatus.Quarantined);
        var seen = (await _city.StoredAsync(report)).Version;
        await DoneAsync(report, "release");
        object[] bodies =
        [
            new { actor = DisplayCity.Keeper, version = seen }, new { actor = DisplayCity.Keeper, driver = "d-1", code = "S01", version = seen },
            new { actor = DisplayCity.Keeper, reason = "Of no use.", version = seen },
        ];

        await RefusedAsync(report, step, bodies[Steps.Keys.ToList().IndexOf(step)], "changed-meanwhile");

        var stored = await _city.StoredAsync(report);
        Assert.AreEqual((ReportStatus.Received, (string?)null), (stored.Status, stored.Remark));
    }

    [TestMethod]
    public async Task Step_OnTheVersionThatTheListTells_IsTaken()
    {
        var report = await ReportInAsync(ReportStatus.Received);
        var version = (await _city.Client.GetFromJsonAsync<JsonElement>("reports?status=received"))[0].GetProperty("version").GetGuid();

        using var answer = await _city.Client.PostAsJsonAsync(
            $"reports/{report.Number}/rejection", new { actor = DisplayCity.Keeper, reason = "No such ride.", version });

        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Signed on from 12:00 to 13:00 in the city: suggested for that hour, and for neither neighbour.</summary>
    [TestMethod]
    [DataRow(11, "")]
    [DataRow(12, "d-1")]
    [DataRow(13, "d-2")]
    [DataRow(null, "d-1 d-2")]
    public async Task SignedOn_AtTheLimitsOfTheHour_AreThoseWhoWere(int? hour, string expected)
    {
        await _city.SignOnAsync(driver: 1, cab: 1);
        _city.Time.Advance(TimeSpan.FromHours(1));
        await _city.SignOffAsync(driver: 1);
        await _city.SignOnAsync(driver: 2, cab: 1);
        _city.Time.Advance(TimeSpan.FromHours(1));
        await _city.SignOffAsync(driver: 2);
        var report = await _city.ReportAsync(1, Detour with { Hour = hour, Code = null });

        var shifts = await _city.InContextAsync((context, _) => WhoDrove.ShiftsAsync(report, context, CancellationToken.None));

        Assert.AreEqual(expected, string.Join(' ', shifts.Select(s => s.Driver.Code)));
    }

    /// <summary>With nobody signed on, so that nothing becomes a case by itself.</summary>
    private async Task<PassengerReport> ReportInAsync(ReportStatus status)
    {
        var report = await _city.ReportAsync(1, Detour);
        while (status == ReportStatus.Quarantined && report.Status != ReportStatus.Quarantined)
            report = await _city.ReportAsync(1, Detour);
        if (status is ReportStatus.Assigned or ReportStatus.Rejected)
            await DoneAsync(report, status == ReportStatus.Assigned ? "assignment" : "rejection");
        return report;
    }

    private async Task DoneAsync(PassengerReport report, string step)
    {
        using var answer = await _city.Client.PostAsJsonAsync($"reports/{report.Number}/{step}", Steps[step]);
        Assert.IsTrue(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task RefusedAsync(PassengerReport report, string step, object body, string rule)
    {
        using var answer = await _city.Client.PostAsJsonAsync($"reports/{report.Number}/{step}", body);
        await SmallCity.AssertRefusalAsync(answer, HttpStatusCode.Conflict, rule);
    }
}
