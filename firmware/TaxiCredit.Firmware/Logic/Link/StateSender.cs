using TaxiCredit.Firmware.Logic.Json;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Link;

/// <summary>Sends the state after every connection, at every change, and when the heartbeat is due.</summary>
internal sealed class StateSender
{
    /// <summary>Minimum time between two states, ms: faster changes are sent once.</summary>
    public const int MinGap = 50;

    private readonly StateReport _report;
    private readonly IPlatform _platform;
    private readonly byte[] _buffer;
    private readonly JsonWriter _json;
    private long _sentAt;
    private long _sentPrint;
    private int _attempt;

    public StateSender(StateReport report, IPlatform platform, byte[] buffer, JsonWriter json)
    {
        _report = report;
        _platform = platform;
        _buffer = buffer;
        _json = json;
    }

    /// <summary>Whether a state has been sent over this connection: nothing else goes first.</summary>
    public bool HasSent(Session session) => _attempt == session.Attempt;

    /// <summary>Sends when it is due; only while online. A change waits until the lights in the report are settled
    /// (<paramref name="isSettled"/>), a heartbeat does not.</summary>
    /// <returns>When it has to be called again, ms.</returns>
    public long Advance(Session session, Topics topics, byte[] key, int heartbeatSeconds, bool isSettled, long uptime)
    {
        long heartbeatDue = _sentAt + (heartbeatSeconds * 1000L);
        bool isNew = _attempt != session.Attempt;
        bool isChanged = isNew || _report.Fingerprint() != _sentPrint;
        bool isDue = isChanged ? isSettled && (isNew || uptime - _sentAt >= MinGap) : uptime >= heartbeatDue;
        if (!isDue) return isChanged && isSettled ? _sentAt + MinGap : heartbeatDue;

        _attempt = session.Attempt;
        _sentAt = uptime;
        _sentPrint = _report.Fingerprint();
        _report.Number++;
        _report.Rssi = _platform.Rssi();
        _report.Free = _platform.FreeBytes();
        _json.Reset();
        _report.Write(_json, topics.State);
        session.Send(topics.State, Envelope.Seal(key, _buffer, _json.Count), true, uptime);
        return uptime + (heartbeatSeconds * 1000L);
    }
}
