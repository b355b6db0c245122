using TaxiCredit.Firmware.Logic.Clock;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Link;

/// <summary>Keeps a connection to the broker: attempts, the waits between them, and the detection of dead connections.</summary>
internal sealed class Session
{
    /// <summary>An attempt that has neither opened nor failed by then is abandoned, ms.</summary>
    public const int AttemptTimeout = 30000;

    /// <summary>A connection that lasts this long has proven stable, ms.</summary>
    public const int ProvenAfter = 10000;

    /// <summary>A unit that lost its epoch waits so long for the next one, and then begins again, ms.</summary>
    public const int LostTimeout = 60000;

    /// <summary>Of so many denials in a row, one more attempt is made without an epoch. A broker may deny for other reasons, and each costs an epoch.</summary>
    public const int DenialsUntilLost = 7;

    /// <summary>The same for a unit that has heard nothing under its memory: new, or without the memory that it had.</summary>
    public const int DenialsUntilNew = 2;

    /// <summary>The broker must acknowledge a message within this time, ms: twice the keepalive, after which the client itself gives up.</summary>
    public const int DeliveryTimeout = 60000;

    /// <summary>The broker must grant the subscriptions within this time, ms: without them nothing is ever received.</summary>
    public const int SubscribeTimeout = 10000;

    /// <summary>So long without one stable connection, and the unit restarts, ms: whatever hangs in the platform begins anew.</summary>
    public const long DeadAfter = 6 * 3600000L;

    /// <summary>A link that cannot carry out attempts any more costs a restart at once, but none sooner after a start than this, ms.</summary>
    public const int RestartGap = 600000;

    private readonly ILink _link;
    private readonly Keyring _keys;
    private readonly Counters _counters;
    private readonly Recorder _recorder;
    private readonly SystemClock _system;
    private readonly Backoff _backoff;
    private readonly Budget _budget = new Budget();
    private Topics? _topics;
    private int _state = SessionTable.Waiting;
    private long _since;
    private long _attemptDue;
    private long _lostAt = -1;
    private long _aliveAt;
    private bool _isSubscribed;
    private bool _isProven;
    private int _denials;
    private int _epochAtConnect;
    private int _attempt;
    private int _message;
    private long _undeliveredSince = -1;

    public Session(ILink link, Keyring keys, Counters counters, Recorder recorder, SystemClock system, Backoff backoff)
    {
        _link = link;
        _keys = keys;
        _counters = counters;
        _recorder = recorder;
        _system = system;
        _backoff = backoff;
    }

    public bool IsOnline => _state == SessionTable.Online;

    /// <summary>The connection is that of a unit that does not know its epoch: it asks for one and says nothing else.</summary>
    public bool IsLost { get; private set; }

    /// <summary>A package is being fetched: the topic for it is subscribed to, after the others.</summary>
    public bool WantsUpdates { get; set; }

    /// <summary>The topic for packages has been subscribed to.</summary>
    public bool HasUpdates { get; private set; }

    /// <summary>Number of the attempt; a new number is a new connection.</summary>
    public int Attempt => _attempt;

    /// <summary>Begins; nothing connects before.</summary>
    public void Begin(Topics topics, long uptime)
    {
        _topics = topics;
        _aliveAt = uptime;
        _attemptDue = uptime + _backoff.AfterStalls(_counters.Stalls);
    }

    /// <summary>Whether nothing but a restart can bring the link back.</summary>
    public bool IsDead(long uptime)
    {
        if (_topics == null) return false;
        if (!_link.IsAlive) return uptime >= RestartGap;
        return !(IsOnline && _isProven) && uptime - _aliveAt >= DeadAfter;
    }

    /// <summary>Learns from the stored counters whether the last start ended while connecting.</summary>
    public static void CountStall(Counters counters, int resetCause)
    {
        bool stalled = counters.IsConnecting && resetCause == ResetCause.Watchdog;
        counters.Stalls = stalled ? counters.Stalls + 1 : 0;
        counters.IsConnecting = false;
    }

    /// <summary>Does what is due.</summary>
    /// <returns>When it has to be called again, ms.</returns>
    public long Advance(long uptime)
    {
        if (_topics == null) return long.MaxValue;

        if (_state == SessionTable.Waiting && uptime >= _attemptDue) Connect(uptime);
        else if (_state == SessionTable.Connecting && uptime - _since >= AttemptTimeout) Drop(SessionTable.Silent, uptime);
        else if (IsOnline && (IsSilent(uptime) || IsDeaf(uptime))) Drop(SessionTable.Silent, uptime);
        else if (IsOnline && IsLost && (_keys.Epoch != _epochAtConnect || uptime - _since >= LostTimeout)) Drop(SessionTable.Closed, uptime);

        if (IsOnline && _isSubscribed && !_isProven && uptime - _since >= ProvenAfter)
        {
            _isProven = true;
            _backoff.Reset();
        }

        if (IsOnline && _isProven) _aliveAt = uptime;
        if (IsOnline && _isSubscribed && WantsUpdates && !HasUpdates && !IsLost) SubscribeToUpdates();

        return Due();
    }

