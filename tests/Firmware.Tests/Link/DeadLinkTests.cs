using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Link;
using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.Link;

/// <summary>There is no state of the link from which nothing leads back.</summary>
[TestClass]
public sealed class DeadLinkTests
{
    private const long Hour = 3600000;

    [TestMethod]
    public void Subscription_NeverGranted_IsGivenUpAfterTenSecondsAndTriedAgain()
    {
        TestCab cab = OnTheRoad();
        cab.Link.Grants = false;
        cab.Start();
        cab.Run(Session.SubscribeTimeout - 1);
        Assert.IsTrue(cab.Unit.IsOnline);
        while (cab.Unit.IsOnline) cab.Run(1);
        Assert.IsLessThan(Session.SubscribeTimeout + 100, cab.Now);
        Assert.IsFalse(cab.Unit.IsOnline);
        cab.Link.Grants = true;
        cab.Run(2000);
        Assert.IsTrue(cab.Unit.IsOnline);
        cab.Run(Session.SubscribeTimeout);
        Assert.IsTrue(cab.Unit.IsOnline);
    }

    /// <summary>A grant that belongs to the connection before says nothing of this one.</summary>
    [TestMethod]
    public void Subscription_GrantedToAnEarlierAttempt_DoesNotCount()
    {
        TestCab cab = OnTheRoad();
        cab.Link.Grants = false;
        cab.Start();
        cab.Run(1000);
        cab.Link.Inbox.Add(LinkReport.Subscribed, cab.Link.Attempt - 1, "", null);
        while (cab.Unit.IsOnline) cab.Run(1);
        Assert.IsLessThan(Session.SubscribeTimeout + 100, cab.Now);
    }

    /// <summary>Deaf connections follow each other; none of them is stable, so that the waits grow as for any other failure.</summary>
    [TestMethod]
    public void Subscription_NeverGranted_BacksOff()
    {
        TestCab cab = OnTheRoad();
        cab.Link.Grants = false;
        cab.Start();
        cab.Run(Hour);
        Assert.IsLessThan(50, cab.Link.Opens);
    }

    [TestMethod]
    public void Link_DeadForSixHours_RestartsTheUnitAndTheNextStartSaysWhy()
    {
        TestCab cab = OnTheRoad();
        cab.Link.IsBrokerUp = false;
        cab.Start();
        cab.Receive(Message.RatingTopic, Message.Rated(4));
        cab.Run(Session.DeadAfter - Unit.Beat - cab.Now);
        Assert.IsFalse(cab.Platform.WantsReboot);
        cab.Run(2 * Unit.Beat);
        Assert.IsTrue(cab.Platform.WantsReboot);

        cab.Restart(ResetCause.Unknown);
        Assert.AreEqual("11111", cab.Lit, "and the light is back with the first instruction");
        Assert.AreEqual((IncidentKind.PowerOn, (long)ResetCause.Link), cab.Journalled[^1]);
        Assert.AreEqual(6, ResetCause.Link);
    }

    /// <summary>Opened again and again, and never for ten seconds: no state ever reaches anybody for long.</summary>
    [TestMethod]
    public void Link_ThatOpensAndBreaks_IsAsDeadAsNone()
    {
        TestCab cab = OnTheRoad().Start();
        while (cab.Now < Session.DeadAfter + (2 * Unit.Beat))
        {
            cab.Run(5000);
            if (cab.Unit.IsOnline) cab.Link.Break();
        }

        Assert.IsTrue(cab.Platform.WantsReboot);
    }

    [TestMethod]
    public void Link_ThatComesBackOnceInSixHours_NeedsNoRestart()
    {
        TestCab cab = OnTheRoad().Start();
        for (int i = 0; i < 5; i++)
        {
            cab.Run(60000);
            Assert.IsTrue(cab.Unit.IsOnline);
            cab.Link.IsBrokerUp = false;
            cab.Link.Break();
            cab.Run(5 * Hour);
            cab.Link.IsBrokerUp = true;
            cab.Run(Unit.LastBackoffCap + 30000);
        }

        Assert.IsFalse(cab.Platform.WantsReboot);
    }

    [TestMethod]
    public void Link_OnlineForDays_NeedsNoRestart()
    {
        TestCab cab = OnTheRoad().Start();
        cab.Run(48 * Hour);
        Assert.IsFalse(cab.Platform.WantsReboot);
    }

    /// <summary>A thread that died, or a worker that never returns and cannot be replaced.</summary>
    [TestMethod]
    public void Worker_ThatIsGone_RestartsTheUnitOnceTenMinutesAreOver()
    {
        TestCab cab = OnTheRoad();
        cab.Link.IsAlive = false;
        cab.Start();
        cab.Run(Session.RestartGap - 1);
        Assert.IsFalse(cab.Platform.WantsReboot);
        cab.Run(2 * Unit.Beat);
        Assert.IsTrue(cab.Platform.WantsReboot);
        cab.Restart(ResetCause.Unknown);
        Assert.AreEqual((IncidentKind.PowerOn, 6L), cab.Journalled[^1]);
    }

    [TestMethod]
    public void Unit_WithoutConfig_HasNoLinkToMiss()
    {
        var cab = new TestCab { Platform = { ResetCause = ResetCause.Power } };
        cab.Link.IsAlive = false;
        cab.Unit.Start(0);
        cab.Run(7 * Hour);
        Assert.IsFalse(cab.Platform.WantsReboot);
    }

    /// <summary>Without a self test, which comes before any attempt to connect.</summary>
    private static TestCab OnTheRoad() => new() { Platform = { ResetCause = ResetCause.Power }, Link = { IsBrokerUp = true } };
}
