using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Displays.Twins;

/// <summary>
/// A message as it was signed, kept so that it can be published again byte by byte: a cab takes the same revision with the same
/// MAC as a confirmation.
/// </summary>
/// <remarks>Immutable; a change is a new record instead of the old one.</remarks>
internal abstract record DesiredMessage
{
    /// <summary>Seconds; a reported revision further ahead of the clock was never this server's.</summary>
    public const long FurthestAhead = 86_400;

    public required int DisplayId { get; init; }

    public required long Rev { get; init; }

    /// <summary>Unix seconds at which it was signed.</summary>
    public required long Now { get; init; }

    /// <summary>Key epoch that signed it.</summary>
    public required int SignedEpoch { get; init; }

    /// <summary>Envelope and JSON.</summary>
    public required byte[] Payload { get; init; }

    /// <summary>
    /// <c>max(last + 1, unix seconds)</c>, and above what the cab holds: where a person has decided to continue from a restored backup, cabs take it. Until
    /// then <see cref="CabClaims"/> keeps it from being asked.
    /// </summary>
    /// <param name="last">Last revision that this database has given out, 0 if none.</param>
    /// <param name="reported">Revision that the cab says it has applied.</param>
    public static long NextRev(long last, long reported, long now) => Math.Max(Math.Max(last, reported) + 1, now);

    /// <summary>A revision that a cab reports, or 0 for one that cannot be this server's and must not lead it to the end of the range.</summary>
    /// <param name="now">Unix seconds.</param>
    public static long Credible(long reportedRev, long now) => reportedRev <= now + FurthestAhead ? reportedRev : 0;
}

internal sealed record DesiredRating : DesiredMessage
{
    public required RatingKind Kind { get; init; }

    public int? Stars { get; init; }

    public string? Period { get; init; }

    /// <summary>Public code of the driver signed on.</summary>
    public string? Driver { get; init; }

    public long? From { get; init; }

    public long? Until { get; init; }

    public long? Hold { get; init; }

    public bool IsSole { get; init; }

    public RatingContent Content => new(Kind, Stars, Period, Driver, From, Until, IsSole);

    public static DesiredRating Sign(RegisteredDisplay display, RatingContent content, long rev, long now) => new()
    {
        DisplayId = display.Id,
        Rev = rev,
        Now = now,
        SignedEpoch = display.Keys.Epoch,
        Payload = Envelope.Sign(DownMessages.Rating(display.Code, rev, now, content), display.Keys.Down),
        Kind = content.Kind,
        Stars = content.Stars,
        Period = content.Period,
        Driver = content.Driver,
        From = content.From,
        Until = content.Until,
        Hold = content.HoldAt(now),
        IsSole = content.IsSole,
    };
}

internal sealed record DesiredConfig : DesiredMessage
{
    public required int Heartbeat { get; init; }

    public required int Day { get; init; }

    public required int Night { get; init; }

    public required int DayLux { get; init; }

    public required int NightLux { get; init; }

    public string? Ntp1 { get; init; }

    public string? Ntp2 { get; init; }

    /// <summary>Key epoch that it tells the cab to use.</summary>
    public required int Epoch { get; init; }

    public ConfigContent Content => new(Heartbeat, Day, Night, DayLux, NightLux, Ntp1, Ntp2, Epoch);

    public static DesiredConfig Sign(RegisteredDisplay display, ConfigContent content, long rev, long now) => new()
    {
        DisplayId = display.Id,
        Rev = rev,
        Now = now,
        SignedEpoch = display.Keys.Epoch,
        Payload = Envelope.Sign(DownMessages.Config(display.Code, rev, now, content), display.Keys.Down),
        Heartbeat = content.Heartbeat,
        Day = content.Day,
        Night = content.Night,
        DayLux = content.DayLux,
        NightLux = content.NightLux,
        Ntp1 = content.Ntp1,
        Ntp2 = content.Ntp2,
        Epoch = content.Epoch,
    };
}

/// <summary>The last command given to a display. It is not retained: a display that is offline does not get it later.</summary>
internal sealed record GivenCommand : DesiredMessage
{
    public required string Do { get; init; }

    /// <summary>Unix seconds; not carried out after it.</summary>
    public required long Expires { get; init; }
}
