using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Json;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Link;

/// <summary>Sends the unit's state and its incidents when they are due. Both share one buffer.</summary>
internal sealed class Outbound
{
    private readonly StateReport _report;
    private readonly Keyring _keys;
    private readonly SettingsStore _settings;
    private readonly Session _session;
    private readonly StateSender _states;
    private readonly IncidentSender _incidents;

    public Outbound(StateReport report, Journal journal, Keyring keys, SettingsStore settings, Session session, IPlatform platform)
    {
        _report = report;
        _keys = keys;
        _settings = settings;
        _session = session;
        byte[] buffer = new byte[Envelope.MaxBytes];
        var json = new JsonWriter(buffer, Envelope.Prefix);
        _states = new StateSender(report, platform, buffer, json);
        _incidents = new IncidentSender(journal, buffer, json);
    }

    /// <summary>Sends what is due; only while online, and with the report filled in.</summary>
    /// <param name="topics">Topics of the display.</param>
    /// <param name="isSettled">Whether the lights in the report are settled.</param>
    /// <param name="uptime">Monotonic time, ms.</param>
    /// <returns>When it has to be called again, ms.</returns>
    public long Advance(Topics topics, bool isSettled, long uptime)
    {
        byte[] key = _keys.Up;
        long states = _states.Advance(_session, topics, key, _settings.Current.Heartbeat, isSettled, uptime);
        if (!_states.HasSent(_session)) return states;
        long incidents = _incidents.Advance(_session, topics, _report.Journal, key, uptime);
        return states < incidents ? states : incidents;
    }
}
