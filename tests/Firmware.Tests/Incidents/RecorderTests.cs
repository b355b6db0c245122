using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Clock;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Link;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.Incidents;

[TestClass]
public sealed class RecorderTests
{
    private readonly Journal _journal;
    private readonly WallClock _clock = new();
    private readonly Recorder _recorder;

    public RecorderTests()
    {
        var memory = new RamMemory();
        _journal = new Journal(memory);
        _journal.Load(0);
        _recorder = new Recorder(_journal, new Counters(memory, new byte[2000]) { Boot = 7 }, _clock);
    }

    [TestMethod]
    public void Recorder_OfOneKind_TakesABurstAndThenOneForEachRefill()
    {
        for (int i = 0; i < Recorder.Burst; i++) Assert.IsTrue(Note(IncidentKind.Tamper, 1000), $"{i}");
        Assert.IsFalse(Note(IncidentKind.Tamper, 1000));
        Assert.IsTrue(Note(IncidentKind.Mark, 1000), "another kind has its own");

        Assert.IsFalse(Note(IncidentKind.Tamper, 1000 + Recorder.Refill - 1));
        Assert.IsTrue(Note(IncidentKind.Tamper, 1000 + Recorder.Refill));
        Assert.IsFalse(Note(IncidentKind.Tamper, 1000 + Recorder.Refill + 1));
    }

    [TestMethod]
    public void Recorder_AfterALongRest_TakesABurstAgainAndNoMore()
    {
        for (int i = 0; i < 20; i++) Note(IncidentKind.Tamper, 0);
        long later = 100L * Recorder.Refill;
        int taken = 0;
        for (int i = 0; i < 20; i++) taken += Note(IncidentKind.Tamper, later) ? 1 : 0;
        Assert.AreEqual(Recorder.Burst - 1, taken, "one place tells how many were left out before");
    }

    [TestMethod]
    public void Recorder_WithoutAClock_DatesByStartAndUptime()
    {
        Note(IncidentKind.Mark, 65999);
        Incident incident = Newest();
        Assert.AreEqual((false, 65L, 7u), (incident.IsTimeKnown, incident.Time, incident.Boot));
    }

    [TestMethod]
    public void Recorder_WithAClock_DatesByIt()
    {
        _clock.TryOffer(TestCab.Epoch, ClockSource.Chip, 0, out _);
        Note(IncidentKind.Mark, 65999);
        Incident incident = Newest();
        Assert.AreEqual((true, TestCab.Epoch + 65), (incident.IsTimeKnown, incident.Time));
    }

    [TestMethod]
    [DataRow(5, true)]
    [DataRow(6, false)]
    [DataRow(7, false)]
    public void Recorder_OfStartsInARow_StopsAtSix(int before, bool isTaken)
    {
        for (int i = 0; i < before; i++) _recorder.NoteStart(ResetCause.BrownOut, 0);
        uint newest = _journal.Newest;
        _recorder.NoteStart(ResetCause.BrownOut, 0);
        Assert.AreEqual(isTaken, _journal.Newest > newest);
    }

    [TestMethod]
    public void Recorder_OfStartsWithSomethingBetween_GoesOn()
    {
        for (int i = 0; i < 6; i++) _recorder.NoteStart(ResetCause.BrownOut, 0);
        Note(IncidentKind.Mark, 0);
        uint newest = _journal.Newest;
        _recorder.NoteStart(ResetCause.BrownOut, 0);
        Assert.AreEqual(newest + 1, _journal.Newest);
    }

    [TestMethod]
    public void Recorder_OfStartsThatTheServerHas_GoesOn()
    {
        for (int i = 0; i < 6; i++) _recorder.NoteStart(ResetCause.BrownOut, 0);
        Assert.IsTrue(_journal.TryAcknowledge(1));
        _recorder.NoteStart(ResetCause.BrownOut, 0);
        Assert.AreEqual(7u, _journal.Newest);
        _recorder.NoteStart(ResetCause.BrownOut, 0);
        Assert.AreEqual(7u, _journal.Newest, "six are not acknowledged");
    }

    [TestMethod]
    [DataRow(IncidentKind.PowerFail, false)]
    [DataRow(IncidentKind.SelfTest, false)]
    [DataRow(IncidentKind.LightFault, true)]
    public void Recorder_WithEnoughStarts_TakesOnlyWhatDoesNotBelongToOne(int kind, bool isTaken)
    {
        for (int i = 0; i < 7; i++) _recorder.NoteStart(ResetCause.BrownOut, 0);
        Assert.AreEqual(isTaken, Note(kind, 0));
        Assert.AreEqual(isTaken, Note(IncidentKind.PowerFail, 0), "whatever happened in between");
    }

