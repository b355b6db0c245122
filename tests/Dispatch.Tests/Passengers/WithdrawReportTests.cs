using System.Net;
using System.Net.Http.Json;
using Dispatch.Tests.Databases;
using Dispatch.Tests.Displays;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Operations;
using static Dispatch.Tests.Passengers.PassengerCity;

namespace Dispatch.Tests.Passengers;

/// <summary>Whoever has the receipt takes a report back, and reads on it what that does.</summary>
[TestClass]
public class WithdrawReportTests
{
    private DisplayCity _city = null!;

    [TestInitialize]
    public async Task BuildAsync() => _city = await DisplayCity.BuildAsync();

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    [DataRow(false)]
    [DataRow(true, DisplayName = "Held back")]
    public async Task Report_ThatIsNoCase_EndsAndTheReceiptSaysSo(bool isHeld)
    {
        var report = await _city.ReportAsync(1, Detour);
        while (isHeld && report.Status != ReportStatus.Quarantined)
            report = await _city.ReportAsync(1, Detour);
        Assert.AreEqual(Withdrawing.Unnoticed, (await _city.FollowAsync(report.Receipt))!.Withdrawing);

        Assert.IsNull((await WithdrawAsync(report.Receipt.ToUpperInvariant())).Refusal);

        var receipt = (await _city.FollowAsync(report.Receipt))!;
        Assert.AreEqual((Progress.Withdrawn, new DateOnly(2018, 1, 2), Withdrawing.NoMore), (receipt.Progress, receipt.SettledOn, receipt.Withdrawing));
        Assert.AreEqual(ReportStatus.Withdrawn, (await _city.StoredAsync(report)).Status);
        using var assigned = await _city.Client.PostAsJsonAsync(
            $"reports/{report.Number}/assignment", new { actor = DisplayCity.Keeper, driver = "d-1", code = "S01" });
        await SmallCity.AssertRefusalAsync(assigned, HttpStatusCode.Conflict, "report-out-of-step");
    }

    /// <summary>That a driver who was told of the matter is told of its end: <c>DriverNoticesTests</c>.</summary>
    [TestMethod]
    [DataRow(nameof(CaseStatus.Submitted), false)]
    [DataRow(nameof(CaseStatus.AwaitingAnswer), true)]
    [DataRow(nameof(CaseStatus.UnderReview), true)]
    [DecidedByDatabase("transactions: report, case and two lines of the audit log at once")]
    public async Task Case_ThatIsOpen_EndsWithoutADecision(string status, bool isToldToTheDriver)
    {
        var (report, number) = await CaseAsync(Enum.Parse<CaseStatus>(status));
        var before = (await _city.FollowAsync(report.Receipt))!;
        Assert.AreEqual(isToldToTheDriver ? Withdrawing.TellsDriver : Withdrawing.Unnoticed, before.Withdrawing);
        Assert.AreEqual(isToldToTheDriver ? new DateOnly(2018, 1, 2) : null, before.DriverAskedOn);

        Assert.IsNull((await WithdrawAsync(report.Receipt)).Refusal);

        var ended = (await _city.StoredAsync(report)).Case!;
        Assert.AreEqual((CaseStatus.Withdrawn, "passenger", new DateOnly(2018, 1, 2)), (ended.Status, ended.DecidedBy, ended.DecidedOn!.Value));
        var receipt = (await _city.FollowAsync(report.Receipt))!;
        Assert.AreEqual((Progress.Withdrawn, Withdrawing.NoMore), (receipt.Progress, receipt.Withdrawing));
        CollectionAssert.AreEquivalent(
            new[] { $"passenger withdraw-report {report.Number} Assigned {number}", $"passenger withdraw-case {number} {report.Number}" },
            await LinesAsync());
    }

    [TestMethod]
    public async Task Report_WithdrawnTwice_IsWithdrawnOnce()
    {
        var (report, _) = await CaseAsync(CaseStatus.Submitted);

        Assert.IsNull((await WithdrawAsync(report.Receipt)).Refusal);
        Assert.IsNull((await WithdrawAsync(report.Receipt)).Refusal);

        Assert.HasCount(2, await LinesAsync());
    }

    [TestMethod]
    [DataRow("decided")]
    [DataRow("pending")]
    [DataRow("merged")]
    [DataRow("rejected")]
    public async Task Report_ThatIsSettled_IsNotWithdrawn(string how)
    {
        var report = await SettledAsync(how);

        await _city.UnchangedAsync(async () => await RefusedAsync(report.Receipt, HttpStatusCode.Conflict, "withdrawal-too-late"));

        Assert.AreEqual(Withdrawing.NoMore, (await _city.FollowAsync(report.Receipt))!.Withdrawing);
    }

