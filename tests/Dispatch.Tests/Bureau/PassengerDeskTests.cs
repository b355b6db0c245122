using System.Net;
using Dispatch.Tests.Accounts;
using Dispatch.Tests.Photos;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Passengers;
using TaxiCredit.Dispatch.Features.Passengers.Checks;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Bureau;

/// <summary>The bureau's pages about what passengers reported and saw, as a browser meets them. All day d-1 is signed on to cab-1.</summary>
[TestClass]
public class PassengerDeskTests : CityTests
{
    private const string Reports = "/bureau/reports";

    private static readonly ReportContent Smell = new(
        CaseKind.Complaint, null, "The cab smelled of fish.", new DateOnly(2017, 8, 14), 9, "Harbour", "555-0100");

    [TestMethod]
    public async Task Pages_ByEachRole_AreShownToThoseWithTheRight()
    {
        var report = await ReportAsync(Smell, Pictures.Jpeg());
        (Permission Permission, string Path)[] pages =
        [
            (Permission.ReadReports, Reports), (Permission.ReadReports, $"{Reports}/{report.Number}"),
            (Permission.ReadReports, $"{Reports}/{report.Number}/photo"), (Permission.ReadReports, "/bureau/checks"),
            (Permission.ReadCases, "/bureau/cases/c-000001/photo"), (Permission.EditRoster, "/bureau/stickers?team=t-1"),
        ];
        foreach (var (name, role) in new[]
        {
            ("d-2", Role.Driver), ("d-1", Role.Leader), (SmallCity.Officer, Role.Officer), (SmallCity.Supervisor, Role.Supervisor),
            (SmallCity.Auditor, Role.Auditor), (SmallCity.Admin, Role.Admin),
        })
        {
            using var browser = name[0] == 'd' ? await City.EnterDriverAsync(name) : (await City.EnterAsync(name)).Browser;
            foreach (var (operation, path) in pages)
            {
                await browser.GoAsync(path);
                Assert.AreEqual(
                    PermissionsTests.ExpectedOf(operation, role) != Whose.All, browser.Status == HttpStatusCode.Forbidden,
                    $"{path} by {role}: {browser.Status}");
            }
        }

        using var stranger = new TestBrowser(City);
        foreach (var (_, path) in pages)
            StringAssert.StartsWith((await stranger.GoAsync(path)).Path, "/sign-in?return=", path);
    }

    [TestMethod]
    public async Task Auditor_AtAReport_MayReadAndDecidesNothing()
    {
        var report = await ReportAsync(Smell);
        using var auditor = (await City.EnterAsync(SmallCity.Auditor)).Browser;

        await auditor.GoAsync($"{Reports}/{report.Number}");
        foreach (var form in new[] { "release", "assign", "reject" })
            Assert.DoesNotContain($"value=\"{form}\"", auditor.Html);

        Assert.DoesNotContain("value=\"contact\"", auditor.Html);
        StringAssert.Contains(auditor.Text, "Only whoever has taken up the case can view them.");
    }

    [TestMethod]
    public async Task List_ByDefault_HasWhatWaitsWithWhyItIsHeld()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        StringAssert.Contains((await officer.GoAsync(Reports)).Text, "No reports are waiting.");
        var first = await ReportAsync(Smell);
        var held = await HeldAsync();
        var settled = await ReportAsync(Smell with { Code = "S01" }, address: "192.0.2.9", cab: "cab-2");

        await officer.GoAsync(Reports);