    /// <summary>Takes a report that is not a message.</summary>
    public void Handle(LinkReport report, long uptime)
    {
        // Reports of an ended connection are stale.
        if (_state == SessionTable.Waiting) return;

        switch (report.Kind)
        {
            case LinkReport.Opened when report.Number == _attempt:
                Enter(uptime);
                break;
            case LinkReport.Denied when report.Number == _attempt:
                _denials++;
                _budget.Spend(Budget.PerConnection, uptime);
                Drop(SessionTable.Closed, uptime);
                break;
            case LinkReport.Closed when report.Number == _attempt:
                Drop(SessionTable.Closed, uptime);
                break;
            case LinkReport.Subscribed when report.Number == _attempt:
                _isSubscribed = true;
                break;
            // A client may tell of two answers in either order: after the newest message nothing waits, and a late word of an older one changes nothing.
            case LinkReport.Delivered when _undeliveredSince >= 0:
                _undeliveredSince = report.Number == _message ? -1 : uptime;
                break;
            case LinkReport.Failed or LinkReport.Overflowed:
                Drop(SessionTable.Closed, uptime);
                break;
            default:
                break;
        }
    }

    /// <summary>How long what can wait has to, so that the unit costs no more than it may, ms.</summary>
    public long WaitFor(long uptime) => _budget.WaitFor(0, uptime);

    /// <summary>How long what can wait long has to, so that half of it is left for everything else, ms.</summary>
    public long WaitForHalf(long uptime) => _budget.WaitFor(Budget.Capacity / 2, uptime);

    /// <summary>The server was asked for something that costs so much.</summary>
    public void Charge(int bytes, long uptime) => _budget.Spend(bytes, uptime);

    /// <summary>Sends at QoS 1; only while online.</summary>
    /// <param name="topic">Topic.</param>
    /// <param name="payload">Payload.</param>
    /// <param name="retain">Whether the broker keeps it.</param>
    /// <param name="around">Bytes that it costs beside its own.</param>
    /// <param name="uptime">Monotonic time, ms.</param>
    public void Send(string topic, byte[] payload, bool retain, int around, long uptime)
    {
        _budget.Spend(payload.Length + around, uptime);
        if (_undeliveredSince < 0) _undeliveredSince = uptime;
        _message++;
        _link.Publish(_message, topic, payload, retain);
    }

    private void SubscribeToUpdates()
    {
        HasUpdates = true;
        _link.Subscribe(_topics!.ForUpdates);
    }

    private void Connect(long uptime)
    {
        if (!TryMove(SessionTable.Due, uptime)) return;
        SetConnecting(true);
        _attempt++;
        _system.Prepare(_attempt, uptime);
        _epochAtConnect = _keys.Epoch;
        int epoch = EpochOfAttempt();
        IsLost = epoch == Keyring.Lost;
        _link.Open(_attempt, _keys.Password(epoch));
    }

    /// <summary>
    /// While a rotation is open the broker may still know only the previous password. One that knows neither is met by a unit whose memory was lost.
    /// </summary>
    private int EpochOfAttempt()
    {
        int until = _counters.ConfirmedEpoch == 0 ? DenialsUntilNew : DenialsUntilLost;
        if (_denials % (until + 1) == until) return Keyring.Lost;
        return !_keys.Confirmed && _denials % 2 == 1 ? _keys.Epoch - 1 : _keys.Epoch;
    }

    private void Enter(long uptime)
    {
        if (!TryMove(SessionTable.Opened, uptime)) return;
        _budget.Spend(Budget.PerConnection, uptime);
        _counters.Stalls = 0;
        _denials = 0;
        SetConnecting(false);
        _isProven = false;
        _isSubscribed = false;
        HasUpdates = false;
        _undeliveredSince = -1;
        _link.Subscribe(_topics!.Subscribed);
        if (_lostAt < 0) return;

        _recorder.Note(IncidentKind.LinkRestored, (uptime - _lostAt) / 1000, uptime);
        _lostAt = -1;
    }

    private void Drop(int signal, long uptime)
    {
        bool wasOnline = IsOnline;
        if (!TryMove(signal, uptime)) return;
        _link.Close();
        if (_counters.IsConnecting) SetConnecting(false);
        long wait = _backoff.NextAfterFailure();
        long budgeted = _budget.WaitFor(Budget.ForAttempt, uptime);
        _attemptDue = uptime + (wait > budgeted ? wait : budgeted);
        if (!wasOnline) return;

        _lostAt = uptime;
        _recorder.Note(IncidentKind.LinkLost, 0, uptime);
    }

    private bool TryMove(int signal, long uptime)
    {
        int from = _state;
        if (!SessionTable.TryNext(from, signal, out _state))
        {
            _recorder.NoteRefusedSignal(SessionTable.Number, from, signal, uptime);
            return false;
        }

        _since = uptime;
        return true;
    }

    private void SetConnecting(bool value)
    {
        _counters.IsConnecting = value;
        _counters.Store();
    }

    private bool IsSilent(long uptime) => _undeliveredSince >= 0 && uptime - _undeliveredSince >= DeliveryTimeout;

    private bool IsDeaf(long uptime) => !_isSubscribed && uptime - _since >= SubscribeTimeout;

    private long Due()
    {
        if (_state == SessionTable.Waiting) return _attemptDue;
        if (_state == SessionTable.Connecting) return _since + AttemptTimeout;
        if (IsLost) return _since + (_isSubscribed ? LostTimeout : SubscribeTimeout);
        long due = _undeliveredSince < 0 ? long.MaxValue : _undeliveredSince + DeliveryTimeout;
        return _isProven || due < _since + ProvenAfter ? due : _since + ProvenAfter;
    }
}
