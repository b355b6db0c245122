using TaxiCredit.Firmware.Logic.Json;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Ratings;

namespace TaxiCredit.Firmware.Logic.Link;

/// <summary>Gathers what the unit has to say, and says it when it is time: its state, and its incidents. Both share one buffer.</summary>
internal sealed class Outbound
{
    private readonly Unit _unit;
    private readonly Session _session;
    private readonly StateReport _report = new StateReport();
    private readonly StateSender _states;
    private readonly IncidentSender _incidents;

    public Outbound(Unit unit, IPlatform platform, Session session)
    {
        _unit = unit;
        _session = session;
        byte[] buffer = new byte[Envelope.MostBytes];
        var json = new JsonWriter(buffer, Envelope.Prefix);
        _states = new StateSender(_report, platform, buffer, json);
        _incidents = new IncidentSender(unit.Journal, buffer, json);
    }

    /// <summary>Sends what is due; only while online.</summary>
    /// <returns>When it has to be called again, ms.</returns>
    public long Advance(long uptime)
    {
        Topics topics = _unit.Topics!;
        byte[] key = _unit.Keys.Up;
        Fill(uptime);
        long states = _states.Advance(_session, topics, key, _unit.Settings.Current.Heartbeat, _unit.Panel.Check.IsSettled, uptime);
        long incidents = _incidents.Advance(_session, topics, _unit.Identity.JournalId, key, uptime);
        return states < incidents ? states : incidents;
    }

    private void Fill(long uptime)
    {
        _report.At = _unit.Clock.IsKnown ? _unit.Clock.Best(uptime) : 0;
        _report.Journal = _unit.Identity.JournalId;
        _report.Boot = _unit.Counters.Boot;
        _report.Rev = _unit.Ratings.Rev;
        _report.ConfigRev = _unit.Settings.Rev;
        _report.CmdRev = _unit.Counters.CmdRev;
        _report.Epoch = _unit.Keys.Epoch;
        _report.Display = _unit.Panel.State;
        _report.Lit = _unit.Panel.Check.Lit;
        _report.CopyFaults(_unit.Panel.Check);
        _report.IsTampered = _unit.Watch.IsTampered;
        _report.IsStorageFaulty = _unit.IsStorageFaulty;
        _report.IsVoltageWrong = _unit.Watch.IsVoltageWrong;
        _report.IsHot = _unit.Watch.IsHot;
        _report.IsThermometerDead = _unit.Watch.IsThermometerDead;
        _report.Battery = _unit.Watch.Battery;
        _report.Up = uptime / 1000;
        _report.Backlog = _unit.Journal.Backlog;
    }
}
