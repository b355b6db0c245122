using System.Net;
using Dispatch.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.LostProperty;

namespace Dispatch.Tests.LostProperty;

/// <summary>The pages on which a thing finds its owner: passenger, driver and officer, each in a browser of their own.</summary>
[TestClass]
public class LostPagesTests : CityTests
{
    private static readonly (string, string)[] Typed =
    [
        ("Cab", "鲁ＫＴ０００１"), ("Kind", "Phone"), ("Description", "Black, a crack"), ("Day", "2017/8/14"), ("Hour", "9"), ("Contact", "138 0013 8000"),
    ];

    [TestMethod]
    public async Task Thing_FromThePassengersFormToTheMerit_GoesByThePages()
    {
        using var passenger = await new TestBrowser(City).GoAsync("/lost?cab=cab-1");
        await passenger.SubmitAsync("lost", Typed);
        StringAssert.Contains(passenger.Text, "Your request has come in.");
        var receipt = passenger.Path.Split('?')[0];
        using var driver = await City.EnterDriverAsync("d-1");
        await driver.GoAsync("/me");
        StringAssert.Contains(driver.Text, "A passenger asks about something lost in your cab");
        await driver.GoAsync("/me/found");
        Assert.DoesNotContain("crack", driver.Text, "the owner is known by what the drivers are not told");
        await driver.SubmitAsync("answer-l-000001", ("Answer", "no"));
        StringAssert.Contains(driver.Text, "you said: not found");
        await driver.SubmitAsync("answer-l-000001", ("Answer", "yes"), ("Description.l-000001", "A phone"), ("KeptAt.l-000001", ""));
        StringAssert.Contains(driver.Text, "Name in 1 to 200 characters where the owner gets it.");
        await driver.SubmitAsync("answer-l-000001", ("Answer", "yes"), ("Description.l-000001", "A phone"), ("KeptAt.l-000001", "Counter, 9 to 17"));
        StringAssert.Contains(driver.Text, "A passenger may own it");
        Assert.AreEqual("Black, a crack", driver.Read("missed"), "whoever asks is compared with what was registered before");

        await passenger.GoAsync(receipt);
        Assert.AreEqual("Counter, 9 to 17", passenger.Read("kept-at"));
        await driver.SubmitAsync("hand-f-000001", ("Code.f-000001", "1"));
        StringAssert.Contains(driver.Text, "This is not the owner's code.");
        await driver.SubmitAsync("hand-f-000001", ("Code.f-000001", passenger.Read("owner-code")));
        StringAssert.Contains(driver.Text, "Handed over.");

        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync("/bureau/lost");
        await officer.SubmitAsync("merit.f-000001", ("Merit.f-000001", "M02"), ("Verified.f-000001", "By telephone"), ("Yuan.f-000001", "a lot"));
        StringAssert.Contains(officer.Text, "This is no amount in yuan.");
        await officer.SubmitAsync(
            "merit.f-000001", ("Merit.f-000001", "M02"), ("Verified.f-000001", "By telephone"), ("Yuan.f-000001", "￥１，２００．５０"));
        StringAssert.Contains(officer.Text, "The merit is on the desk");
        var merit = await City.WithDbAsync(db => db.Cases.AsNoTracking().SingleAsync());
        Assert.AreEqual(("M02", 120_050L), (merit.Code, merit.PropertyFen));
        await driver.GoAsync("/me/found");
        StringAssert.Contains(driver.Text, "The bureau has recorded a merit of it");
        await passenger.GoAsync(receipt);
        StringAssert.Contains(passenger.Text, "You have it back");
    }

    [TestMethod]
    public async Task Form_WithFaults_KeepsWhatWasTypedAndNamesThem()
    {
        using var passenger = await new TestBrowser(City).GoAsync("/lost");

        await passenger.SubmitAsync("lost", [.. Typed.Where(field => field.Item1 != "Kind"), ("Kind", "")]);
        StringAssert.Contains(passenger.Text, "Choose what it is.");
        StringAssert.Contains(passenger.Html, "value=\"138 0013 8000\"");
        StringAssert.Contains(passenger.Html, "Black, a crack");
        await passenger.SubmitAsync("lost", [.. Typed.Where(field => field.Item1 != "Cab"), ("Cab", "鲁K·T9999")]);
        StringAssert.Contains(passenger.Html, "data-testid=\"wrong-Cab\"");
        await passenger.SubmitAsync("lost", Typed);

        StringAssert.Contains(passenger.Text, "Your request has come in.");
        Assert.AreEqual(1, await City.WithDbAsync(db => db.Set<Loss>().CountAsync()));
    }