    /// <summary>Two have reported the same ride: one of them alone cannot end it, nor can the bureau for one of them.</summary>
    [TestMethod]
    public async Task Case_IntoWhichAnotherWasMerged_GoesOn()
    {
        var (report, number) = await CaseAsync(CaseStatus.Submitted);
        var (_, other) = await CaseAsync(CaseStatus.Submitted);
        await PostAsync($"cases/{other}/merging", new { actor = DisplayCity.Keeper, into = number, reason = "The same ride." });

        await _city.UnchangedAsync(async () => await RefusedAsync(report.Receipt, HttpStatusCode.Conflict, "withdrawal-shared"));
        using var byOfficer = await _city.Client.PostAsJsonAsync($"cases/{number}/withdrawal", new { actor = DisplayCity.Keeper, reason = "She rang." });

        await SmallCity.AssertRefusalAsync(byOfficer, HttpStatusCode.Conflict, "withdrawal-shared");
        Assert.AreEqual(Withdrawing.Shared, (await _city.FollowAsync(report.Receipt))!.Withdrawing);
    }

    /// <summary>That it is decided comes first: what is shared is no reason any more.</summary>
    [TestMethod]
    public async Task Case_IntoWhichAnotherWasMerged_OnceDecidedIsRefusedAsDecided()
    {
        var (_, number) = await CaseAsync(CaseStatus.UnderReview);
        var (_, other) = await CaseAsync(CaseStatus.Submitted);
        await PostAsync($"cases/{other}/merging", new { actor = DisplayCity.Keeper, into = number, reason = "The same ride." });
        _ = (await _city.InContextAsync((context, _) => DemoHearing.DecideAsync(
            number, new(DisplayCity.Keeper, Verdict.Dismissed, "The road was closed."), context, CancellationToken.None))).Value;

        using var byOfficer = await _city.Client.PostAsJsonAsync($"cases/{number}/withdrawal", new { actor = DisplayCity.Keeper, reason = "She rang." });

        await SmallCity.AssertRefusalAsync(byOfficer, HttpStatusCode.Conflict, "case-already-decided");
    }

    [TestMethod]
    [DataRow("000000000000")]
    [DataRow("")]
    [DataRow(null)]
    public Task Receipt_ThatThereIsNot_IsRefused(string? receipt) =>
        _city.UnchangedAsync(async () => await RefusedAsync(receipt, HttpStatusCode.NotFound, "receipt-unknown"));

    [TestMethod]
    public async Task Receipt_Followed_TellsWhatWasSentWithoutTheContact()
    {
        await _city.SignOnAsync(driver: 1, cab: 1);
        var report = await _city.ReportAsync(1, Detour with { Contact = "passenger-77" }, photo: [1, 2, 3]);

        var receipt = (await _city.FollowAsync(report.Receipt))!;

        Assert.AreEqual(Detour, receipt.Sent);
        Assert.AreEqual(
            (true, true, new DateOnly(2018, 1, 2), new DateOnly(2018, 1, 2)),
            (receipt.HasPhoto, receipt.HasContact, receipt.SubmittedOn, receipt.TakenUpOn!.Value));
        Assert.DoesNotContain("passenger-77", receipt.ToString());
        Assert.DoesNotContain("d-1", receipt.ToString());
    }

    /// <summary>The page: what was sent, the expected day, the press that withdraws, and the page that was loaded before it was decided.</summary>
    [TestMethod]
    public async Task Page_WithdrawPressed_EndsItAndALaterPressIsToldWhyNot()
    {
        var (report, number) = await CaseAsync(CaseStatus.AwaitingAnswer);
        await using var browser = PassengerBrowser.Open(_city);
        var path = $"/receipt/{report.Receipt}";
        await browser.GetAsync(path);
        StringAssert.Contains(browser.Text, "A detour by the harbour.");
        StringAssert.Contains(browser.Text, "Detour without consent");
        StringAssert.Contains(browser.Text, "The driver was asked for an answer on 2 Jan 2018");
        StringAssert.Contains(browser.Text, "Decision expected by ");
        StringAssert.Contains(browser.Text, "will be told that the report was withdrawn, not by whom");
        var loaded = browser.Html;
        var other = await SettledAsync("decided");
        await using var late = PassengerBrowser.Open(_city);
        await late.GetAsync($"/receipt/{other.Receipt}");

        await late.SendAsync($"/receipt/{other.Receipt}", "Go", "on");
        Assert.AreEqual(HttpStatusCode.Conflict, late.Answer.StatusCode);
        StringAssert.Contains(late.Text, "This can no longer be withdrawn");
        browser.Show(loaded);
        await browser.SendAsync(path, "Go", "on");
        await browser.FollowAsync();

        StringAssert.Contains(browser.Text, "Withdrawn on 2 Jan 2018. No decision will be made.");
        Assert.AreEqual(CaseStatus.Withdrawn, await _city.WithDbAsync(db => db.Cases.Where(c => c.Number == number).Select(c => c.Status).SingleAsync()));
    }

