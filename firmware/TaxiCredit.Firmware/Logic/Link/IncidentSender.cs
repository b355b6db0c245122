using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Json;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Link;

/// <summary>
/// Sends the journal, one batch at a time from the first incident that is not acknowledged: the next follows when the
/// server has acknowledged it; without an acknowledgement in time the same batch is retried. An acknowledgement by the broker does not count.
/// </summary>
internal sealed class IncidentSender
{
    /// <summary>First wait for an acknowledgement, ms; doubles up to <see cref="LastWait"/>.</summary>
    public const int FirstWait = 10000;
    public const int LastWait = 300000;

    private readonly Journal _journal;
    private readonly JsonWriter _json;
    private readonly byte[] _buffer;
    private readonly Incident _incident = new Incident();
    private int _wait = FirstWait;
    private long _sentAt;
    private uint _sentFrom;
    private int _attempt;

    /// <param name="journal">What to send.</param>
    /// <param name="buffer">Working space of <see cref="Envelope.MaxBytes"/>.</param>
    /// <param name="json">Writer on the buffer, after the envelope's prefix.</param>
    public IncidentSender(Journal journal, byte[] buffer, JsonWriter json)
    {
        _journal = journal;
        _buffer = buffer;
        _json = json;
    }

    /// <summary>Sends what is due; only while online.</summary>
    /// <returns>When it has to be called again, ms.</returns>
    public long Advance(Session session, Topics topics, string journalId, byte[] key, long uptime)
    {
        if (_journal.Backlog == 0) return long.MaxValue;

        uint from = _journal.Acknowledged + 1;
        if (from != _sentFrom || _attempt != session.Attempt) _wait = FirstWait;
        else if (uptime - _sentAt < _wait) return _sentAt + _wait;
        else if (session.WaitFor(uptime) == 0 && _wait < LastWait) _wait = _wait * 2 < LastWait ? _wait * 2 : LastWait;

        long budgeted = session.WaitFor(uptime);
        if (budgeted > 0) return uptime + budgeted;

        byte[]? payload = Compose(topics.Incidents, journalId, from, key);
        if (payload == null) return long.MaxValue;

        _sentFrom = from;
        _sentAt = uptime;
        _attempt = session.Attempt;
        session.Send(topics.Incidents, payload, false, Budget.PerBatch, uptime);
        return _sentAt + _wait;
    }

    /// <summary>A signed batch from <paramref name="from"/> on, as much as fits; null when nothing can be read.</summary>
    private byte[]? Compose(string topic, string journalId, uint from, byte[] key)
    {
        _json.Reset();
        _json.BeginObject();
        _json.Field("v", 1);
        _json.Field("topic", topic);
        _json.Field("journal", journalId);
        _json.BeginArray("list");

        int items = 0;
        for (uint next = from; _journal.Read(next, _incident); next = _incident.Sequence + 1)
        {
            int before = _json.Count;
            Write(_incident);

            // "]}" must fit after it.
            if (_json.Overflowed || Envelope.Prefix + _json.Count + 2 > Envelope.MaxBytes)
            {
                _json.ReturnTo(before);
                break;
            }

            items++;
        }

        if (items == 0) return null;
        _json.EndArray();
        _json.EndObject();
        return Envelope.Seal(key, _buffer, _json.Count);
    }

    private void Write(Incident incident)
    {
        _json.BeginObject();
        _json.Field("seq", incident.Sequence);
        _json.Field("kind", IncidentKind.NameOf(incident.Kind));
        if (incident.IsTimeKnown)
        {
            _json.Field("at", incident.Time);
        }
        else
        {
            _json.Field("boot", incident.Boot);
            _json.Field("up", incident.Time);
        }

        _json.Field("arg", incident.Arg);
        _json.EndObject();
    }
}
