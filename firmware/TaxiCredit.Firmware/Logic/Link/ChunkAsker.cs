using TaxiCredit.Firmware.Logic.Update;

namespace TaxiCredit.Firmware.Logic.Link;

/// <summary>
/// When a part of a package is asked for: by a state that says what is there. The next follows when one has come, as long as half of what the unit may cost is
/// left for everything else; one that does not come is asked for again.
/// </summary>
internal sealed class ChunkAsker
{
    /// <summary>First wait for what was asked for, ms; doubles up to <see cref="LastWait"/>.</summary>
    public const int FirstWait = 10000;
    public const int LastWait = 300000;

    /// <summary>Asks in a row, connections counted, that nobody answers: 40 minutes. Nothing more is asked until the next offer or start.</summary>
    public const int MaxAsks = 12;

    private readonly Transfer _transfer;
    private int _taken = -1;
    private int _attempt;
    private long _rev;
    private int _asks;
    private int _wait = FirstWait;
    private long _askedAt;

    public ChunkAsker(Transfer transfer)
    {
        _transfer = transfer;
    }

    /// <summary>A part has been asked for over this connection, and has not come.</summary>
    public bool IsWaiting => _transfer.IsAsking && _transfer.Taken == _taken && _transfer.Rev == _rev && _asks > 0;

    /// <summary>Number of the ask: another one is sent with a state at once.</summary>
    public int Number { get; private set; }

    /// <summary>Asks when it is due; only while online.</summary>
    /// <returns>When it has to be called again, ms.</returns>
    public long Advance(Session session, long uptime)
    {
        session.WantsUpdates = _transfer.IsOpen;
        if (!_transfer.IsAsking || !session.HasUpdates) return long.MaxValue;

        bool isAnswered = _transfer.Taken != _taken || _transfer.Rev != _rev;
        if (isAnswered) _asks = 0;
        bool isNew = isAnswered || _attempt != session.Attempt;
        if (isNew) _wait = FirstWait;
        else if (uptime - _askedAt < _wait) return _askedAt + _wait;

        long budgeted = session.WaitForHalf(uptime);
        if (budgeted > 0) return uptime + budgeted;
        if (_asks == MaxAsks)
        {
            _asks = 0;
            _transfer.GiveUp();
            return uptime;
        }

        if (!isNew) _wait = _wait * 2 < LastWait ? _wait * 2 : LastWait;
        _taken = _transfer.Taken;
        _rev = _transfer.Rev;
        _attempt = session.Attempt;
        _askedAt = uptime;
        _asks++;
        Number++;
        session.Charge(Budget.PerChunk, uptime);
        return _askedAt + _wait;
    }
}
