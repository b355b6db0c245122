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
        Assert.AreEqual(Recorder.Burst, taken);
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

    private bool Note(int kind, long uptime) => _recorder.Note(kind, 1, uptime);

    private Incident Newest()
    {
        var incident = new Incident();
        Assert.IsTrue(_journal.Read(_journal.Newest, incident));
        return incident;
    }
}
