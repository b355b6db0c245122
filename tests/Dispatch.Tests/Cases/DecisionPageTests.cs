using System.Net;
using System.Security.Cryptography;
using Dispatch.Tests.Accounts;
using Dispatch.Tests.Photos;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Features.Cases.Objections;

namespace Dispatch.Tests.Cases;

/// <summary>A driver's way through the pages: notice, answer, decision, objection, ruling; and the desk's beside it.</summary>
[TestClass]
public class DecisionPageTests : CityTests
{
    private static readonly byte[] Pdf = "%PDF-1.7 what a driver has"u8.ToArray();

    [TestMethod]
    public async Task Decision_OpenedByItsDriver_IsServedOnceAndCanBeObjectedTo()
    {
        await UpheldAsync();
        using var driver = await City.EnterDriverAsync("d-2");
        StringAssert.Contains((await driver.GoAsync("/me")).Text, "Read, and object if you do not agree");
        Assert.IsFalse(await City.WithDbAsync(db => db.Services.AnyAsync()), "that there is a decision is not the decision");

        await driver.GoAsync("/me/decisions/2017-000001");
        await driver.GoAsync("/me/decisions/2017-000001");

        var service = await City.WithDbAsync(db => db.Services.SingleAsync());
        Assert.AreEqual((ServiceMeans.Page, "d-2", new DateOnly(2017, 8, 30)), (service.Means, service.By, service.ObjectBy));
        StringAssert.Contains(driver.Text, "You can object until the end of 30 Aug 2017");
        StringAssert.Contains((await driver.GoAsync("/me")).Text, "you can object until the end of 30 Aug 2017");
        await driver.GoAsync("/me/decisions/2017-000001");
        await driver.SubmitAsync("object", ("Statement", ""));
        StringAssert.Contains(driver.Text, "why you object");

        await driver.SubmitFileAsync("object", "Upload", "paper.pdf", Pdf, ("Statement", "The road was closed."));

        StringAssert.Contains(driver.Text, "The points do not count until it is ruled on, by the end of 29 Aug 2017");
        Assert.DoesNotContain("name=\"Statement\"", driver.Html);
        StringAssert.Contains((await driver.GoAsync("/me")).Text, "ruling by the end of 29 Aug 2017");
        var objection = await City.WithDbAsync(db => db.Objections.SingleAsync());
        Assert.AreEqual(Convert.ToHexStringLower(SHA256.HashData(Pdf)), objection.FileHash);
    }

    [TestMethod]
    public async Task Ruling_MadeAtTheDesk_ReachesTheDriverAsANumberedDocument()
    {
        var number = await UpheldAsync();
        using var driver = await City.EnterDriverAsync("d-2");
        await driver.GoAsync("/me/decisions/2017-000001");
        await driver.SubmitFileAsync("object", "Upload", "photo.jpg", Pictures.Jpeg(), ("Statement", "The road was closed."));
        using var decider = (await City.EnterAsync(SmallCity.Officer)).Browser;
        StringAssert.Contains((await decider.GoAsync($"/bureau/cases/{number}")).Text, "somebody else must rule on the objection");
        using var other = (await City.EnterAsync(SmallCity.Supervisor)).Browser;
        StringAssert.Contains((await other.GoAsync("/bureau")).Html, "data-testid=\"objections\"");
        StringAssert.StartsWith((await other.GoAsync($"/bureau/cases/{number}/objection")).Html, "\uFFFD\uFFFD");
        await other.GoAsync($"/bureau/cases/{number}");
        StringAssert.Contains(other.Text, "The decision stands · August 2017 with 950 points: 3 stars");
        StringAssert.Contains(other.Text, "Dirty cab, or no receipt given (−5) · August 2017 with 995 points: 4 stars");
        StringAssert.Contains(other.Text, "August 2017 with 1,000 points: 4 stars");
        await other.SubmitAsync("rule", ("Ruled.Outcome", "Amended"), ("Ruled.Reason", "The receipt was missing, no more."));
        StringAssert.Contains(other.Text, "Choose what the ruling is");

        await other.SubmitAsync("rule", ("Ruled.Outcome", "Amended"), ("Ruled.Code", "S10"), ("Ruled.Reason", "The receipt was missing, no more."));

        Assert.AreEqual(HttpStatusCode.OK, other.Status);
        StringAssert.Contains(other.Text, "Changed to what costs less");
        StringAssert.Contains((await driver.GoAsync("/me")).Text, "new ruling");
        StringAssert.Contains((await driver.GoAsync("/me/decisions/2017-000001")).Text, "What counts now: Dirty cab, or no receipt given, −5 points.");
        StringAssert.StartsWith((await driver.GoAsync("/me/decisions/2017-000001/ruling.pdf")).Html, "%PDF-1.");
        StringAssert.StartsWith((await driver.GoAsync("/me/decisions/2017-000001/decision.pdf")).Html, "%PDF-1.");
        StringAssert.StartsWith((await other.GoAsync($"/bureau/cases/{number}/ruling.pdf")).Html, "%PDF-1.");
        Assert.DoesNotContain("new ruling", (await driver.GoAsync("/me")).Text);
    }

