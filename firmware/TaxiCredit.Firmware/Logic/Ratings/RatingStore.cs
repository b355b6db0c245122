using TaxiCredit.Firmware.Logic.Clock;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Ratings;

/// <summary>Stores the newest authentic rating and decides what it calls for now.</summary>
internal sealed class RatingStore
{
    /// <summary>How far ahead of the clock a rating may begin, s: clocks differ.</summary>
    private const long MaxAhead = 300;

    private readonly StoredMessage _stored;
    private readonly Gate _gate;
    private Rating? _rating;
    private bool _isConfirmed;
    private long _poweredAt;

    public RatingStore(IMemory memory, Gate gate, byte[] scratch)
    {
        _stored = new StoredMessage(memory, MemoryMap.Rating, scratch);
        _gate = gate;
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
                Unconfirm(uptime);
                _rating = rating;
                _stored.Use(_gate, rating.Rev);
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

    /// <summary>Starts the <c>hold</c> period again, as after power-up.</summary>
    public void Unconfirm(long uptime)
    {
        _isConfirmed = false;
        _poweredAt = uptime;
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

        if (_stored.IsSame(_gate, rating.Rev))
        {
            _isConfirmed = true;
            return Refusal.None;
        }

        if (rating.Rev <= _stored.Rev) return Refusal.Old;
        if (rating.Until < clock.Best(uptime)) return Refusal.Expired;
        if (rating.From > clock.Best(uptime) + MaxAhead) return Refusal.Early;

        _stored.Store(_gate, rating.Rev, payload);
        _rating = rating;
        _isConfirmed = true;
        return Refusal.None;
    }

    /// <summary>What the rating calls for now, one of the content signals of <see cref="Signal"/>.</summary>
    public int Content(WallClock clock, long uptime)
    {
        if (_rating == null) return Signal.Empty;
        if (_rating.Kind == Rating.Vacant) return Signal.Vacant;
        if (clock.Best(uptime) > _rating.Until) return Signal.Expired;
        if (_rating.Kind == Rating.Unrated) return Signal.Unrated;

        bool isHeld = uptime - _poweredAt < _rating.Hold * 1000;
        return _isConfirmed || isHeld ? Signal.Rated : Signal.Expired;
    }
}
