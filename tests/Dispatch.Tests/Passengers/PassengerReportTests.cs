using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dispatch.Tests.Databases;
using Dispatch.Tests.Displays;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Passengers;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using static Dispatch.Tests.Passengers.PassengerCity;

namespace Dispatch.Tests.Passengers;

[TestClass]
public class PassengerReportTests
{
    private DisplayCity _city = null!;

    [TestInitialize]
    public async Task BuildAsync() => _city = await DisplayCity.BuildAsync();

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    public async Task Report_OneDriverInThatHour_BecomesACaseThatNamesNoReporter()
    {
        await _city.SignOnAsync(driver: 1, cab: 1);
        _city.Time.Pass(TimeSpan.FromMinutes(30));

        var made = (await _city.StoredAsync(await _city.ReportAsync(1, Detour with { Contact = "call 555" }))).Case!;

        Assert.AreEqual(("d-1", "S01", CaseKind.Complaint, CaseStatus.Submitted), (made.Driver.Code, made.Code, made.Kind, made.Status));
        Assert.AreEqual(
            (new DateOnly(2018, 1, 2), 12, "Harbour", (string?)null, "passenger"),
            (made.ConductOn, made.ConductHour, made.Place, made.Reporter, made.SubmittedBy));
        Assert.DoesNotContain("555", JsonSerializer.Serialize(await _city.Client.GetStringAsync($"cases/{made.Number}")));
    }

    [TestMethod]
    [DataRow(11, nameof(ReportStatus.Received), DisplayName = "Signed on at 12:00 sharp")]
    [DataRow(12, nameof(ReportStatus.Assigned))]
    [DataRow(13, nameof(ReportStatus.Received), DisplayName = "Signed off at 13:00 sharp")]
    [DataRow(null, nameof(ReportStatus.Assigned), DisplayName = "One driver in the whole day")]
    public async Task Report_HourAtTheLimitsOfAShift_IsAssignedWithin(int? hour, string expected)
    {
        await _city.SignOnAsync(driver: 1, cab: 1);
        _city.Time.Pass(TimeSpan.FromHours(1));
        await _city.SignOffAsync(driver: 1);
        _city.Time.Pass(TimeSpan.FromHours(2));

        Assert.AreEqual(expected, (await _city.ReportAsync(1, Detour with { Hour = hour })).Status.ToString());
    }

    [TestMethod]
    public async Task Report_TwoDriversInThatHour_WaitsForAnOfficer()
    {
        await _city.SignOnAsync(driver: 1, cab: 1);
        _city.Time.Pass(TimeSpan.FromMinutes(20));
        await _city.SignOffAsync(driver: 1);
        await _city.SignOnAsync(driver: 2, cab: 1);
        _city.Time.Pass(TimeSpan.FromMinutes(20));

        Assert.AreEqual(ReportStatus.Received, (await _city.ReportAsync(1, Detour)).Status);
    }

    [TestMethod]
    public async Task Report_SomethingElse_IsAssignedByAnOfficerOnce()
    {
        await _city.SignOnAsync(driver: 1, cab: 1);
        var report = await _city.ReportAsync(1, Detour with { Code = null });
        Assert.AreEqual(ReportStatus.Received, report.Status);

        await RefusedAsync(
            $"reports/{report.Number}/assignment", new { actor = "auditor", driver = "d-1", code = "S09" }, HttpStatusCode.Forbidden, "actor-not-allowed");
        await RefusedAsync($"reports/{report.Number}/assignment", Assignment("d-1", "M01"), HttpStatusCode.UnprocessableEntity, "code-unfit");
        await RefusedAsync($"reports/{report.Number}/assignment", Assignment("d-9", "S09"), HttpStatusCode.NotFound, "driver-unknown");
        await RefusedAsync("reports/p-000099/assignment", Assignment("d-1", "S09"), HttpStatusCode.NotFound, "report-unknown");
        await DoneAsync($"reports/{report.Number}/assignment", Assignment("d-1", "S09"));
        await RefusedAsync($"reports/{report.Number}/assignment", Assignment("d-1", "S09"), HttpStatusCode.Conflict, "report-out-of-step");

        Assert.AreEqual("S09", (await _city.StoredAsync(report)).Case!.Code);
        Assert.AreEqual(1, await _city.WithDbAsync(db => db.Cases.CountAsync()));

        static object Assignment(string driver, string code) => new { actor = DisplayCity.Keeper, driver, code };
    }

