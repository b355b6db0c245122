using System.Security.Cryptography;
using System.Text;
using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Link;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests.Link;

[TestClass]
public sealed class SessionTests
{
    private static readonly string[] Topics = [Message.RatingTopic, Message.ConfigTopic, Message.CmdTopic, Message.AckTopic];

    [TestMethod]
    public void Session_Opened_SubscribesAndSendsItsStateFirst()
    {
        TestCab cab = Online();
        CollectionAssert.AreEqual(Topics, cab.Link.Subscribed);
        Assert.AreEqual(Message.Prefix + "state", cab.Link.Messages[0].Topic);
        Assert.IsTrue(cab.Link.Messages[0].Retain);
        Assert.AreEqual(Base64Url.Encode(Keyring.Derive(TestCab.RootKey, "mqtt", 1)), cab.Link.Password);
    }

    [TestMethod]
    public void Session_Broken_ComesBackWithANewSubscriptionAndState()
    {
        TestCab cab = Online();
        int messages = cab.Link.Messages.Count;
        cab.Link.Break();
        cab.Run(1100);
        Assert.IsTrue(cab.Unit.IsOnline);
        CollectionAssert.AreEqual(Topics, cab.Link.Subscribed);
        Assert.IsTrue(cab.Link.Messages.Skip(messages).Any(m => m.Topic.EndsWith("/state", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Session_BrokerThatNeverAnswers_IsGivenUpAndTriedAgain()
    {
        TestCab cab = OnTheRoad().Start();
        cab.Run(Session.AttemptTimeout - 1);
        Assert.AreEqual(1, cab.Link.Opens);
        cab.Run(1500);
        Assert.AreEqual(2, cab.Link.Opens);
    }

    [TestMethod]
    public void Session_WhoseMessagesVanish_IsGivenUp()
    {
        TestCab cab = Online();
        cab.Link.IsBrokerUp = false;
        cab.Run(Session.DeliveryTimeout + 61000 + Unit.Beat);
        Assert.IsFalse(cab.Unit.IsOnline);
    }

    [TestMethod]
    public void Session_ClientThatGivesUpOnAMessage_IsReplaced()
    {
        TestCab cab = Online();
        int opens = cab.Link.Opens;
        cab.Link.Inbox.Add(LinkReport.Failed, 1, "", null);
        cab.Run(1100);
        Assert.AreEqual(opens + 1, cab.Link.Opens);
    }

    [TestMethod]
    public void Session_ReportsOfAnEarlierAttempt_AreIgnored()
    {
        TestCab cab = Online();
        cab.Link.Inbox.Add(LinkReport.Closed, cab.Link.Attempt - 1, "", null);
        cab.Link.Inbox.Add(LinkReport.Opened, cab.Link.Attempt - 1, "", null);
        cab.Link.Inbox.Add(LinkReport.Denied, cab.Link.Attempt + 1, "", null);
        cab.Run(1);
        Assert.IsTrue(cab.Unit.IsOnline);
    }

    [TestMethod]
    public void Session_OpenedTwice_IsRefusedAndJournalled()
    {
        TestCab cab = Online();
        cab.Link.Inbox.Add(LinkReport.Opened, cab.Link.Attempt, "", null);
        cab.Run(1);
        Assert.IsTrue(cab.Unit.IsOnline);
        Assert.AreEqual(1, cab.Link.Subscriptions, "nothing comes of it");
        CollectionAssert.Contains(cab.Journalled, TestCab.RefusedSignal(SessionTable.Number, SessionTable.Online, SessionTable.Opened));
    }

    [TestMethod]
    public void Session_ReportsOfAConnectionThatHasEnded_DelayNothingAndAreNotJournalled()
    {
        TestCab cab = Online();
        cab.Link.IsBrokerUp = false;
        cab.Link.Break();
        cab.Link.Break();
        cab.Link.Inbox.Add(LinkReport.Failed, 1, "", null);
        cab.Link.Inbox.Add(LinkReport.Opened, cab.Link.Attempt, "", null);
        cab.Run(1);
        Assert.IsFalse(cab.Unit.IsOnline);
        int opens = cab.Link.Opens;
        cab.Run(1000);
        Assert.AreEqual(opens + 1, cab.Link.Opens);
        Assert.DoesNotContain(i => i.Kind == IncidentKind.SignalRefused, cab.Journalled);
    }

    [TestMethod]
    public void Session_DeniedWhileARotationIsOpen_TriesThePasswordBefore()
    {
        TestCab cab = OnTheRoad().Start();
        cab.Unit.Inbound.Receive(Message.ConfigTopic, Message.Config(announced: 2), 0);
        Assert.AreEqual(2, cab.Unit.Keys.Epoch);
        cab.Run(1);
        string first = cab.Link.Password;
        cab.Link.Inbox.Add(LinkReport.Denied, cab.Link.Attempt, "", null);
        cab.Run(1100);
        Assert.AreEqual(cab.Unit.Keys.Password(2), first);
        Assert.AreEqual(cab.Unit.Keys.Password(1), cab.Link.Password);
    }

    [TestMethod]
    public void Session_LostAndRestored_IsJournalledWithItsLength()
    {
        TestCab cab = Online();
        cab.Run(300000);
        Assert.DoesNotContain(i => i.Kind is IncidentKind.LinkLost or IncidentKind.LinkRestored, cab.Journalled);
        cab.Link.IsBrokerUp = false;
        long lost = cab.Now;
        cab.Link.Break();
        cab.Run(40000);
        cab.Link.IsBrokerUp = true;
        while (!cab.Unit.IsOnline) cab.Run(100);
        Assert.ContainsSingle(i => i == (IncidentKind.LinkLost, 0L), cab.Journalled);
        Assert.AreEqual((cab.Now - lost) / 1000, cab.Journalled.Single(i => i.Kind == IncidentKind.LinkRestored).Arg, 1);
    }

    [TestMethod]
    public void State_WithAFloorAndNoClock_SaysThatItHasNone()
    {
        TestCab cab = OnTheRoad();
        cab.Time.Rtc = 0;
        cab.Link.IsBrokerUp = true;
        cab.Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(4));
        cab.Run(100);
        StringAssert.Contains(cab.Link.Messages.Last(m => m.Topic.EndsWith("/state", StringComparison.Ordinal)).Json, "\"at\":0,");
    }

    [TestMethod]
    public void Session_ResetWhileConnecting_IsPutOffByTheNextStart()
    {
        TestCab cab = OnTheRoad().Start();
        cab.Run(1000);
        Assert.AreEqual(1, cab.Link.Opens);
        cab.Restart(ResetCause.Watchdog);
        cab.Run(29000);
        Assert.AreEqual(0, cab.Link.Opens);
        cab.Run(31000);
        Assert.AreEqual(1, cab.Link.Opens);
    }

    /// <summary>Two looks and six conversions a second, and now and then something to do: who is woken more often burns the battery.</summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Loop_WithNothingToDo_IsWokenForNothingElse(bool isBrokerUp)
    {
        TestCab cab = OnTheRoad();
        cab.Link.IsBrokerUp = isBrokerUp;
        cab.Start();
        cab.Run(11000);
        cab.Link.Break();
        cab.Run(5000);
        int before = cab.Ticks;
        cab.Run(60000);
        Assert.IsLessThan(60 * 9, cab.Ticks - before);
    }

    [TestMethod]
    public void State_WithoutAChange_IsSentAtTheHeartbeat()
    {
        TestCab cab = Online();
        cab.Receive(Message.ConfigTopic, Message.Config(heartbeat: 10));
        cab.Run(20);
        cab.Receive(Message.AckTopic, Message.Ack(cab.Unit.Identity.JournalId, cab.Unit.Journal.Newest));
        cab.Run(200);
        int before = States(cab);
        cab.Run(9700);
        Assert.AreEqual(before, States(cab));
        cab.Run(500);
        Assert.AreEqual(before + 1, States(cab));
        Assert.AreEqual(States(cab), cab.Platform.FreeAsked, "which takes a collection each time");
    }

    [TestMethod]
    public void State_IsSignedSaysItsFaultsAndCountsSecondsOfTheStart()
    {
        var cab = new TestCab();
        cab.Time.Rtc = 0;
        cab.Link.IsBrokerUp = true;
        cab.Lights.Break(2, LightFault.Open);
        cab.Start().Settle();
        FakeLink.Sent state = cab.Link.Messages.Last(m => m.Topic.EndsWith("/state", StringComparison.Ordinal));
        byte[] key = HMACSHA256.HashData(TestCab.RootKey, "up|1"u8);
        Assert.AreEqual(Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(state.Json))), Encoding.ASCII.GetString(state.Payload, 0, 64));
        StringAssert.Contains(state.Json, "\"at\":0,");
        StringAssert.Contains(state.Json, "\"faults\":[\"star2-open\"]");
        StringAssert.Contains(state.Json, "\"rssi\":-61,\"up\":1,\"free\":48000,");

        cab.Time.Network = TestCab.Epoch + 5;
        cab.Run(61000);
        StringAssert.Contains(cab.Link.Messages.Last(m => m.Topic.EndsWith("/state", StringComparison.Ordinal)).Json, "\"at\":15148224");
    }

    [TestMethod]
    public void State_AfterARating_IsSentOnceItsLightIsMeasured()
    {
        TestCab cab = Online();
        int before = States(cab);
        cab.Receive(Message.RatingTopic, Message.Rated(4));
        Assert.AreEqual(before, States(cab));
        cab.Run(100);
        Assert.AreEqual(before + 1, States(cab));
        StringAssert.Contains(cab.Link.Messages[^1].Json, "\"display\":\"showing\",\"lit\":\"11111\",\"faults\":[]");
    }

    [TestMethod]
    public void State_DuringASelfTest_IsSentOnceAndOnceAfterIt()
    {
        TestCab cab = Online();
        cab.Sensors.IsIgnitionOn = false;
        cab.Run(4 * Unit.Beat);
        int before = States(cab);
        cab.Receive(Message.CmdTopic, Message.Command("selftest"));
        cab.Run(1200);
        Assert.AreEqual(before + 1, States(cab));
        FakeLink.Sent state = cab.Link.Messages.Last(m => m.Topic.EndsWith("/state", StringComparison.Ordinal));
        StringAssert.Contains(state.Json, "\"display\":\"selftest\",\"lit\":\"00000\"");
        cab.Run(500);
        Assert.AreEqual(before + 2, States(cab));
    }

    /// <summary>A handshake may stop the loop for a minute and more: none is begun while a channel shines alone.</summary>
    [TestMethod]
    public void Session_InASelfTest_IsNotOpened()
    {
        TestCab cab = new TestCab().Start();
        for (int i = 0; i < 149; i++)
        {
            cab.Run(10);
            Assert.AreEqual(0, cab.Link.Opens);
        }

        cab.Run(200);
        Assert.AreEqual(1, cab.Link.Opens);
    }

    [TestMethod]
    public void State_Numbers_RiseWithinAStartAndBeginAgainWithTheNext()
    {
        TestCab cab = Online();
        cab.Receive(Message.RatingTopic, Message.Rated(4));
        string[] states = [.. cab.Link.Messages.Where(m => m.Topic.EndsWith("/state", StringComparison.Ordinal)).Select(m => m.Json)];
        StringAssert.Contains(states[0], "\"boot\":1,\"n\":1,");
        StringAssert.Contains(states[^1], $"\"boot\":1,\"n\":{states.Length},");
        cab.Restart(ResetCause.Power).Settle();
        StringAssert.Contains(cab.Link.Messages[0].Json, "\"boot\":2,\"n\":1,");
    }

    [TestMethod]
    public void Incidents_NotAcknowledged_AreSentAgainLessAndLess()
    {
        TestCab cab = Online();
        cab.Run(3600000);
        int[] batches = [.. cab.Link.Messages.Select((m, i) => (m, i)).Where(x => x.m.Topic.EndsWith("/incidents", StringComparison.Ordinal)).Select(x => x.i)];

        // 10 s doubling up to 300 s: six waits reach 310 s, then one every 300 s.
        Assert.IsTrue(batches.Length is >= 14 and <= 18, $"{batches.Length} batches in an hour");
    }

    [TestMethod]
    public void Incidents_Acknowledged_AreFreedAndTheNextBatchFollowsAtOnce()
    {
        TestCab cab = Online();
        var incident = new Incident { Kind = IncidentKind.Mark };
        for (int i = 0; i < 60; i++) cab.Unit.Journal.Append(incident);
        while (cab.Unit.Journal.Backlog > 0)
        {
            cab.Run(11000);
            FakeLink.Sent batch = cab.Link.Messages.Last(m => m.Topic.EndsWith("/incidents", StringComparison.Ordinal));
            Assert.IsLessThanOrEqualTo(1024, batch.Payload.Length);
            using var document = System.Text.Json.JsonDocument.Parse(batch.Json);
            System.Text.Json.JsonElement list = document.RootElement.GetProperty("list");
            Assert.AreEqual(cab.Unit.Journal.Acknowledged + 1, list[0].GetProperty("seq").GetUInt32());
            cab.Receive(Message.AckTopic, Message.Ack(cab.Unit.Identity.JournalId, list[list.GetArrayLength() - 1].GetProperty("seq").GetUInt32()));
        }
    }

    [TestMethod]
    public void Inbox_Full_IsEmptiedAndTheSessionBeginsAnew()
    {
        TestCab cab = Online();
        int opens = cab.Link.Opens;
        for (int i = 0; i < LinkInbox.Capacity + 1; i++) cab.Link.Deliver("x", []);
        cab.Run(1100);
        Assert.AreEqual(opens + 1, cab.Link.Opens);
        Assert.IsTrue(cab.Unit.IsOnline);
    }

    [TestMethod]
    public void Inbox_Cleared_IsEmptyAndTakesAgain()
    {
        var inbox = new LinkInbox();
        for (int i = 0; i < LinkInbox.Capacity; i++) inbox.Add(LinkReport.Message, i, "x", []);
        inbox.Clear();
        var report = new LinkReport();
        Assert.IsFalse(inbox.TryTake(report));
        inbox.Add(LinkReport.Delivered, 7, "", null);
        Assert.IsTrue(inbox.TryTake(report));
        Assert.AreEqual((LinkReport.Delivered, 7, null), (report.Kind, report.Number, report.Payload));
    }

    [TestMethod]
    [DataRow(LinkInbox.Capacity - 1, LinkReport.Message)]
    [DataRow(LinkInbox.Capacity, LinkReport.Message)]
    [DataRow(LinkInbox.Capacity + 1, LinkReport.Overflowed)]
    public void Inbox_AtItsLimit_KeepsEverythingOrSaysSo(int reports, int firstKind)
    {
        var inbox = new LinkInbox();
        for (int i = 0; i < reports; i++) inbox.Add(LinkReport.Message, i, "x", []);
        var report = new LinkReport();
        Assert.IsTrue(inbox.TryTake(report));
        Assert.AreEqual(firstKind, report.Kind);
        int left = 0;
        while (inbox.TryTake(report)) left++;
        Assert.AreEqual(firstKind == LinkReport.Overflowed ? 0 : reports - 1, left);
    }

    private static int States(TestCab cab) => cab.Link.Messages.Count(m => m.Topic.EndsWith("/state", StringComparison.Ordinal));

    private static TestCab Online()
    {
        TestCab cab = OnTheRoad();
        cab.Link.IsBrokerUp = true;
        cab.Start().Settle();
        Assert.IsTrue(cab.Unit.IsOnline);
        return cab;
    }

    /// <summary>Without a self test, which comes before any attempt to connect.</summary>
    private static TestCab OnTheRoad() => new() { Platform = { ResetCause = ResetCause.Power } };
}
