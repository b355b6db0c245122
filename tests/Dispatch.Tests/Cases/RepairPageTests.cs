using System.Net;
using Dispatch.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases.Repairs;

namespace Dispatch.Tests.Cases;

/// <summary>Repairs on the pages of driver and desk. A detour of 10 May was upheld on 12 May; it is 15 August 2017.</summary>
[TestClass]
public class RepairPageTests : CityTests
{
    [TestMethod]
    public async Task Driver_WithCleanMonths_IsOfferedARepairAndReadsWhatCameOfIt()
    {
        var number = await UpheldAsync();
        using var driver = await City.EnterDriverAsync("d-2");
        StringAssert.Contains((await driver.GoAsync("/me")).Text, "You can ask for points back");
        StringAssert.Contains((await driver.GoAsync("/me/repairs")).Text, "+25 points for decision 2017-000001");
        await driver.SubmitAsync("ask-R01", ("Proof", " "));
        StringAssert.Contains(driver.Text, "what shows that it was done");

        await driver.SubmitAsync("ask-R02");

        StringAssert.Contains(driver.Text, "Three clean months: waiting for a decision");
        Assert.DoesNotContain("data-offer=\"R02\"", driver.Html);
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        StringAssert.Contains((await officer.GoAsync("/bureau")).Html, "data-testid=\"repairs\"");
        StringAssert.Contains((await officer.GoAsync("/bureau/repairs")).Text, "r-000001 · d-2 · Three clean months");
        await officer.SubmitAsync("decide-r-000001", ("Verdict", ""), ("Reason.1", "R"));
        StringAssert.Contains(officer.Html, "data-testid=\"refused\"");
        await officer.SubmitAsync("decide-r-000001", ("Verdict", "Granted"), ("Reason.1", ""));
        StringAssert.Contains(officer.Text, "reason");
        await officer.SubmitAsync("decide-r-000001", ("Verdict", "Granted"), ("Reason.1", "Clean since 10 May."));
        StringAssert.Contains(officer.Text, "Nobody waits for a decision on a repair.");
        StringAssert.Contains((await officer.GoAsync($"/bureau/cases/{number}")).Text, "upheld, points given back");
        StringAssert.Contains(officer.Text, "Clean since 10 May.");

        StringAssert.Contains((await driver.GoAsync("/me")).Text, "Three clean months");
        StringAssert.Contains(driver.Text, "upheld, points given back since");
        StringAssert.Contains(driver.Text, "975");
        Assert.IsTrue(await City.WithDbAsync(db => db.Set<Repair>().AllAsync(repair => repair.ReadAt == null)));
        StringAssert.Contains((await driver.GoAsync("/me/repairs")).Text, "Three clean months: granted");
        StringAssert.Contains(driver.Text, "You can ask again from 15 Nov 2017 on.");
        Assert.IsTrue(await City.WithDbAsync(db => db.Set<Repair>().AllAsync(repair => repair.ReadAt != null)));
        StringAssert.Contains((await driver.GoAsync("/me/decisions/2017-000001")).Text, "Some of these points were given back to you.");
        Assert.DoesNotContain("name=\"Statement\"", driver.Html);
    }

    [TestMethod]
    public async Task Driver_WithoutDeductions_HasNothingToAskFor()
    {
        using var driver = await City.EnterDriverAsync("d-2");

        Assert.DoesNotContain("/me/repairs", (await driver.GoAsync("/me")).Html);
        StringAssert.Contains((await driver.GoAsync("/me/repairs")).Text, "You have lost no points that could be given back.");
    }

    [TestMethod]
    public async Task Desk_Paper_IsRecordedAndDecidedBySomebodyElse()
    {
        await UpheldAsync();
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync("/bureau/repairs");
        await officer.SubmitAsync("paper", ("Driver", "d-9"), ("Rule", "R02"), ("On", "2017-08-15"));
        StringAssert.Contains(officer.Text, "No driver has this code.");
        await officer.SubmitAsync("paper", ("Driver", "d-2"), ("Rule", "R01"), ("Proof", ""), ("On", "2017-08-15"));
        StringAssert.Contains(officer.Text, "what shows that it was done");
        await officer.SubmitAsync("paper", ("Driver", "d-2"), ("Rule", "R01"), ("Proof", "Certificate 17."), ("On", "no day"));
        StringAssert.Contains(officer.Text, "the day on which the paper was handed in");

        await officer.SubmitAsync("paper", ("Driver", "d-2"), ("Rule", "R01"), ("Proof", "Certificate 17."), ("On", "2017-08-14"));
        StringAssert.Contains(officer.Text, "on paper, recorded by officer-a");
        await officer.SubmitAsync("decide-r-000001", ("Verdict", "Granted"), ("Reason.1", "R"));

        StringAssert.Contains(officer.Html, "data-testid=\"refused\"");
        Assert.AreEqual(1, (await City.GetAsync("repairs")).GetArrayLength());
    }

    [TestMethod]
    public async Task Desk_RepairThatSomebodyElseDecidedMeanwhile_SaysSo()
    {
        await UpheldAsync();
        await City.PostAsync("drivers/d-2/repairs", new { actor = "d-2", rule = "R02" });
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync("/bureau/repairs");
        await City.PostAsync("repairs/r-000001/decision", new { actor = SmallCity.Supervisor, outcome = "refused", reason = "Not yet." });

        await officer.SubmitAsync("decide-r-000001", ("Verdict", "Granted"), ("Reason.1", "Clean."));

        Assert.AreEqual(HttpStatusCode.Conflict, officer.Status);
        StringAssert.Contains(officer.Text, "This repair has been decided already.");
    }

    /// <summary>A driver whom nobody knows is a slip of the pen: what was typed stands there still.</summary>
    [TestMethod]
    public async Task Desk_PaperOfAnUnknownDriver_KeepsWhatWasTyped()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync("/bureau/repairs");

        await officer.SubmitAsync("paper", ("Driver", "d-9"), ("Proof", "Certificate 2017-12"));

        StringAssert.Contains(officer.Html, "data-testid=\"wrong-Driver\"");
        StringAssert.Contains(officer.Html, "Certificate 2017-12");
    }

    private async Task<string> UpheldAsync()
    {
        await City.SetTodayAsync(new DateOnly(2017, 5, 12));
        var number = (await City.RecordAsync("d-2", "S01", "2017-05-10")).GetProperty("number").GetString()!;
        await City.DecideAsync(number, new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out." });
        await City.SetTodayAsync(new DateOnly(2017, 8, 15));
        return number;
    }
}