    [TestMethod]
    [DecidedByDatabase("locks: one submission twice at once")]
    public async Task Report_SentTwice_IsOneReport()
    {
        var submission = Guid.NewGuid();

        var sent = await Task.WhenAll(_city.ReportAsync(1, Detour, submission: submission), _city.ReportAsync(1, Detour, submission: submission));

        Assert.AreEqual(sent[0].Receipt, sent[1].Receipt);
        Assert.AreEqual(1, await _city.WithDbAsync(db => db.PassengerReports.CountAsync()));
    }

    [TestMethod]
    public async Task Report_BeyondTheRateOfACab_IsHeldAndItsReceiptWorks()
    {
        await _city.SignOnAsync(driver: 1, cab: 1);
        var reports = new List<PassengerReport>();
        for (var n = 1; n <= 5; n++)
            reports.Add(await _city.ReportAsync(1, Detour, address: $"192.0.2.{n}"));

        CollectionAssert.AreEqual(
            new[] { ReportStatus.Assigned, ReportStatus.Assigned, ReportStatus.Assigned, ReportStatus.Assigned, ReportStatus.Quarantined },
            reports.ConvertAll(r => r.Status));
        Assert.AreEqual(QuarantineReason.ManyOfCab, reports[4].HeldFor);
        Assert.AreEqual(Progress.Received, (await _city.FollowAsync(reports[4].Receipt))!.Progress);
        Assert.AreEqual(ReportStatus.Received, (await _city.ReportAsync(2, Detour, address: "192.0.2.9")).Status, "another cab is not held for it");
        Assert.AreEqual(4, await _city.WithDbAsync(db => db.Cases.CountAsync()));
    }

    // A shift that has lasted for more than 16 hours does not settle who drove.
    [TestMethod]
    [DataRow(-1, nameof(ReportStatus.Quarantined))]
    [DataRow(0, nameof(ReportStatus.Received))]
    [DataRow(1, nameof(ReportStatus.Received))]
    public async Task Report_RateOfACabADayLater_IsOverWhenTheDayIs(int milliseconds, string expected)
    {
        await _city.SignOnAsync(driver: 1, cab: 1);
        for (var n = 1; n <= 4; n++)
            await _city.ReportAsync(1, Detour, address: $"192.0.2.{n}");

        _city.Time.Pass(TimeSpan.FromHours(24) + TimeSpan.FromMilliseconds(milliseconds));

        Assert.AreEqual(expected, (await _city.ReportAsync(1, Detour, address: "192.0.2.9")).Status.ToString());
    }

    [TestMethod]
    [DataRow(-1, nameof(QuarantineReason.ManyFromAddress))]
    [DataRow(0, null)]
    [DataRow(1, null)]
    public async Task Report_BeyondTheRateOfAnAddress_IsHeldUntilTheDayIsOver(int milliseconds, string? expected)
    {
        for (var n = 1; n <= 3; n++)
            Assert.IsNull((await _city.ReportAsync(1 + (n % 2), Detour)).HeldFor);
        Assert.AreEqual(QuarantineReason.ManyFromAddress, (await _city.ReportAsync(2, Detour)).HeldFor);
        Assert.IsNull((await _city.ReportAsync(2, Detour, address: "192.0.2.2")).HeldFor);

        // The fourth counts too: its day ends last of all, so all are let go together.
        _city.Time.Pass(TimeSpan.FromHours(24) + TimeSpan.FromMilliseconds(milliseconds));

        Assert.AreEqual(expected, (await _city.ReportAsync(1, Detour)).HeldFor?.ToString());
    }

