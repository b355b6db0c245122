using TaxiCredit.Firmware.Logic.Clock;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Ratings;

/// <summary>
/// Stores the newest authentic rating and decides what it calls for now. The link confirms a rating by delivering it; from the moment that the link is
/// lost the rating lives on its <c>hold</c>, of which every second of operation counts until the next confirmation, over restarts and with the
/// ignition on or off: otherwise whoever switches off the hotspot, or the ignition now and then, would keep the stars of the driver before.
/// </summary>
internal sealed class RatingStore
{
    /// <summary>How far ahead of the clock a rating may begin, s: clocks differ.</summary>
    private const long MaxAhead = 300;

    /// <summary>Seconds of <c>hold</c> that are stored as spent in advance, until the next store: a supply that is cut without a warning gains none.</summary>
    private const long InAdvance = 60;

    private readonly StoredMessage _stored;
    private readonly Gate _gate;
    private readonly Counters _counters;
    private Rating? _rating;
    private bool _isConfirmed;
    private long _spent;
    private long _since;

    public RatingStore(IMemory memory, Gate gate, Counters counters, byte[] scratch)
    {
        _stored = new StoredMessage(memory, MemoryMap.Rating, scratch);
        _gate = gate;
        _counters = counters;
    }

    /// <summary>Revision of the rating in use, 0 when there is none.</summary>
    public long Rev => _stored.Rev;

    public bool IsSafe => _stored.IsSafe;

    public int Stars => _rating == null ? 0 : _rating.Stars;

    public bool IsRead => _stored.IsRead;

    /// <summary>Loads the rating from memory, two port calls, unless a newer one is in use. It is unconfirmed until the link repeats it.</summary>
    public void Load(string topic, long uptime)
    {
        if (_stored.TryLoad(_gate, topic))
        {
            Rating? rating = Rating.Read(_gate.Reader, _gate.Now);
            if (rating != null && rating.Rev > Rev)
            {
                _rating = rating;
                _stored.Use(_gate, rating.Rev);
                _isConfirmed = false;
                _spent = _counters.HoldRev == rating.Rev ? _counters.HoldSpent : 0;
                _since = uptime;
            }
        }

        StoreAgain();
    }

    /// <summary>Tries again to store a rating that the memory refused.</summary>
    public void StoreAgain() => _stored.StoreAgain();

    /// <summary>The memory has been wiped.</summary>
    public void Forget()
    {
        _rating = null;
        _stored.Forget();
    }

    /// <summary>There is no link: what it has confirmed it no longer does.</summary>
    public void Unconfirm(long uptime)
    {
        if (!_isConfirmed) return;
        _isConfirmed = false;
        _since = uptime;

        // At once: a supply that is cut before the next store would give back what was spent till then.
        KeepHold(false, uptime);
        _counters.Store();
    }

    /// <summary>Puts what is spent of <c>hold</c> into the counters, which the caller stores.</summary>
    /// <param name="isLast">Nothing is stored after it: exactly what is spent; else a minute more.</param>
    /// <param name="uptime">Monotonic time, ms.</param>
    public void KeepHold(bool isLast, long uptime)
    {
        _counters.HoldRev = Rev;
        _counters.HoldSpent = Spent(uptime) + (isLast || _isConfirmed ? 0 : InAdvance);
    }

    /// <summary>Takes the message that just passed the gate.</summary>
    /// <param name="payload">The whole message, for the memory.</param>
    /// <param name="clock">Already raised to the message's <c>now</c>.</param>
    /// <param name="uptime">Monotonic time, ms.</param>
    /// <returns>A <see cref="Refusal"/> or 0.</returns>
    public int Receive(byte[] payload, WallClock clock, long uptime)
    {
        Rating? rating = Rating.Read(_gate.Reader, _gate.Now);
        if (rating == null) return Refusal.Form;

        if (!_stored.IsSame(_gate, rating.Rev))
        {
            if (rating.Rev <= _stored.Rev) return Refusal.Old;
            if (rating.Until < clock.Best(uptime)) return Refusal.Expired;
            if (rating.From > clock.Best(uptime) + MaxAhead) return Refusal.Early;

            _stored.Store(_gate, rating.Rev, payload);
            _rating = rating;
        }

        Confirm();
        return Refusal.None;
    }

    /// <summary>What the rating calls for now, one of the content signals of <see cref="Signal"/>.</summary>
    public int Content(WallClock clock, long uptime)
    {
        if (_rating == null) return Signal.Empty;
        if (_rating.Kind == Rating.Vacant) return Signal.Vacant;

        // Its own signature proves a time too, which the clock's floor may have been stored before.
        long now = clock.Best(uptime);
        if (now > _rating.Until || (now < _rating.From && _rating.Now < _rating.From)) return Signal.Expired;
        if (_rating.Kind == Rating.Unrated) return Signal.Unrated;
        return _isConfirmed || Spent(uptime) < _rating.Hold ? Signal.Rated : Signal.Expired;
    }

    private long Spent(long uptime) => _isConfirmed ? 0 : _spent + ((uptime - _since) / 1000);

    private void Confirm()
    {
        _isConfirmed = true;
        _spent = 0;
        if (_counters.HoldRev == Rev && _counters.HoldSpent == 0) return;

        _counters.HoldRev = Rev;
        _counters.HoldSpent = 0;
        _counters.Store();
    }
}