    [TestMethod]
    public async Task Decision_OfSomebodyElse_IsNotThere()
    {
        await UpheldAsync();
        using var other = await City.EnterDriverAsync("d-3");

        foreach (var path in new[] { "", "/decision.pdf", "/ruling.pdf" })
            Assert.AreEqual(HttpStatusCode.NotFound, (await other.GoAsync($"/me/decisions/2017-000001{path}")).Status);
        Assert.AreEqual(HttpStatusCode.NotFound, (await other.GoAsync("/me/decisions/nonsense")).Status);
        Assert.IsFalse(await City.WithDbAsync(db => db.Services.AnyAsync()));
    }

    [TestMethod]
    public async Task Desk_ServiceAndObjectionOnPaper_AreRecordedOnTheCasesPage()
    {
        var number = await UpheldAsync();
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync($"/bureau/cases/{number}");
        await officer.SubmitAsync("served", ("Had.Means", "Paper"), ("Had.On", "no day"), ("Had.Proof", "Signed."));
        StringAssert.Contains(officer.Text, "what proves it");

        await officer.SubmitAsync("served", ("Had.Means", "Paper"), ("Had.On", "2017-08-15"), ("Had.Proof", "Signed."));
        StringAssert.Contains(officer.Text, "handed over on paper");
        await officer.SubmitAsync("objected", ("Paper.On", "2017-08-15"), ("Paper.Statement", "The road was closed."));

        StringAssert.Contains(officer.Text, "on paper, recorded by officer-a");
        var refused = await City.InContextAsync(
            context => ReadObjectionFile.HandleAsync(number, new(SmallCity.Officer), context, null!, CancellationToken.None));
        Assert.AreEqual("objection-file-none", refused.Refusal?.Code);
    }

    [TestMethod]
    [DataRow("paper.pdf", true)]
    [DataRow("photo.jpg", false)]
    public async Task Answer_WithAFile_IsKeptAndOpenedAtTheDesk(string name, bool isPdf)
    {
        var number = (await City.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString()!;
        Assert.IsNull(await City.InContextAsync(
            context => TaxiCredit.Demo.City.DemoHearing.BeginAsync(number, SmallCity.Supervisor, context, CancellationToken.None)));
        using var driver = await City.EnterDriverAsync("d-2");
        await driver.GoAsync($"/me/notices/{await City.WithDbAsync(db => db.Notices.Select(n => n.Code).SingleAsync())}");

        await driver.SubmitFileAsync("answer", "Upload", name, isPdf ? Pdf : Pictures.Jpeg(), ("Choice", "Traffic"), ("Text", "An accident ahead."));

        StringAssert.Contains(driver.Text, "with a file");
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        StringAssert.StartsWith((await officer.GoAsync($"/bureau/cases/{number}/answers/1")).Html, isPdf ? "%PDF-1.7 what a driver has" : "\uFFFD\uFFFD");
        await driver.SubmitFileAsync("answer", "Upload", "x.pdf", "no picture"u8.ToArray(), ("Choice", "Disputed"), ("Text", ""));
        StringAssert.Contains(driver.Html, "data-testid=\"wrong\"");
    }

    private async Task<string> UpheldAsync()
    {
        var number = (await City.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString()!;
        await City.DecideAsync(number, new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out." });
        return number;
    }
}