    [TestMethod]
    public async Task Receipt_Wrong_IsNotFoundAndARightOneIsWithdrawnOnce()
    {
        using var passenger = new TestBrowser(City);
        await passenger.GoAsync("/lost/0000-0000-0000");
        Assert.AreEqual(HttpStatusCode.NotFound, passenger.Status);
        StringAssert.Contains(passenger.Html, "value=\"0000-0000-0000\"", "it can be put right where it was typed");
        var loss = await City.AskAsync();

        // Typed where reports are followed: a passenger knows one kind of receipt.
        await passenger.GoAsync($"/receipt?code={loss.Receipt.ToUpperInvariant()}");
        StringAssert.Contains(passenger.Text, "The drivers are asked");
        Assert.StartsWith("/lost/", passenger.Path);
        await passenger.SubmitAsync("withdraw");

        StringAssert.Contains(passenger.Text, "You look for it no more");
        Assert.AreEqual(LossStatus.Withdrawn, (await City.StoredAsync(loss)).Status);
    }

    [TestMethod]
    public async Task Desk_WithALateLossAndAThing_JoinsPartsAndPassesOn()
    {
        var loss = await City.AskAsync(LostCity.Phone with { Contact = "138 0013 8000" });
        await City.WithDbAsync(db => db.Set<Loss>().ExecuteUpdateAsync(l => l.SetProperty(one => one.ReceivedAt, DateTimeOffset.UnixEpoch)));
        await City.PostAsync("found", new { actor = "d-1", cab = "cab-1", kind = "phone", description = "Phone", keptAt = "C", foundOn = "2016-08-14" });
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync("/bureau/lost");
        StringAssert.Contains(officer.Text, "The answer was due by");

        await officer.SubmitAsync("reach.l-000001", ("For.l-000001", ""));
        StringAssert.Contains(officer.Text, "State in 1 to 500 characters why you need the contact details.");
        await officer.SubmitAsync("reach.l-000001", ("For.l-000001", "To ask for the colour"));
        Assert.AreEqual("138 0013 8000", officer.Read("contact"));
        await officer.SubmitAsync("match.f-000001", ("Loss.f-000001", loss.Number));
        StringAssert.Contains(officer.Text, "may belong to a passenger");
        await officer.SubmitAsync("hand.f-000001", ("Code.f-000001", "1"));
        StringAssert.Contains(officer.Text, "This is not the owner's code.");
        await officer.SubmitAsync("part.f-000001");
        await officer.SubmitAsync("close.l-000001", ("Reason.l-000001", "Asked everybody"));
        StringAssert.Contains(officer.Text, "Nobody misses anything.");
        await officer.SubmitAsync("pass.f-000001", ("To.f-000001", "Police, 2017-12"));

        StringAssert.Contains(officer.Text, "Nothing waits.");
        Assert.AreEqual((FoundStatus.PassedOn, "Police, 2017-12"), ((await City.ThingAsync()).Status, (await City.ThingAsync()).WentTo));
    }

    /// <summary>Two officers at one thing: the second sees what the first has done, and what was typed.</summary>
    [TestMethod]
    public async Task Officer_WhoComesSecond_ReadsWhatHasChanged()
    {
        await City.PostAsync("found", new { actor = "d-1", cab = "cab-1", kind = "phone", description = "Phone", keptAt = "C", foundOn = "2017-08-14" });
        using var second = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await second.GoAsync("/bureau/lost");
        await City.PostAsync("found/f-000001/passing-on", new { actor = SmallCity.OtherOfficer, to = "Police" });

        await second.SubmitAsync("pass.f-000001", ("To.f-000001", "The company"));

        Assert.AreEqual(HttpStatusCode.Conflict, second.Status);
        StringAssert.Contains(second.Html, "data-testid=\"refused\"");
        StringAssert.Contains(second.Text, "passed on");
    }

    [TestMethod]
    [DataRow("", null)]
    [DataRow("1200", 120_000L)]
    [DataRow("1,200.50 元", 120_050L)]
    [DataRow("0.01", 1L)]
    [DataRow("1000000000", 100_000_000_000L)]
    [DataRow("1000000000.01", -1L)]
    [DataRow("0", -1L)]
    [DataRow("0.001", -1L)]
    [DataRow("-5", -1L)]
    [DataRow("a lot", -1L)]
    public void Yuan_AsPeopleTypeIt_IsFenOrRefused(string typed, long? fen) =>
        Assert.AreEqual(fen, TaxiCredit.Dispatch.Components.LostProperty.Yuan.TryRead(typed, out var read) ? read : -1L);
}
