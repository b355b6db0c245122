using System.Globalization;
using System.Net;
using Dispatch.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster.Members;

namespace Dispatch.Tests.Roster;

/// <summary>The pages on which drivers move, leave and come back. At the bureau it is 2017-08-15.</summary>
[TestClass]
public class DriverLifePageTests : CityTests
{
    [TestMethod]
    public async Task Page_OfADriver_MovesLeavesUndoesAndReturns()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        StringAssert.Contains((await officer.GoAsync("/bureau/drivers?q=D-2")).Text, "d-2");
        Assert.DoesNotContain("d-3", officer.Text);

        await officer.GoAsync("/bureau/drivers/d-2");
        await officer.SubmitAsync("move", ("Cab", "cab-9"), ("On", "2017-08-15"), ("Reason", "Moved house."));
        StringAssert.Contains(officer.Html, "id=\"Cab-fault\"");
        await officer.SubmitAsync("move", ("Cab", "cab-3"), ("On", "2016-08-15"), ("Reason", "Moved house."));
        StringAssert.Contains(officer.Html, "id=\"On-fault\"");
        await officer.SubmitAsync("move", ("Cab", "cab-3"), ("On", "2017-08-15"), ("Reason", ""));
        StringAssert.Contains(officer.Html, "id=\"Reason-fault\"");
        await officer.SubmitAsync("move", ("Cab", "cab-3"), ("On", "2017-08-15"), ("Reason", "Moved house."));
        StringAssert.Contains(officer.Text, "Home cab changed.");
        StringAssert.Contains(officer.Text, "Moved house.");

        await officer.SubmitAsync("undo", ("UndoReason", "The wrong one."));
        StringAssert.Contains(officer.Text, "Change undone.");
        await officer.SubmitAsync("leave", ("LeaveOn", "2017-08-15"), ("LeaveReason", "Retires."));
        StringAssert.Contains(officer.Text, "Leaving recorded.");
        StringAssert.Contains(officer.Text, "Off the register");
        await officer.SubmitAsync("return", ("ReturnCab", "cab-3"), ("ReturnOn", "2017-08-15"), ("ReturnReason", "Back."));
        StringAssert.Contains(officer.Text, "Return recorded.");
        StringAssert.Contains((await officer.GoAsync("/bureau/drivers")).Text, "t-2");
    }

    [TestMethod]
    public async Task Page_OfADriver_PutsTheNameRight()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync("/bureau/drivers/d-2");

        await officer.SubmitAsync("rename", ("NewName", "王\u200B伟"), ("RenameReason", "Misspelt."));
        StringAssert.Contains(officer.Html, "id=\"NewName-fault\"");
        await officer.SubmitAsync("rename", ("NewName", "王伟"), ("RenameReason", ""));
        StringAssert.Contains(officer.Html, "id=\"RenameReason-fault\"");
        await officer.SubmitAsync("rename", ("NewName", " 王伟 "), ("RenameReason", "Misspelt."));

        StringAssert.Contains(officer.Text, "Name changed.");
        StringAssert.Contains(officer.Text, "Driver's name put right");
        StringAssert.Contains((await officer.GoAsync("/bureau/drivers?q=王伟")).Text, "d-2");
    }

    [TestMethod]
    [DataRow(64, "")]
    [DataRow(65, "name-length")]
    public async Task Name_AtItsLimit_IsTaken(int characters, string rule)
    {
        var renamed = await City.InContextAsync(context => RenameDriver.HandleAsync(
            "d-2", new(new(SmallCity.Officer), new string('王', characters), "Misspelt."), context, CancellationToken.None));

        Assert.AreEqual(rule, renamed.Refusal?.Code ?? "");
    }

    [TestMethod]
    public async Task Name_ThatIsPutRight_StandsInNoLineOfTheAuditLog()
    {
        object Renamed(string name) => new { actor = SmallCity.Officer, name, reason = "Misspelt." };
        await City.PostAsync("drivers/d-2/name", Renamed("王伟"));

        await City.RefusedAsync("drivers/d-2/name", Renamed("王伟"), HttpStatusCode.Conflict, "name-same");
        await City.RefusedAsync("drivers/d-9/name", Renamed("王伟"), HttpStatusCode.NotFound, "driver-unknown");
        var line = await City.WithDbAsync(db => db.Audit.SingleAsync(a => a.Operation == RenameDriver.Audited));
        Assert.AreEqual("d-2 Misspelt.", $"{line.Subject} {line.Detail}");
    }

    [TestMethod]
    public async Task Page_OfADriverWithAChangeAhead_TellsItAndOffersToUndoItAlone()
    {
        await City.LeaveAsync("d-2", "2017-08-20");
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;

        await officer.GoAsync("/bureau/drivers/d-2");

        StringAssert.Contains(officer.Html, "data-testid=\"planned\"");
        StringAssert.Contains(officer.Html, "value=\"undo\"");
        Assert.DoesNotContain("value=\"move\"", officer.Html);
        Assert.DoesNotContain("value=\"leave\"", officer.Html);
        Assert.DoesNotContain("value=\"return\"", officer.Html);
    }

    [TestMethod]
    public async Task Page_OfNoDriver_IsMissingAndAnAuditorPressesNothing()
    {
        using var auditor = (await City.EnterAsync(SmallCity.Auditor)).Browser;

        await auditor.GoAsync("/bureau/drivers/d-9");
        Assert.AreEqual(HttpStatusCode.NotFound, auditor.Status);
        Assert.DoesNotContain("_handler", (await auditor.GoAsync("/bureau/drivers/d-2")).Html);
        Assert.AreEqual(HttpStatusCode.OK, auditor.Status);
    }

    [TestMethod]
    [DataRow("2017-09-13", true, DisplayName = "29 days later")]
    [DataRow("2017-09-14", true)]
    [DataRow("2017-09-15", false, DisplayName = "31 days later")]
    public async Task Me_AfterAMove_TellsItFor30Days(string today, bool tells)
    {
        await City.MoveAsync("d-2", "cab-3");
        using var driver = await City.EnterDriverAsync("d-2");
        await City.SetTodayAsync(DateOnly.Parse(today, CultureInfo.InvariantCulture));

        await driver.GoAsync("/me");

        Assert.AreEqual(tells, driver.Html.Contains("data-testid=\"moved\"", StringComparison.Ordinal));
    }
}
