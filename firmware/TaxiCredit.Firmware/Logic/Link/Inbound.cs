using TaxiCredit.Firmware.Logic.Commands;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Ratings;

namespace TaxiCredit.Firmware.Logic.Link;

/// <summary>Takes each message from the server to the desk of its topic, and journals what is refused.</summary>
internal sealed class Inbound
{
    private readonly Unit _unit;
    private readonly Board _board;

    public Inbound(Unit unit, Board board)
    {
        _unit = unit;
        _board = board;
    }

    /// <summary>Messages refused since the start.</summary>
    public int Refused { get; private set; }

    /// <returns>A <see cref="Refusal"/> or 0.</returns>
    public int Receive(string topic, byte[] payload, long uptime)
    {
        int refusal = _unit.Gate.Admit(payload, topic);
        if (refusal == Refusal.None)
        {
            _unit.Clock.Raise(_unit.Gate.Now, uptime);
            if (_unit.Gate.Epoch == _unit.Keys.Epoch && !_unit.Keys.Confirmed) KeepEpoch(true);
            refusal = Deliver(topic, payload, uptime);
        }

        if (refusal == Refusal.None) return refusal;

        Refused++;
        int kind = RefusalKind(topic);
        if (kind != 0) _unit.Recorder.Note(kind, refusal, uptime);
        return refusal;
    }

    private int Deliver(string topic, byte[] payload, long uptime)
    {
        Topics topics = _unit.Topics!;
        if (topic == topics.Rating) return TakeRating(payload, uptime);
        if (topic == topics.Config) return TakeConfig(payload);
        if (topic == topics.Cmd) return TakeCommand(uptime);
        if (topic == topics.Ack) return AckMessage.Receive(_unit.Gate.Reader, _unit.Identity.JournalId, _unit.Journal, _unit.Counters);
        return Refusal.Topic;
    }

    private int RefusalKind(string topic)
    {
        Topics topics = _unit.Topics!;
        if (topic == topics.Rating) return IncidentKind.RatingRefused;
        if (topic == topics.Config) return IncidentKind.ConfigRefused;

        // Refused acknowledgements are only counted: to journal them would need another acknowledgement.
        return topic == topics.Cmd ? IncidentKind.CmdRefused : 0;
    }

    private int TakeRating(byte[] payload, long uptime)
    {
        long before = _unit.Ratings.Rev;
        int refusal = _unit.Ratings.Receive(payload, _unit.Clock, uptime);
        if (_unit.Ratings.Rev != before) _unit.Recorder.Note(IncidentKind.RatingShown, _unit.Ratings.Rev, uptime);
        return refusal;
    }

    private int TakeConfig(byte[] payload)
    {
        int refusal = _unit.Settings.Receive(payload, out bool changed);
        if (!changed) return refusal;

        if (_unit.Settings.Current.Epoch > _unit.Keys.Epoch) KeepEpoch(false);
        _unit.UseSettings();
        return refusal;
    }

    private void KeepEpoch(bool confirm)
    {
        if (confirm) _unit.Keys.Confirm();
        else _unit.Keys.Advance();
        _unit.Counters.Epoch = _unit.Keys.Epoch;
        _unit.Counters.IsEpochConfirmed = _unit.Keys.Confirmed;
        _unit.Counters.Store();
    }

    private int TakeCommand(long uptime)
    {
        int refusal = _unit.Commands.Receive(uptime, out int command);
        if (command == 0) return refusal;

        _unit.Recorder.Note(IncidentKind.Command, _unit.Counters.CmdRev, uptime);
        switch (command)
        {
            case CommandDesk.SelfTest:
                _unit.Panel.BeginTest(uptime);
                break;
            case CommandDesk.Identify:
                _unit.Panel.BeginIdentify(uptime);
                break;
            default:
                _unit.NoteReset();
                _board.Platform.Reboot();
                break;
        }

        return refusal;
    }
}
