namespace TaxiCredit.Dispatch.Wire;

internal enum RatingKind { Vacant, Unrated, Rated }

internal static class RatingKinds
{
    extension(RatingKind kind)
    {
        public string OnWire => kind switch
        {
            RatingKind.Vacant => "vacant",
            RatingKind.Unrated => "unrated",
            RatingKind.Rated => "rated",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }
}

/// <summary>
/// What a windscreen should show, derived from shift and publication alone; signing adds revision and time.
/// <see cref="From"/> and <see cref="Until"/> are unix seconds of system time.
/// </summary>
/// <param name="IsSole">The cab is the home of one driver, who is signed on: the rating may come up before the link does.</param>
internal sealed record RatingContent(
    RatingKind Kind, int? Stars = null, string? Period = null, string? Driver = null, long? From = null, long? Until = null, bool IsSole = false)
{
    /// <summary>Seconds after power-up in a cab that several drivers share.</summary>
    public const long SharedHold = 900;

    /// <summary>A rating is stale so long after its publication or its last renewal.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromDays(35);

    public static readonly TimeSpan RenewalEvery = TimeSpan.FromDays(7);

    /// <summary>What a cab bears of a beginning in the future.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    public static RatingContent Vacant { get; } = new(RatingKind.Vacant);

    public static RatingContent Unrated(string driver, DateTimeOffset signedOnAt, DateTimeOffset now)
    {
        var (from, until) = Window(signedOnAt, now);
        return new(RatingKind.Unrated, Driver: driver, From: from, Until: until);
    }

    /// <param name="stars">0 to 4.</param>
    /// <param name="period">The month that was tallied.</param>
    public static RatingContent Rated(int stars, string period, string driver, bool isSole, DateTimeOffset publishedAt, DateTimeOffset now)
    {
        var (from, until) = Window(publishedAt, now);
        return new(RatingKind.Rated, stars, period, driver, from, until, isSole);
    }

    /// <summary>Seconds that the rating may be shown after power-up before the link confirms it; null unless rated.</summary>
    /// <param name="now">Unix seconds of the signature.</param>
    public long? HoldAt(long now) => Kind != RatingKind.Rated ? null : IsSole ? Math.Max(0, Until!.Value - now) : SharedHold;

    /// <summary>
    /// Renewed by the calendar of its origin, every 7 days, so that the window follows only from origin and now: at any time
    /// between 28 and 35 days are left, and deriving it twice gives the same. An origin in the future, from a clock that was ahead then, counts as so
    /// many periods earlier: what begins or ends too far ahead cabs refuse.
    /// </summary>
    private static (long From, long Until) Window(DateTimeOffset origin, DateTimeOffset now)
    {
        if (origin - now > ClocksDiffer)
            origin -= Math.Ceiling((origin - now) / RenewalEvery) * RenewalEvery;
        var renewals = Math.Max(0, (now - origin).Ticks / RenewalEvery.Ticks);
        return (origin.ToUnixTimeSeconds(), (origin + renewals * RenewalEvery + Validity).ToUnixTimeSeconds());
    }
}
