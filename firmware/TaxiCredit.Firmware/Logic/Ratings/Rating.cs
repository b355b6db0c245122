using TaxiCredit.Firmware.Logic.Json;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Ratings;

/// <summary>Content of a <c>rating</c> message.</summary>
internal sealed class Rating
{
    public const int Rated = 1;
    public const int Unrated = 2;
    public const int Vacant = 3;

    /// <summary>One of <see cref="Rated"/>, <see cref="Unrated"/>, <see cref="Vacant"/>.</summary>
    public int Kind { get; private set; }

    /// <summary>0 to 4; 0 unless rated.</summary>
    public int Stars { get; private set; }

    public long Rev { get; private set; }

    /// <summary>When the server signed it, unix seconds.</summary>
    public long Now { get; private set; }

    /// <summary>Unix seconds; 0 when vacant.</summary>
    public long From { get; private set; }

    /// <summary>Unix seconds; when vacant the end of time, as vacancy does not go stale.</summary>
    public long Until { get; private set; }

    /// <summary>Seconds of operation that it may be shown since the link last confirmed it.</summary>
    public long Hold { get; private set; }

    /// <summary>Reads the fields of the message that passed the gate.</summary>
    /// <param name="json">Its fields.</param>
    /// <param name="now">When the server signed it, unix seconds; bounds the rest.</param>
    /// <returns>Null when the message breaks the contract.</returns>
    public static Rating? Read(FlatReader json, long now)
    {
        var rating = new Rating();
        if (!SignedBounds.TryGetRev(json, now, out long rev)) return null;
        if (!json.TryGetString("kind", 1, 16, out string kind)) return null;

        rating.Rev = rev;
        rating.Now = now;
        rating.Until = long.MaxValue;
        switch (kind)
        {
            case "vacant":
                rating.Kind = Vacant;
                return rating;
            case "unrated":
                rating.Kind = Unrated;
                return rating.ReadDriver(json, now) ? rating : null;
            case "rated":
                rating.Kind = Rated;
                return rating.ReadDriver(json, now) && rating.ReadStars(json) ? rating : null;
            default:
                return null;
        }
    }

    private bool ReadDriver(FlatReader json, long now)
    {
        if (!json.TryGetString("driver", 1, 32, out string driver) || !WireText.IsCode(driver)) return false;
        if (!json.TryGetInteger("until", Gate.FirstTime, SignedBounds.Least(Gate.LastTime, now + SignedBounds.Validity), out long until)) return false;
        if (!json.TryGetInteger("from", Gate.FirstTime, until, out long from)) return false;

        From = from;
        Until = until;
        return true;
    }

    private bool ReadStars(FlatReader json)
    {
        if (!json.TryGetInteger("stars", 0, 4, out long stars)) return false;
        if (!json.TryGetString("period", 7, 7, out string period) || !WireText.IsPeriod(period)) return false;
        if (!json.TryGetInteger("hold", 0, SignedBounds.Validity, out long hold)) return false;

        Stars = (int)stars;
        Hold = hold;
        return true;
    }
}