    [TestMethod]
    public async Task Release_OfAHeldReport_MakesTheCaseOnce()
    {
        await _city.SignOnAsync(driver: 1, cab: 1);
        var held = await HeldAsync();
        var listed = await _city.Client.GetFromJsonAsync<JsonElement>("reports?status=quarantined");
        Assert.AreEqual(held.Number, listed.EnumerateArray().Single().GetProperty("number").GetString());

        await DoneAsync($"reports/{held.Number}/release", new { actor = DisplayCity.Keeper });
        await RefusedAsync($"reports/{held.Number}/release", new { actor = DisplayCity.Keeper }, HttpStatusCode.Conflict, "report-out-of-step");

        Assert.AreEqual("d-1", (await _city.StoredAsync(held)).Case!.Driver.Code);
    }

    [TestMethod]
    public async Task Reject_OfAHeldReport_MakesNoCaseAndTheReceiptSaysSo()
    {
        await _city.SignOnAsync(driver: 1, cab: 1);
        var held = await HeldAsync();

        await RefusedAsync($"reports/{held.Number}/rejection", new { actor = DisplayCity.Keeper, reason = " " }, HttpStatusCode.BadRequest, "reason-length");
        await DoneAsync($"reports/{held.Number}/rejection", new { actor = DisplayCity.Keeper, reason = "The same text twenty times." });

        Assert.AreEqual(Progress.NotPursued, (await _city.FollowAsync(held.Receipt))!.Progress);
        Assert.IsNull((await _city.StoredAsync(held)).CaseId);
    }

    [TestMethod]
    [DataRow("upheld", Progress.Upheld)]
    [DataRow("dismissed", Progress.Dismissed)]
    public async Task Receipt_CaseDecided_TellsTheVerdictAndNothingElse(string verdict, Progress expected)
    {
        await _city.SignOnAsync(driver: 1, cab: 1);
        var report = await _city.ReportAsync(1, Detour);
        Assert.AreEqual(Progress.Received, (await _city.FollowAsync(report.Receipt))!.Progress);

        var number = (await _city.StoredAsync(report)).Case!.Number;
        _ = (await _city.InContextAsync((context, _) => DemoHearing.DecideAsync(
            number, new(DisplayCity.Keeper, Enum.Parse<Verdict>(verdict, ignoreCase: true), "The driver Wang admits it."), context, default))).Value;

        var receipt = (await _city.FollowAsync(report.Receipt.ToUpperInvariant()))!;
        Assert.AreEqual((expected, new DateOnly(2018, 1, 2)), (receipt.Progress, receipt.SettledOn));
        Assert.DoesNotContain("Wang", receipt.ToString());
        Assert.DoesNotContain("d-1", receipt.ToString());
    }

    [TestMethod]
    public async Task Receipt_OfAComplexMatter_TellsTheLastDayForItsDecision()
    {
        await _city.SignOnAsync(driver: 1, cab: 1);
        var report = await _city.ReportAsync(1, Detour);
        Assert.IsFalse((await _city.FollowAsync(report.Receipt))!.IsComplex);

        await DoneAsync(
            $"cases/{(await _city.StoredAsync(report)).Case!.Number}/complex", new { actor = DisplayCity.Keeper, reason = "The driver Wang is abroad." });

        var receipt = (await _city.FollowAsync(report.Receipt))!;
        Assert.AreEqual((Progress.Received, true, new DateOnly(2018, 2, 1)), (receipt.Progress, receipt.IsComplex, receipt.DecideBy));
        Assert.DoesNotContain("Wang", receipt.ToString());
    }

