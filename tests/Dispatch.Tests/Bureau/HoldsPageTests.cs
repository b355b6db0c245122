using System.Net;
using Dispatch.Tests.Accounts;
using TaxiCredit.Dispatch.Features.Holds;

namespace Dispatch.Tests.Bureau;

[TestClass]
public class HoldsPageTests : CityTests
{
    [TestMethod]
    public async Task Hold_DecidedWithAReason_ContinuesAndStaysOnRecord()
    {
        await HoldAsync(HoldCause.LogBehind);
        using var supervisor = (await City.EnterAsync(SmallCity.Supervisor)).Browser;
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        StringAssert.Contains((await supervisor.GoAsync("/bureau")).Text, "Publishing to the whole city is held.");

        StringAssert.Contains((await officer.GoAsync("/bureau/holds")).Text, "an older backup was restored");
        Assert.DoesNotContain("Reason.1", officer.Html, "only a supervisor decides");
        await supervisor.GoAsync("/bureau/holds");
        await supervisor.SubmitAsync("hold-1", ("Reason.1", "too short"));
        StringAssert.Contains(supervisor.Html, "id=\"reason-1-fault\"");
        await supervisor.SubmitAsync("hold-1", ("Reason.1", "The backup of Monday is the newest."));

        StringAssert.Contains(supervisor.Text, "The backup of Monday is the newest.");
        Assert.DoesNotContain("Reason.1", supervisor.Html);
        Assert.DoesNotContain("is held", (await supervisor.GoAsync("/bureau")).Text);
        Assert.IsEmpty(await City.WithDbAsync(db => PublishingHolds.OpenAsync(db, CancellationToken.None)));
    }

    [TestMethod]
    public async Task Hold_DecidedByAnotherMeanwhile_SaysSo()
    {
        await HoldAsync(HoldCause.ClockRanBack);
        using var late = (await City.EnterAsync(SmallCity.Supervisor)).Browser;
        await late.GoAsync("/bureau/holds");
        await City.PostAsync("holds/1/decision", new { actor = SmallCity.Supervisor, reason = "The clock was wrong." });

        await late.SubmitAsync("hold-1", ("Reason.1", "The clock was wrong, I say."));

        Assert.AreEqual(HttpStatusCode.Conflict, late.Status);
        StringAssert.Contains(late.Text, "Someone has decided this already.");
        StringAssert.Contains(late.Text, "The clock was wrong, I say.");
    }

    [TestMethod]
    public async Task Hold_ForChangedHistory_OffersNoDecision()
    {
        await HoldAsync(HoldCause.LogChanged);
        using var supervisor = (await City.EnterAsync(SmallCity.Supervisor)).Browser;

        StringAssert.Contains((await supervisor.GoAsync("/bureau/holds")).Text, "This cannot be decided away.");
        Assert.DoesNotContain("Reason.1", supervisor.Html);
    }

    private Task<int> HoldAsync(HoldCause cause) => City.WithDbAsync(async db =>
    {
        var since = DateTimeOffset.UnixEpoch;
        db.PublishingHolds.Add(new PublishingHold { Cause = cause, Evidence = "42 leaves", Since = since, EvidenceAt = since });
        return await db.SaveChangesAsync();
    });
}