    [TestMethod]
    [DataRow(0, "Decision expected by ")]
    [DataRow(1, "is late")]
    public async Task Page_OnTheLastDayAndAfterIt_SaysWhenTheDecisionIsDue(int daysAfter, string expected)
    {
        var (report, _) = await CaseAsync(CaseStatus.Submitted);
        var due = (await _city.FollowAsync(report.Receipt))!.DecideBy;
        _city.Time.Pass(TimeSpan.FromDays(due.DayNumber - new DateOnly(2018, 1, 2).DayNumber + daysAfter));
        await using var browser = PassengerBrowser.Open(_city);

        await browser.GetAsync($"/receipt/{report.Receipt}");

        StringAssert.Contains(browser.Text, expected);
    }

    private async Task<(PassengerReport Report, string Number)> CaseAsync(CaseStatus status)
    {
        if (!await _city.WithDbAsync(db => db.Set<TaxiCredit.Dispatch.Features.Roster.Shift>().AnyAsync()))
            await _city.SignOnAsync(driver: 1, cab: 1);
        var report = await _city.ReportAsync(1, Detour);
        var number = (await _city.StoredAsync(report)).Case!.Number;
        Func<string, string, OperationContext, CancellationToken, Task<Refusal?>>? hear = status switch
        {
            CaseStatus.AwaitingAnswer => DemoHearing.BeginAsync,
            CaseStatus.UnderReview => DemoHearing.HearAsync,
            _ => null,
        };
        if (hear is not null)
            Assert.IsNull(await _city.InContextAsync((context, _) => hear(number, DisplayCity.Keeper, context, CancellationToken.None)));
        Assert.AreEqual(status, (await _city.StoredAsync(report)).Case!.Status);
        return (report, number);
    }

    private async Task<PassengerReport> SettledAsync(string how)
    {
        if (how == "rejected")
        {
            var rejected = await _city.ReportAsync(1, Detour);
            await PostAsync($"reports/{rejected.Number}/rejection", new { actor = DisplayCity.Keeper, reason = "No such ride." });
            return rejected;
        }

        var (report, number) = await CaseAsync(CaseStatus.UnderReview);
        if (how == "merged")
            await PostAsync(
                $"cases/{number}/merging",
                new { actor = DisplayCity.Keeper, into = (await CaseAsync(CaseStatus.Submitted)).Number, reason = "The same ride." });
        else if (how == "pending")
            await PostAsync($"cases/{number}/decision", new { actor = DisplayCity.Keeper, verdict = "dismissed", reason = "The road was closed." });
        else
            _ = (await _city.InContextAsync((context, _) => DemoHearing.DecideAsync(
                number, new(DisplayCity.Keeper, Verdict.Dismissed, "The road was closed."), context, CancellationToken.None))).Value;
        return report;
    }

    private Task<Outcome<PassengerReport>> WithdrawAsync(string? receipt) =>
        _city.InContextAsync((context, _) => WithdrawReport.HandleAsync(new(receipt), context, CancellationToken.None));

    private async Task RefusedAsync(string? receipt, HttpStatusCode status, string rule)
    {
        var refusal = (await WithdrawAsync(receipt)).Refusal;

        Assert.AreEqual(((int)status, rule), (refusal?.Status, refusal?.Code));
    }

    private Task<List<string>> LinesAsync() => _city.WithDbAsync(db => db.Audit.Where(a => a.Operation.StartsWith("withdraw-"))
        .Select(a => $"{a.Actor} {a.Operation} {a.Subject} {a.Detail}").ToListAsync());

    private async Task PostAsync(string path, object body)
    {
        using var answer = await _city.Client.PostAsJsonAsync(path, body);
        Assert.IsTrue(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
