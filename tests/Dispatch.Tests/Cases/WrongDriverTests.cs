using System.Net;
using System.Text.Json;
using Dispatch.Tests.Accounts;
using Dispatch.Tests.Displays;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Cases;

/// <summary>A case about a driver who did not drive, and the forgotten shift that leads to one.</summary>
[TestClass]
public class WrongDriverTests : CityTests
{
    [TestMethod]
    public async Task Reassign_OfAnOpenCase_GoesOnAboutTheOtherFromItsBeginning()
    {
        var number = await RecordAsync();
        await City.PostAsync($"cases/{number}/complex", new { actor = SmallCity.Officer, reason = "Several passengers." });
        await City.WithDbAsync(async db =>
        {
            db.CasePhotos.Add(new CasePhoto { CaseId = 1, File = "photo.jpg", Size = 3 });
            return await db.SaveChangesAsync();
        });
        await City.SetTodayAsync(new DateOnly(2017, 8, 18));

        var ended = await ReassignAsync(number, "d-3");

        Assert.AreEqual(("reassigned", "c-000002"), (Text(ended, "status"), Text(ended, "mergedInto")));
        var moved = await City.GetAsync("cases/c-000002");
        Assert.AreEqual(
            ("submitted", "d-3", "2017-08-15", "He took the long way.", "2017-08-15"),
            (Text(moved, "status"), Text(moved, "driver"), Text(moved, "submittedOn"), Text(moved, "account"), Text(moved, "complexOn")));
        Assert.AreEqual(2L, await City.WithDbAsync(db => db.CasePhotos.Select(p => p.CaseId).SingleAsync()));
        CollectionAssert.AreEqual(
            new[] { "record-case c-000002", "reassign-case c-000001" },
            await City.WithDbAsync(
                db => db.Audit.OrderByDescending(a => a.Id).Take(2).OrderBy(a => a.Id).Select(a => a.Operation + " " + a.Subject).ToListAsync()));
        await City.RefusedAsync(
            $"cases/{number}/decision", new { actor = SmallCity.Officer, verdict = "dismissed", reason = "R" }, HttpStatusCode.Conflict,
            "case-already-decided");
    }

    [TestMethod]
    public async Task Reassign_OfACaseWithANotice_TellsNeitherDriverOfTheOther()
    {
        var number = await RecordAsync();
        Assert.IsNull(await City.InContextAsync(context => DemoHearing.BeginAsync(number, SmallCity.Supervisor, context, CancellationToken.None)));
        var code = await City.WithDbAsync(db => db.Notices.Select(n => n.Code).SingleAsync());
        using var wrong = await City.EnterDriverAsync("d-2");
        using var right = await City.EnterDriverAsync("d-3");
        var before = (await right.GoAsync("/me")).Text;

        await ReassignAsync(number, "d-3");

        StringAssert.Contains((await wrong.GoAsync($"/me/notices/{code}")).Text, "no longer concerns you");
        StringAssert.Contains((await wrong.GoAsync("/me")).Text, "no longer concerns you");
        Assert.DoesNotContain("d-3", wrong.Html);
        Assert.DoesNotContain("c-00000", wrong.Html);
        Assert.AreEqual(before, (await right.GoAsync("/me")).Text, "until there is a notice, nothing");
        await City.RefusedAsync(
            $"cases/{code}/answer", new { actor = "d-2", stance = "disputed" }, HttpStatusCode.Conflict, "case-already-decided");
    }

    [TestMethod]
    public async Task Reassign_OfAPassengersReport_TakesItsReceiptAlong()
    {
        var number = await RecordAsync();
        await City.WithDbAsync(async db =>
        {
            var report = new PassengerReport
            {
                Receipt = "receipt-1", Submission = Guid.NewGuid(), Kind = CaseKind.Complaint, CabId = 2, ConductOn = new(2017, 8, 10), Place = "P",
                Account = "A", ReceivedAt = DateTimeOffset.UnixEpoch, SubmittedOn = new(2017, 8, 15),
            };
            report.Became(await db.Cases.SingleAsync());
            db.Add(report);
            return await db.SaveChangesAsync();
        });

        await ReassignAsync(number, "d-3");

        Assert.AreEqual("c-000002", await City.WithDbAsync(db => db.Set<PassengerReport>().Select(r => r.Case!.Number).SingleAsync()));
    }

