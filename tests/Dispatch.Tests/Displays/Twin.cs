using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Wire;

namespace Dispatch.Tests.Displays;

/// <summary>Twins that no database and no cab has made: signed at <see cref="Signed"/>, heard then, connected, everything applied.</summary>
internal static class Twin
{
    public const int Heartbeat = 150;

    public static readonly DateTimeOffset Signed = new(2018, 1, 2, 4, 0, 0, TimeSpan.Zero);

    /// <summary>A connection that began long before.</summary>
    public static readonly BrokerLink Up = new(true, Signed - TimeSpan.FromDays(1));

    public static TwinSnapshot Of(RatingKind kind, int? stars, string lit, string state, bool online = true)
    {
        var rating = new DesiredRating
        {
            DisplayId = 1, Rev = 7, Now = Signed.ToUnixTimeSeconds(), SignedEpoch = 1, Payload = [], Kind = kind, Stars = stars,
            Driver = kind == RatingKind.Vacant ? null : "d-1", Period = kind == RatingKind.Rated ? "2017-12" : null,
        };
        var reported = new ReportedTwin
        {
            DisplayId = 1, Online = online, Rev = 7, ConfigRev = 7, State = state, Lit = lit, ReceivedAt = Signed,
        };
        return new(1, "disp-0001", 1, "cab-1", "鲁K·T0001", "t-1", rating, 7, reported) { IsHeard = true };
    }

    /// <summary>A driver of four stars is signed on and shown.</summary>
    public static TwinSnapshot OnShift { get; } = Of(RatingKind.Rated, 4, "11111", "showing");

    /// <summary>Nobody is signed on.</summary>
    public static TwinSnapshot Parked { get; } = Of(RatingKind.Vacant, null, "00000", "vacant");
}
