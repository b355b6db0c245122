using System.Net;
using System.Net.Http.Json;
using Dispatch.Tests.Accounts;
using Dispatch.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Roster;

namespace Dispatch.Tests.Cases;

/// <summary>A case that is declared complex: recorded on 2017-08-08, to be decided by the 18th, or by September 7th.</summary>
[TestClass]
public class ComplexCaseTests : CityTests
{
    private const string Reason = "Three witnesses are to be heard.";

    [TestMethod]
    [DataRow(17, "")]
    [DataRow(18, "")]
    [DataRow(19, "complex-too-late")]
    public async Task Declare_OnTheLastDayAndTheDayAfter_OnlyUntilThen(int day, string rule)
    {
        var number = await RecordAsync();
        await City.SetTodayAsync(new DateOnly(2017, 8, day));

        if (rule.Length > 0)
        {
            await City.RefusedAsync(Path(number), Declaration(), HttpStatusCode.UnprocessableEntity, rule);
            return;
        }

        var declared = await City.PostAsync(Path(number), Declaration());
        Assert.AreEqual(($"2017-08-{day}", Reason), (declared.GetProperty("complexOn").GetString(), declared.GetProperty("complexReason").GetString()));
        Assert.AreEqual(
            (SmallCity.Officer, "until 2017-09-07"),
            (await City.AuditOfAsync(number)).Where(a => a.Operation == "declare-complex").Select(a => (a.Actor, a.Detail)).Single());
    }

    [TestMethod]
    [DataRow("2017-09-06", 0)]
    [DataRow("2017-09-07", 0)]
    [DataRow("2017-09-08", 1)]
    public async Task Queue_ComplexCaseOnItsDeadlineAndAfter_IsOverdueOnlyThen(string today, int overdue)
    {
        var number = await RecordAsync();
        var ordinary = await RecordAsync();
        await City.PostAsync(Path(number), Declaration());
        await City.SetTodayAsync(DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture));

        var lines = (await City.WithDeskAsync(context => CaseQueue.PageAsync(new(), 1, context, CancellationToken.None))).Lines;
        var late = await City.WithDeskAsync(context => CaseQueue.PageAsync(new(Overdue: true), 1, context, CancellationToken.None));

        CollectionAssert.AreEqual(
            new[] { (number, new DateOnly(2017, 9, 7), true), (ordinary, new DateOnly(2017, 8, 18), false) },
            lines.Select(line => (line.Number, line.Deadline, line.IsComplex)).ToList());
        Assert.AreEqual(1 + overdue, late.Total);
        Assert.AreEqual(overdue == 1, late.Lines.Any(line => line.Number == number));
    }

    [TestMethod]
    public async Task Declare_WhatCannotBe_IsRefusedByItsRule()
    {
        var number = await RecordAsync();
        var seen = (await City.GetAsync($"cases/{number}")).GetProperty("version").GetString();

        await City.RefusedAsync(Path(number), new { actor = SmallCity.Auditor, reason = Reason }, HttpStatusCode.Forbidden, "actor-not-allowed");
        await City.RefusedAsync(Path(number), new { actor = "d-2", reason = Reason }, HttpStatusCode.Forbidden, "actor-not-allowed");
        await City.RefusedAsync(Path(number), new { actor = SmallCity.Officer, reason = " " }, HttpStatusCode.BadRequest, "complexity-length");
        await City.RefusedAsync(
            Path(number), new { actor = SmallCity.Officer, reason = new string('x', 2001) }, HttpStatusCode.BadRequest, "complexity-length");
        await City.RefusedAsync(Path("c-000099"), Declaration(), HttpStatusCode.NotFound, "case-unknown");
        await City.PostAsync(Path(number), new { actor = SmallCity.Officer, reason = new string('x', 2000), version = seen });
        await City.RefusedAsync(Path(number), Declaration(), HttpStatusCode.Conflict, "case-complex-already");
        await City.RefusedAsync(Path(number), new { actor = SmallCity.Officer, reason = Reason, version = seen }, HttpStatusCode.Conflict, "changed-meanwhile");
        await City.DecideAsync(number!, new { actor = SmallCity.Officer, verdict = "dismissed", reason = "The road was closed." });
        await City.RefusedAsync(Path(number), Declaration(), HttpStatusCode.Conflict, "case-already-decided");
    }

    [TestMethod]
    [DecidedByDatabase("locks: two declare at once")]
    public async Task Declare_TwoAtOnce_OneDoes()
    {
        var number = await RecordAsync();

        var answers = await Task.WhenAll(new[] { SmallCity.Officer, SmallCity.OtherOfficer }
            .Select(actor => City.Client.PostAsJsonAsync($"/api/v1/{Path(number)}", new { actor, reason = Reason })));

        CollectionAssert.AreEquivalent(new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }, answers.Select(a => a.StatusCode).ToArray());
        Assert.AreEqual(1, await City.WithDbAsync(db => db.Audit.CountAsync(a => a.Operation == "declare-complex")));
    }

    [TestMethod]
    public async Task Driver_OfAComplexMatter_IsToldTheDaysAndNotWhenItWasReportedNorWhy()
    {
        var number = await RecordAsync();
        await City.PostAsync(Path(number), Declaration());
        await City.HearAsync(number);

        var matter = (await City.WithDeskAsync(
            context => OpenMatter.OfAsync(context.Db.Drivers.Where(d => d.Code == "d-2"), context, CancellationToken.None))).Single();

        Assert.AreEqual(30, matter.ComplexDays);
        using var driver = await City.EnterDriverAsync("d-2");
        await driver.GoAsync("/me");
        StringAssert.Contains(driver.Text, "declared complex, so the decision may take up to 30 days");
        foreach (var secret in new[] { Reason, "8 Aug 2017", "7 Sep 2017", number })
            Assert.DoesNotContain(secret, driver.Text);
    }

    [TestMethod]
    public async Task Page_OfTheCase_DeclaresOnceAndSaysUntilWhen()
    {
        var number = await RecordAsync();
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync($"/bureau/cases/{number}");
        StringAssert.Contains(officer.Text, "decided until 7 Sep 2017");

        await officer.SubmitAsync("complex", ("Input.Complexity", ""));
        StringAssert.Contains(officer.Html, "id=\"input-complexity-fault\"");
        await officer.SubmitAsync("complex", ("Input.Complexity", Reason));

        StringAssert.Contains(officer.Read("complex"), Reason);
        Assert.DoesNotContain("input-complexity", officer.Html, "it is declared once");
        using var late = (await City.EnterAsync(SmallCity.OtherOfficer)).Browser;
        var second = await RecordAsync();
        await late.GoAsync($"/bureau/cases/{second}");
        await City.PostAsync(Path(second), Declaration());
        await late.SubmitAsync("complex", ("Input.Complexity", "Mine."));
        Assert.AreEqual(HttpStatusCode.Conflict, late.Status);
        StringAssert.Contains(late.Text, "Changed in the meantime");
        StringAssert.Contains(late.Text, "Mine.", "what was typed stands beside the case as it is");
    }

    private static string Path(string number) => $"cases/{number}/complex";

    private static object Declaration() => new { actor = SmallCity.Officer, reason = Reason };

    /// <summary>A complaint about d-2 that is put on the context on 2017-08-08, which is then the bureau's day.</summary>
    private async Task<string> RecordAsync()
    {
        await City.SetTodayAsync(new DateOnly(2017, 8, 8));
        return (await City.RecordAsync("d-2", "S01", "2017-08-01")).GetProperty("number").GetString()!;
    }
}