    [TestMethod]
    [DataRow(DisplayTable.Number, DisplayState.SelfTest, Signal.Test, 115L)]
    [DataRow(DisplayTable.Number, DisplayState.Off, Signal.Test, 185L)]
    [DataRow(SessionTable.Number, SessionTable.Online, SessionTable.Opened, 221L)]
    public void RefusedSignal_OfATable_IsJournalledByTheNumberOfTheProtocol(int table, int state, int signal, long arg)
    {
        _recorder.NoteRefusedSignal(table, state, signal, 0);
        Incident incident = Newest();
        Assert.AreEqual((IncidentKind.SignalRefused, arg), (incident.Kind, incident.Arg));
    }

    /// <summary>A contact that chatters twice a second for a week: how often is told, and the memory of it is bounded.</summary>
    [TestMethod]
    public void Recorder_OfAContactThatChattersForAWeek_TellsHowOften()
    {
        const int beats = 7 * 86400 * 2;
        int noted = 0;
        for (int beat = 0; beat < beats; beat++)
        {
            long now = beat * 500L;
            if (Note(IncidentKind.Tamper, now)) noted++;
            _recorder.Tell(now);
            _journal.TryAcknowledge(_journal.Newest);
        }

        long told = 0;
        int tellings = 0;
        var incident = new Incident();
        for (uint sequence = 1; sequence <= _journal.Newest; sequence++)
        {
            if (!_journal.Read(sequence, incident) || incident.Kind != IncidentKind.Limited) continue;
            Assert.AreEqual(90, incident.Arg / 1000000, "tamper, channel 0");
            told += incident.Arg % 1000000;
            tellings++;
        }

        Assert.IsLessThanOrEqualTo(8u + (7 * 144) + 2, _journal.Newest);
        Assert.AreEqual(2399, told / tellings, 5, "twenty minutes at two a second, one of them journalled");
        Assert.IsGreaterThan(7, noted);
    }

    /// <summary>What happens often stops short of the reserve; an opened case and a broken light still find their places.</summary>
    [TestMethod]
    [DataRow(IncidentKind.Tamper, true)]
    [DataRow(IncidentKind.LightFault, true)]
    [DataRow(IncidentKind.LightRecovered, true)]
    [DataRow(IncidentKind.Mark, false)]
    [DataRow(IncidentKind.PowerOn, false)]
    public void Recorder_WithTheJournalButForItsReserveFull_TakesEvidenceOnly(int kind, bool isTaken)
    {
        const int ordinary = 102 - 32;
        Fill(ordinary - 1);
        Assert.IsTrue(Note(IncidentKind.Command, 0), "the last but the reserve");
        Assert.AreEqual(isTaken, Note(kind, 0));
        Assert.AreEqual((uint)ordinary + (isTaken ? 1u : 0u), _journal.Newest);
    }

    /// <summary>Everything that can chatter does, for a week without a server: the first opening is still there.</summary>
    [TestMethod]
    public void Recorder_FloodedForAWeekWithoutAServer_KeepsTheEvidence()
    {
        for (int hour = 0; hour < 24; hour++) Flood(hour * 3600000L);
        Assert.IsTrue(Note(IncidentKind.Tamper, 24 * 3600000L));
        uint opened = _journal.Newest;
        for (int hour = 24; hour < 168; hour++) Flood(hour * 3600000L);
        var incident = new Incident();
        Assert.IsTrue(_journal.Read(opened, incident));
        Assert.AreEqual((IncidentKind.Tamper, opened), (incident.Kind, incident.Sequence));

        // The server is back: what was left out is told.
        Assert.IsTrue(_journal.TryAcknowledge(_journal.Newest));
        _recorder.Tell(169 * 3600000L);
        Assert.AreEqual(IncidentKind.Limited, Newest().Kind);
    }

    [TestMethod]
    public void Recorder_OfALightThatFlickers_TellsWhichOne()
    {
        for (int i = 0; i < Recorder.Burst + 5; i++) _recorder.NoteLight(IncidentKind.LightRecovered, 3, 32, 0);
        _recorder.Tell(Recorder.Refill - 1);
        Assert.AreEqual(IncidentKind.LightRecovered, Newest().Kind);
        _recorder.Tell(Recorder.Refill);
        Assert.AreEqual((IncidentKind.Limited, 83000005L), (Newest().Kind, Newest().Arg));
        uint newest = _journal.Newest;
        _recorder.Tell(Recorder.Refill * 9L);
        Assert.AreEqual(newest, _journal.Newest, "told once");
    }

    private void Flood(long now)
    {
        foreach (int kind in new[] { IncidentKind.VoltageLow, IncidentKind.Mark, IncidentKind.LinkLost, IncidentKind.LinkRestored, IncidentKind.Thermometer })
        {
            for (int i = 0; i < 12; i++) Note(kind, now);
            _recorder.Tell(now);
        }
    }

    private void Fill(int count)
    {
        var mark = new Incident { Kind = IncidentKind.Mark };
        for (int i = 0; i < count; i++) _journal.Append(mark);
    }

    private bool Note(int kind, long uptime) => _recorder.Note(kind, 1, uptime);

    private Incident Newest()
    {
        var incident = new Incident();
        Assert.IsTrue(_journal.Read(_journal.Newest, incident));
        return incident;
    }
}
