using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Displays.Life;

/// <summary>That a unit was in a cab and is there no more: by it what the unit noticed then is known to be of that cab.</summary>
[Chronicled]
internal sealed class PastPlacement
{
    public int Id { get; init; }

    public required int DisplayId { get; init; }

    public required int CabId { get; init; }

    /// <summary>System time.</summary>
    public required DateTimeOffset FromAt { get; init; }

    public required DateTimeOffset UntilAt { get; init; }

    /// <summary><c>moved</c>, or what the unit became: <c>stock</c>, <c>revoked</c>, <c>scrapped</c>.</summary>
    public required string Because { get; init; }

    public static PastPlacement Of(Display display, DateTimeOffset now, string because) => new()
    {
        DisplayId = display.Id, CabId = display.CabId, FromAt = display.InCabSince, UntilAt = now, Because = because,
    };
}
