using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Clock;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Json;
using TaxiCredit.Firmware.Logic.Link;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests.Link;

/// <summary>The session by itself: to the millisecond when it wants to be called again, and what it does then.</summary>
[TestClass]
public sealed class SessionDueTests
{
    private const long Begun = 1000;

    private readonly FakeLink _link = new();
    private readonly Counters _counters;
    private readonly Session _session;
    private readonly Topics _topics = new(TestCab.Id);

    public SessionDueTests()
    {
        var memory = new RamMemory();
        _counters = new Counters(memory, new byte[2000]);
        _counters.Load();
        var journal = new Journal(memory);
        journal.Load(0);
        var keys = new Keyring();
        keys.Set(TestCab.RootKey, 1, true);
        _session = new Session(_link, keys, _counters, new Recorder(journal, _counters, new WallClock()), NoTime(), new Backoff(new FakePlatform(3), 300000));
    }

    [TestMethod]
    public void Session_NotBegun_WantsNothing()
    {
        Assert.AreEqual(long.MaxValue, _session.Advance(Begun));
        Assert.AreEqual(0, _link.Opens);
    }

    [TestMethod]
    public void Session_RefusedFromPowerUpOn_WaitsEverLongerThoughWaitsPassTenSeconds()
    {
        _session.Begin(_topics, Begun);
        long now = Begun;
        long longest = 0;
        for (int attempt = 1; attempt <= 10; attempt++)
        {
            _session.Advance(now);
            _session.Handle(new LinkReport { Kind = LinkReport.Closed, Number = attempt }, now);
            long again = _session.Advance(now);
            longest = Math.Max(longest, again - now);
            _session.Advance(again - 1);
            now = again;
        }

        Assert.AreEqual(10, _link.Opens);
        Assert.IsGreaterThan(128000, longest, "the cap of the eighth wait; one that began anew on the way cannot get there");
    }

    [TestMethod]
    public void Session_Attempt_LastsThirtySecondsAndThenWaits()
    {
        _session.Begin(_topics, Begun);
        Assert.AreEqual(Begun + Session.AttemptTimeout, _session.Advance(Begun));
        Assert.AreEqual(1, _link.Attempt);
        Assert.IsTrue(_counters.IsConnecting);
        Assert.AreEqual(Begun + Session.AttemptTimeout, _session.Advance(Begun + Session.AttemptTimeout - 1));
        Assert.AreEqual(0, _link.Closes);

        long again = _session.Advance(Begun + Session.AttemptTimeout);
        Assert.AreEqual((1, false), (_link.Closes, _counters.IsConnecting));
        Assert.IsTrue(again >= Begun + Session.AttemptTimeout && again <= Begun + Session.AttemptTimeout + Backoff.FirstCap);
        if (again > Begun + Session.AttemptTimeout) Assert.AreEqual(again, _session.Advance(again - 1));
        Assert.AreEqual(1, _link.Opens);
        Assert.AreEqual(again + Session.AttemptTimeout, _session.Advance(again));
        Assert.AreEqual((2, 2), (_link.Opens, _link.Attempt));
    }

    [TestMethod]
    public void Session_Open_ProvesItselfAfterTenSeconds()
    {
        Open(2000);
        Assert.IsFalse(_counters.IsConnecting);
        Assert.AreEqual(2000 + Session.ProvenAfter, _session.Advance(2000));
        Assert.AreEqual(2000 + Session.ProvenAfter, _session.Advance(2000 + Session.ProvenAfter - 1));
        Assert.AreEqual(long.MaxValue, _session.Advance(2000 + Session.ProvenAfter));
    }

    [TestMethod]
    public void Session_MessageWithoutAnAnswer_EndsItAfterAMinute()
    {
        Open(2000);
        Send(2500, 1);
        Assert.AreEqual(12000, _session.Advance(2500), "the proof comes first");
        Send(5000, 2);
        Assert.AreEqual(2500 + Session.DeliveryTimeout, _session.Advance(12000), "the older of the two counts");
        _session.Advance(2500 + Session.DeliveryTimeout - 1);
        Assert.IsTrue(_session.IsOnline);
        _session.Advance(2500 + Session.DeliveryTimeout);
        Assert.AreEqual((false, 1), (_session.IsOnline, _link.Closes));
    }