        Assert.IsLessThan(officer.Html.IndexOf(held.Number, StringComparison.Ordinal), officer.Html.IndexOf(first.Number, StringComparison.Ordinal));
        StringAssert.Contains(officer.Text, "held back: too many from one address");
        Assert.DoesNotContain(settled.Number, officer.Html);
        await officer.GoAsync($"{Reports}?status=Assigned");
        StringAssert.Contains(officer.Text, settled.Number);
        StringAssert.Contains(officer.Text, "became a case c-000001");
        Assert.DoesNotContain(first.Number, officer.Html);
        StringAssert.Contains((await officer.GoAsync($"{Reports}?status=Rejected")).Text, "No reports have this status.");
        await officer.GoAsync("/bureau");
        Assert.AreEqual(("1", "3", "0"), (officer.Read("held"), officer.Read("to-assign"), officer.Read("checks")));
        Assert.AreEqual(HttpStatusCode.NotFound, (await officer.GoAsync($"{Reports}/p-000099")).Status);
    }

    [TestMethod]
    public async Task HeldReport_ReleasedAndAssigned_BecomesACaseThatShowsItsPhoto()
    {
        var held = await HeldAsync();
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync($"{Reports}/{held.Number}");
        StringAssert.Contains(officer.Text, "more than 3 reports came from one network address within 24 hours");
        StringAssert.Contains(officer.Html, $"src=\"{Reports}/{held.Number}/photo\"");

        await officer.SubmitAsync("release");
        StringAssert.Contains(officer.Read("state"), "to be assigned");
        StringAssert.Contains(officer.Html, "<li>d-1 <span lang=\"zh-Hans\">Driver 1</span> · since 1 Jan 2017");
        StringAssert.Contains(officer.Html, "value=\"d-1\"");
        await officer.SubmitAsync("assign", ("Input.Driver", "d-9"), ("Input.Code", ""));
        Assert.AreEqual(HttpStatusCode.OK, officer.Status);
        StringAssert.Contains(officer.Html, "data-testid=\"wrong-driver\"");
        StringAssert.Contains(officer.Html, "value=\"d-9\"");
        await officer.SubmitAsync("assign", ("Input.Driver", "d-1"), ("Input.Code", ""));
        StringAssert.Contains(officer.Html, "data-testid=\"wrong-code\"");
        await officer.SubmitAsync("assign", ("Input.Driver", " d-1 "), ("Input.Code", "S08"));

        StringAssert.Contains(officer.Read("state"), "became a case");
        await officer.GoAsync("/bureau/cases/c-000001");
        StringAssert.Contains(officer.Html, $"src=\"{Reports}/{held.Number}/photo\"");
        StringAssert.Contains(officer.Html, $"href=\"{Reports}/{held.Number}\"");
        Assert.DoesNotContain("555-0100", officer.Html);
        CollectionAssert.AreEqual(
            new[] { "submit-report", "release-report", "assign-report" }, (await City.AuditOfAsync(held.Number)).ConvertAll(a => a.Operation));
    }

    [TestMethod]
    public async Task Rejection_WithoutItsReason_IsToldBesideTheField()
    {
        var report = await ReportAsync(Smell);
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync($"{Reports}/{report.Number}");

        await officer.SubmitAsync("reject", ("Input.Reason", " "));
        StringAssert.Contains(officer.Html, "id=\"input-reason-fault\"");
        await officer.SubmitAsync("reject", ("Input.Reason", "No such ride that day."));

        StringAssert.Contains(officer.Read("state"), "rejected");
        StringAssert.Contains(officer.Text, "No such ride that day.");
    }

    [TestMethod]
    [DataRow("release", "", "Release report")]
    [DataRow("reject", "Of no use.", "Of no use.")]
    public async Task HeldReport_ReleasedByAnotherMeanwhile_ShowsBoth(string form, string reason, string meant)
    {
        var held = await HeldAsync();
        using var late = (await City.EnterAsync(SmallCity.OtherOfficer)).Browser;
        using var first = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await late.GoAsync($"{Reports}/{held.Number}");
        await (await first.GoAsync($"{Reports}/{held.Number}")).SubmitAsync("release");

        await late.SubmitAsync(form, ("Input.Reason", reason));

        Assert.AreEqual(HttpStatusCode.Conflict, late.Status);
        StringAssert.Contains(late.Text, "Changed in the meantime");
        StringAssert.Contains(late.Text, "to be assigned");
        StringAssert.Contains(late.Text, meant);
        Assert.AreEqual(ReportStatus.Received, (await City.WithDbAsync(db => db.PassengerReports.SingleAsync(r => r.Id == held.Id))).Status);
    }

    [TestMethod]
    public async Task Report_AssignedByAnotherMeanwhile_ShowsItsCaseAndMakesNoSecond()
    {
        var report = await ReportAsync(Smell);
        using var late = (await City.EnterAsync(SmallCity.OtherOfficer)).Browser;
        using var first = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await late.GoAsync($"{Reports}/{report.Number}");
        await (await first.GoAsync($"{Reports}/{report.Number}")).SubmitAsync("assign", ("Input.Driver", "d-1"), ("Input.Code", "S01"));

        await late.SubmitAsync("assign", ("Input.Driver", "d-2"), ("Input.Code", "S08"));

        Assert.AreEqual(HttpStatusCode.Conflict, late.Status);
        StringAssert.Contains(late.Html, "href=\"/bureau/cases/c-000001\"");
        StringAssert.Contains(late.Text, "S08");
        Assert.AreEqual(1, await City.WithDbAsync(db => db.Cases.CountAsync()));
    }

    [TestMethod]
    public async Task Contact_ShownByThePress_IsAudited()
    {
        var report = await ReportAsync(Smell);
        using var recorder = (await City.EnterAsync(SmallCity.OtherOfficer)).Browser;
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync($"{Reports}/{report.Number}");
        StringAssert.Contains(officer.Text, "Only whoever has taken up the case can view them.");
        await recorder.GoAsync($"{Reports}/{report.Number}");
        await recorder.SubmitAsync("assign", ("Input.Driver", "d-1"), ("Input.Code", "S01"));
        await City.PostAsync("cases/c-000001/review", new { actor = SmallCity.Officer });
        await officer.GoAsync($"{Reports}/{report.Number}");
        Assert.DoesNotContain("555-0100", officer.Html);
        StringAssert.Contains(officer.Text, "the audit log records that you viewed them");
        Assert.IsEmpty(await ReadersAsync("read-contact"));

        await officer.SubmitAsync("contact", ("Input.Purpose", ""));
        StringAssert.Contains(officer.Html, "aria-invalid=\"true\"");
        await officer.SubmitAsync("contact", ("Input.Purpose", "To ask at which gate."));

        Assert.AreEqual("555-0100", officer.Read("contact"));
        CollectionAssert.AreEqual(new[] { (SmallCity.Officer, report.Number) }, await ReadersAsync("read-contact"));
        var without = await ReportAsync(Smell with { Contact = null });
        StringAssert.Contains((await officer.GoAsync($"{Reports}/{without.Number}")).Text, "The passenger left no contact details.");
    }

    [TestMethod]
    public async Task Photo_InTheBrowser_IsAJpegThatNoCacheKeepsAndItsReadingIsAudited()
    {
        var report = await ReportAsync(Smell, Pictures.Jpeg());
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;

        using var answer = await officer.SendAsync(new(HttpMethod.Get, $"{Reports}/{report.Number}/photo"));

        Assert.AreEqual("image/jpeg", answer.Content.Headers.ContentType?.MediaType);
        Assert.IsTrue(answer.Headers.CacheControl is { NoStore: true, Private: true }, $"{answer.Headers.CacheControl}");
        CollectionAssert.AreEqual(Pictures.Jpeg(), await answer.Content.ReadAsByteArrayAsync());
        CollectionAssert.AreEqual(new[] { (SmallCity.Officer, report.Number) }, await ReadersAsync("read-photo"));
        var without = await ReportAsync(Smell);
        Assert.AreEqual(HttpStatusCode.NotFound, (await officer.GoAsync($"{Reports}/{without.Number}/photo")).Status);
        Assert.AreEqual(HttpStatusCode.NotFound, (await officer.GoAsync($"{Reports}/p-000099/photo")).Status);
    }

    [TestMethod]
    public async Task Check_ClosedWithAFinding_LeavesTheOpenOnes()
    {
        await SeeAsync(seen: 4);
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        using var late = (await City.EnterAsync(SmallCity.OtherOfficer)).Browser;
        await late.GoAsync("/bureau/checks");
        await officer.GoAsync("/bureau/checks");
        StringAssert.Contains(officer.Text, "4 stars");
        StringAssert.Contains(officer.Text, "has never reported");
        StringAssert.Contains(officer.Html, "href=\"/?cab=cab-1\"");

        await officer.SubmitAsync("close-1", ("Finding.1", ""));
        StringAssert.Contains(officer.Html, "id=\"finding-1-fault\"");
        await officer.SubmitAsync("close-1", ("Finding.1", "A toy in the window."));
        StringAssert.Contains(officer.Text, "No passenger has seen anything other");
        await late.SubmitAsync("close-1", ("Finding.1", "Nothing at all."));

        Assert.AreEqual(HttpStatusCode.Conflict, late.Status);
        StringAssert.Contains(late.Text, "A toy in the window.");
        StringAssert.Contains(late.Text, "Nothing at all.");
        StringAssert.Contains((await officer.GoAsync("/bureau/checks?all=true")).Text, "A toy in the window.");
        Assert.DoesNotContain("close-1", officer.Html);
    }

    /// <summary>The first report that is held back; those before it wait to be assigned.</summary>
    private async Task<PassengerReport> HeldAsync()
    {
        PassengerReport report;
        do
            report = await ReportAsync(Smell, Pictures.Jpeg());
        while (report.Status != ReportStatus.Quarantined);
        return report;
    }

    private async Task<PassengerReport> ReportAsync(ReportContent content, byte[]? photo = null, string address = "192.0.2.1", string cab = "cab-1")
    {
        await using var scope = City.Server.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<OperationContext>();
        var code = await context.Db.Cabs.Where(c => c.Code == cab).Select(c => c.PassengerCode).SingleAsync();
        return (await SubmitReport.HandleAsync(
            new(code, Guid.NewGuid(), content, photo, address), context, scope.ServiceProvider.GetRequiredService<ReportDesk>(),
            CancellationToken.None)).Value;
    }

    private Task<StarCheck?> SeeAsync(int seen) => City.WithDeskAsync(async context =>
    {
        var cab = await context.Db.Cabs.SingleAsync(c => c.Code == "cab-1");
        return await AnswerStars.HandleAsync(
            new(new CabLight(cab.Id, cab.Code, cab.PassengerCode, cab.Plate, "First", null), seen), context, CancellationToken.None);
    });

    private async Task<List<(string Actor, string Subject)>> ReadersAsync(string operation) =>
        (await City.WithDbAsync(db => db.Audit.AsNoTracking().Where(a => a.Operation == operation).ToListAsync())).ConvertAll(a => (a.Actor, a.Subject));
}