    [TestMethod]
    public async Task Reassign_WhereItCannotBe_IsRefused()
    {
        var number = await RecordAsync();

        await City.RefusedAsync(MoveOf(number), Moved("d-2"), HttpStatusCode.UnprocessableEntity, "reassign-same");
        await City.RefusedAsync(MoveOf(number), Moved("d-999"), HttpStatusCode.NotFound, "driver-unknown");
        await City.RefusedAsync(MoveOf(number), Moved("d-3", " "), HttpStatusCode.BadRequest, "closing-length");
        await City.RefusedAsync(MoveOf("c-999999"), Moved("d-3"), HttpStatusCode.NotFound, "case-unknown");
        await City.DecideAsync(number, new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out." });
        await City.RefusedAsync(MoveOf(number), Moved("d-3"), HttpStatusCode.Conflict, "case-already-decided");
        var peer = (await City.PostAsync("cases", new
        {
            actor = SmallCity.Officer, kind = "peerReport", driver = "d-2", code = "P01", conductOn = "2017-08-10", place = "P", account = "A",
            reporter = "d-1",
        })).GetProperty("number").GetString()!;
        await City.RefusedAsync(MoveOf(peer), Moved("d-1", by: SmallCity.OtherOfficer), HttpStatusCode.UnprocessableEntity, "reporter-is-subject");
        await City.RefusedAsync(MoveOf(peer), Moved("d-3", by: SmallCity.OtherOfficer), HttpStatusCode.UnprocessableEntity, "reporter-outside-team");
    }

    [TestMethod]
    public async Task Reassign_OnTheCasesPage_LeadsToTheOneThatGoesOn()
    {
        var number = await RecordAsync();
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync($"/bureau/cases/{number}");
        await officer.SubmitAsync("reassign", ("Move.Driver", "d-2"), ("Move.Reason", "The taximeter says so."));
        StringAssert.Contains(officer.Text, "about this driver already");

        await officer.SubmitAsync("reassign", ("Move.Driver", "d-3"), ("Move.Reason", "The taximeter says so."));

        StringAssert.EndsWith(officer.Path, "/bureau/cases/c-000002");
        StringAssert.Contains((await officer.GoAsync($"/bureau/cases/{number}")).Text, "moved to another driver");
    }

    [TestMethod]
    public async Task Claim_OfACabWhoseDriverForgotToSignOff_EndsThatShiftWithANoteToBoth()
    {
        await City.PostAsync("shifts/off", new { actor = "d-3", driver = "d-3" });
        await City.RefusedAsync("shifts/on", new { actor = "d-3", driver = "d-3", cab = "cab-2" }, HttpStatusCode.Conflict, "cab-occupied");

        await City.PostAsync("shifts/claim", new { actor = "d-3", driver = "d-3", cab = "cab-2" });
        await City.PostAsync("shifts/claim", new { actor = "d-3", driver = "d-3", cab = "cab-2" });

        var shifts = await City.WithDbAsync(db => db.Shifts.Include(s => s.Driver).Where(s => s.Cab.Code == "cab-2").OrderBy(s => s.Id).ToListAsync());
        CollectionAssert.AreEqual(new[] { "d-2 True", "d-3 False" }, shifts.ConvertAll(s => $"{s.Driver.Code} {s.OffAt is not null}"));
        var notes = await City.InContextAsync(async context =>
            (await ShiftNote.OfAsync("d-2", context, default), await ShiftNote.OfAsync("d-3", context, default)));
        Assert.AreEqual((false, "cab-2"), notes.Item1.Select(n => (n.IsClaimed, n.Cab)).Single());
        Assert.AreEqual((true, "cab-2"), notes.Item2.Select(n => (n.IsClaimed, n.Cab)).Single());
        await City.RefusedAsync("shifts/claim", new { actor = "d-1", driver = "d-3", cab = "cab-2" }, HttpStatusCode.Forbidden, "actor-not-allowed");
    }

    [TestMethod]
    public async Task Claim_FromAnotherCab_LeavesThatOneAndIsOfferedOnThePage()
    {
        using var next = await City.EnterDriverAsync("d-3");
        await next.GoAsync("/me");
        await next.SubmitAsync("sign-on", ("Cab", "cab-2"));
        StringAssert.Contains(next.Text, "take the cab over below");

        await next.SubmitAsync("claim");

        StringAssert.Contains(next.Text, "You took over cab-2");
        using var before = await City.EnterDriverAsync("d-2");
        StringAssert.Contains((await before.GoAsync("/me")).Text, "the next driver took the cab over");
        Assert.DoesNotContain("d-3", before.Html);
        var open = await City.WithDbAsync(db => db.Shifts.Where(s => s.OffAt == null).Select(s => s.Driver.Code + " " + s.Cab.Code).Order().ToListAsync());
        CollectionAssert.AreEqual(new[] { "d-1 cab-1", "d-3 cab-2" }, open);
    }

    [TestMethod]
    [DataRow(-1, "d-2")]
    [DataRow(0, "d-2")]
    [DataRow(1, null)]
    public async Task WhoDrove_ByAShiftOfSixteenHoursAndSoManySeconds_IsSettledOrNot(int seconds, string? driver)
    {
        var time = new LeapingTime(new(2026, 12, 2, 2, 0, 0, TimeSpan.Zero));
        await using var city = await SmallCity.BuildAsync(services => services.AddSingleton<TimeProvider>(time));
        await city.KeepCalendarAsync();
        await city.PostAsync("shifts/off", new { actor = "d-2", driver = "d-2" });
        await city.PostAsync("shifts/on", new { actor = "d-2", driver = "d-2", cab = "cab-2" });
        var hour = BureauTime.InCity(time.GetUtcNow()).AddHours(1);
        time.Leap = TimeSpan.FromHours(16) + TimeSpan.FromSeconds(seconds);

        var found = await city.InContextAsync(async context => await WhoDrove.FindAsync(
            new PassengerReport
            {
                Receipt = "", Submission = Guid.Empty, Kind = CaseKind.Complaint,
                CabId = await context.Db.Cabs.Where(c => c.Code == "cab-2").Select(c => c.Id).SingleAsync(),
                ConductOn = DateOnly.FromDateTime(hour.DateTime), ConductHour = hour.Hour, Place = "P", Account = "A", ReceivedAt = context.Now,
                SubmittedOn = context.Today,
            },
            context, default));

        Assert.AreEqual(driver, found?.Code);
    }

    private async Task<string> RecordAsync() => (await City.PostAsync("cases", new
    {
        kind = "complaint", driver = "d-2", code = "S01", conductOn = "2017-08-10", conductHour = 14, place = "Gate 3", account = "He took the long way.",
    })).GetProperty("number").GetString()!;

    private Task<JsonElement> ReassignAsync(string number, string driver) => City.PostAsync(MoveOf(number), Moved(driver));

    private static string MoveOf(string number) => $"cases/{number}/reassignment";

    private static object Moved(string driver, string reason = "The taximeter says so.", string by = SmallCity.Officer) => new { actor = by, driver, reason };

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