    [TestMethod]
    public void Session_AnswerToAnOlderMessage_BeginsTheMinuteAgainAndToTheNewestEndsIt()
    {
        Open(2000);
        _session.Advance(12000);
        Send(20000, 1);
        Send(20001, 2);
        Report(LinkReport.Delivered, 1, 50000);
        Assert.AreEqual(50000 + Session.DeliveryTimeout, _session.Advance(50000));
        Report(LinkReport.Delivered, 2, 60000);
        Assert.AreEqual(long.MaxValue, _session.Advance(60000));
        Send(70000, 3);
        Assert.AreEqual(70000 + Session.DeliveryTimeout, _session.Advance(70000));
    }

    /// <summary>The threads of a client overtake each other: a connection whose messages have all arrived was ended a minute later.</summary>
    [TestMethod]
    public void Session_AnswerToAnOlderMessageAfterTheNewest_ChangesNothing()
    {
        Open(2000);
        _session.Advance(12000);
        Send(20000, 1);
        Send(20001, 2);
        Report(LinkReport.Delivered, 2, 50000);
        Assert.AreEqual(long.MaxValue, _session.Advance(50000));
        Report(LinkReport.Delivered, 1, 50001);
        Assert.AreEqual(long.MaxValue, _session.Advance(50001));
        _session.Advance(50001 + Session.DeliveryTimeout);
        Assert.AreEqual((true, 0), (_session.IsOnline, _link.Closes));
    }

    [TestMethod]
    public void Session_ThatHasProvenItself_ComesBackWithinASecond()
    {
        long now = Fail(9);
        Open(now);
        _session.Advance(now + Session.ProvenAfter);
        Report(LinkReport.Closed, _link.Attempt, now + 20000);
        Assert.IsLessThanOrEqualTo(now + 20000 + Backoff.FirstCap, _session.Advance(now + 20000));
    }

    [TestMethod]
    public void Session_ThatBreaksBeforeItsProof_WaitsOnTheLongTerms()
    {
        long now = Fail(9);
        Open(now);
        _session.Advance(now + Session.ProvenAfter - 1);
        now += Session.ProvenAfter;
        Report(LinkReport.Closed, _link.Attempt, now - 1);
        Assert.IsGreaterThan(now + Backoff.FirstCap, _session.Advance(now - 1), "this seed's wait of up to five minutes");
    }

    [TestMethod]
    public void Session_AttemptsThatNeverEnd_ProveNothing()
    {
        _session.Begin(_topics, Begun);
        long now = Begun;
        for (int i = 0; i < 9; i++)
        {
            _session.Advance(now);
            _session.Advance(now + 15000);
            now = _session.Advance(now + Session.AttemptTimeout);
        }

        long begun = now;
        _session.Advance(now);
        now = _session.Advance(now + Session.AttemptTimeout);
        Assert.IsGreaterThan(begun + Session.AttemptTimeout + Backoff.FirstCap, now, "this seed's wait of up to five minutes");
    }

    [TestMethod]
    [DataRow(true, ResetCause.Watchdog, 4, 5)]
    [DataRow(true, ResetCause.Power, 4, 0)]
    [DataRow(false, ResetCause.Watchdog, 4, 0)]
    [DataRow(false, ResetCause.Software, 0, 0)]
    public void Stall_OnlyAWatchdogsResetWhileConnecting_Counts(bool wasConnecting, int cause, int before, int after)
    {
        _counters.IsConnecting = wasConnecting;
        _counters.Stalls = before;
        Session.CountStall(_counters, cause);
        Assert.AreEqual((after, false), (_counters.Stalls, _counters.IsConnecting));
    }

    [TestMethod]
    public void Stall_BeforeTheStart_PutsTheAttemptOffAndAConnectionForgetsIt()
    {
        _counters.Stalls = 1;
        _session.Begin(_topics, Begun);
        long due = _session.Advance(Begun);
        Assert.IsTrue(due >= Begun + (Backoff.FirstStallCap / 2) && due <= Begun + Backoff.FirstStallCap, $"{due}");
        Assert.AreEqual(0, _link.Opens);
        _session.Advance(due);
        Report(LinkReport.Opened, 1, due + 10);
        Report(LinkReport.Subscribed, 1, due + 10);
        Assert.AreEqual(0, _counters.Stalls);
    }