    [TestMethod]
    [DecidedByDatabase("types: sealed bytes")]
    public async Task Contact_Left_IsSealedAndItsReadingIsAudited()
    {
        var report = await _city.ReportAsync(1, Detour with { Contact = "微信 passenger-77" });
        var without = await _city.ReportAsync(1, Detour);

        var stored = await _city.WithDbAsync(db => db.ReportContacts.SingleAsync());
        Assert.DoesNotContain("passenger-77", Encoding.UTF8.GetString(stored.Sealed));
        Assert.DoesNotContain("passenger-77", await _city.Client.GetStringAsync("reports"));
        var (look, keeper) = ($"reports/{report.Number}/contact", DisplayCity.Keeper);
        await RefusedAsync(look, new { actor = keeper, reason = "To ask." }, HttpStatusCode.Forbidden, "contact-not-yours");
        await TakeUpAsync(report);
        await TakeUpAsync(without);
        foreach (var reason in new[] { "", " ", new string('x', 501) })
            await RefusedAsync(look, new { actor = keeper, reason }, HttpStatusCode.BadRequest, "look-reason-length");
        Assert.IsFalse(await _city.WithDbAsync(db => db.Audit.AnyAsync(a => a.Operation == "read-contact")));
        var read = await DoneAsync(look, new { actor = keeper, reason = new string('x', 500) });
        Assert.AreEqual("微信 passenger-77", read.GetProperty("contact").GetString());
        await RefusedAsync($"reports/{without.Number}/contact", new { actor = keeper, reason = "To ask." }, HttpStatusCode.NotFound, "contact-none");
        foreach (var other in new[] { "auditor", "d-1" })
            await RefusedAsync(look, new { actor = other, reason = "To ask." }, HttpStatusCode.Forbidden, "actor-not-allowed");
        var line = await _city.WithDbAsync(db => db.Audit.SingleAsync(a => a.Operation == "read-contact"));
        Assert.AreEqual((keeper, new string('x', 500)), (line.Actor, line.Detail));

        async Task TakeUpAsync(PassengerReport one)
        {
            await DoneAsync($"reports/{one.Number}/assignment", new { actor = DisplayCity.OtherKeeper, driver = "d-1", code = "S01" });
            var number = (await _city.StoredAsync(one)).Case!.Number;
            await DoneAsync($"cases/{number}/review", new { actor = keeper });
        }
    }

    [TestMethod]
    public async Task Photo_Stored_IsShownToTheBureauAlone()
    {
        var report = await _city.ReportAsync(1, Detour, photo: [1, 2, 3]);

        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, await _city.Client.GetByteArrayAsync($"reports/{report.Number}/photo?actor={DisplayCity.Keeper}"));
        using var driver = await _city.Client.GetAsync($"reports/{report.Number}/photo?actor=d-1");
        await SmallCity.AssertRefusalAsync(driver, HttpStatusCode.Forbidden, "actor-not-allowed");
        using var stranger = new HttpClient { BaseAddress = _city.Client.BaseAddress };
        using var refused = await stranger.GetAsync($"reports/{report.Number}/photo?actor={DisplayCity.Keeper}");
        Assert.AreEqual(HttpStatusCode.Unauthorized, refused.StatusCode);
        var file = Path.GetFileName(Directory.GetFiles(Path.Combine(_city.Folder, "photos")).Single());
        foreach (var address in new[] { $"/photos/{file}", $"/{file}", $"/receipt/{report.Receipt}/photo" })
        {
            using var guessed = await stranger.GetAsync(address);
            Assert.AreEqual(HttpStatusCode.NotFound, guessed.StatusCode, address);
        }
    }

    /// <summary>The first report on cab 1 that is held back.</summary>
    private async Task<PassengerReport> HeldAsync()
    {
        PassengerReport report;
        do
            report = await _city.ReportAsync(1, Detour);
        while (report.Status != ReportStatus.Quarantined);
        return report;
    }

    private async Task<JsonElement> DoneAsync(string path, object body)
    {
        using var answer = await _city.Client.PostAsJsonAsync(path, body);
        Assert.IsTrue(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task RefusedAsync(string path, object body, HttpStatusCode status, string rule)
    {
        using var answer = await _city.Client.PostAsJsonAsync(path, body);
        await SmallCity.AssertRefusalAsync(answer, status, rule);
    }
}
