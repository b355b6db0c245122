using TaxiCredit.Firmware.Logic.Clock;
using TaxiCredit.Firmware.Logic.Json;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Link;

/// <summary>Sends the state after every connection, at every change, and when the heartbeat is due.</summary>
internal sealed class StateSender
{
    /// <summary>Minimum time between two states, ms: faster changes are sent once.</summary>
    public const int MinGap = 50;

    /// <summary>
    /// Keep-alive of the connection, s. Longer than the usual heartbeat, so that no pings are paid for beside the states; the broker tells a vanished unit's
    /// last will after one and a half.
    /// </summary>
    public const ushort KeepAlive = 180;

    private readonly StateReport _report;
    private readonly IPlatform _platform;
    private readonly TimeQuestion _question;
    private readonly byte[] _buffer;
    private readonly JsonWriter _json;
    private long _sentAt;
    private long _sentPrint;
    private int _attempt;

    public StateSender(StateReport report, TimeQuestion question, IPlatform platform, byte[] buffer, JsonWriter json)
    {
        _report = report;
        _question = question;
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
        long wait = isNew ? 0 : session.WaitFor(uptime);
        bool isDue = isChanged && wait == 0 ? isSettled && (isNew || uptime - _sentAt >= MinGap) : uptime >= heartbeatDue;
        if (!isDue && isChanged && wait > 0) return uptime + wait < heartbeatDue ? uptime + wait : heartbeatDue;
        if (!isDue) return isChanged && isSettled ? _sentAt + MinGap : heartbeatDue;

        _attempt = session.Attempt;
        _sentAt = uptime;
        _sentPrint = _report.Fingerprint();
        _report.Number++;
        _report.Nonce = _question.Ask(_report.Journal, _report.Boot, uptime);
        _report.Rssi = _platform.Rssi();
        _report.Free = _platform.FreeBytes();
        _json.Reset();
        _report.Write(_json, topics.State);
        session.Send(topics.State, Envelope.Seal(key, _buffer, _json.Count), true, Budget.PerMessage, uptime);
        return uptime + (heartbeatSeconds * 1000L);
    }
}