    [TestMethod]
    public void Password_DeniedAgainAndAgain_AlternatesOnlyWhileARotationIsOpen()
    {
        var memory = new RamMemory();
        var keys = new Keyring();
        keys.Set(TestCab.RootKey, 5, false);
        var counters = new Counters(memory, new byte[2000]);
        counters.Load();
        counters.ConfirmedEpoch = 4;
        var recorder = new Recorder(new Journal(memory), counters, new WallClock());
        var session = new Session(_link, keys, counters, recorder, NoTime(), new Backoff(new FakePlatform(3), 1000));
        session.Begin(_topics, 0);
        long now = 0;
        foreach (int epoch in new[] { 5, 4, 5, 4 })
        {
            session.Advance(now);
            Assert.AreEqual(keys.Password(epoch), _link.Password);
            session.Handle(new LinkReport { Kind = LinkReport.Denied, Number = _link.Attempt }, now);
            now = session.Advance(now);
        }

        keys.Confirm();
        for (int i = 0; i < 2; i++)
        {
            session.Advance(now);
            session.Handle(new LinkReport { Kind = LinkReport.Denied, Number = _link.Attempt }, now);
            now = session.Advance(now);
            session.Advance(now);
            Assert.AreEqual(keys.Password(5), _link.Password);
        }
    }

    [TestMethod]
    public void State_WhenItIsSent_FollowsChangeGapAndHeartbeat()
    {
        Open(2000);
        var report = new StateReport();
        byte[] buffer = new byte[1024];
        var sender = new StateSender(report, new TimeQuestion(KeysOf(1)), new FakePlatform(1), buffer, new JsonWriter(buffer, Envelope.Prefix));
        long Advance(long now, bool isSettled = true) => sender.Advance(_session, _topics, TestCab.RootKey, 60, isSettled, now);

        Advance(2000, isSettled: false);
        Assert.IsEmpty(_link.Messages, "not before the lights are known");
        Assert.AreEqual(62000, Advance(2000));
        Assert.HasCount(1, _link.Messages);

        report.Lit = 3;
        Assert.AreEqual(2050, Advance(2049));
        Assert.HasCount(1, _link.Messages);
        Assert.AreEqual(62000, Advance(2050, isSettled: false));
        Assert.AreEqual(62050, Advance(2050));
        Assert.HasCount(2, _link.Messages);

        Assert.AreEqual(62050, Advance(62049));
        Assert.HasCount(2, _link.Messages);
        Advance(62050, isSettled: false);
        Assert.HasCount(3, _link.Messages, "a heartbeat waits for nothing");
        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, _link.Messages.Select(m => m.Id).ToArray());
        for (int i = 0; i < 3; i++)
        {
            using var json = System.Text.Json.JsonDocument.Parse(_link.Messages[i].Json);
            Assert.AreEqual(i + 1, json.RootElement.GetProperty("n").GetInt32());
        }
    }

    private static SystemClock NoTime() => new(new WallClock(), new FixedTime());

    private static Keyring KeysOf(int epoch)
    {
        var keys = new Keyring();
        keys.Set(TestCab.RootKey, epoch, true);
        return keys;
    }

    private void Open(long now)
    {
        if (_link.Opens == 0)
        {
            _session.Begin(_topics, now);
            _session.Advance(now);
        }

        Report(LinkReport.Opened, _link.Attempt, now);
        Report(LinkReport.Subscribed, _link.Attempt, now);
        Assert.IsTrue(_session.IsOnline);
    }

    /// <summary>So many attempts fail.</summary>
    /// <returns>When the next has been begun.</returns>
    private long Fail(int times)
    {
        long now = Begun;
        _session.Begin(_topics, now);
        _session.Advance(now);
        for (int i = 0; i < times; i++)
        {
            Report(LinkReport.Closed, _link.Attempt, now);
            now = _session.Advance(now);
            _session.Advance(now);
        }

        return now;
    }

    private void Send(long now, int id)
    {
        _session.Send(_topics.State, [], true, 0, now);
        Assert.AreEqual(id, _link.Messages[^1].Id);
    }

    private void Report(int kind, int number, long now) => _session.Handle(new LinkReport { Kind = kind, Number = number }, now);
}
