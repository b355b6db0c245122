using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster.Members;

/// <summary>
/// A driver's time in a team, with the home cab of that time. A driver has at most one on any day; a day without one is a day on which the driver is off the
/// register. What it says of a month that has a close is never changed (ADR 0083).
/// </summary>
[Chronicled]
internal sealed class Membership : IHasNews
{
    /// <summary>First day of a membership of which nobody wrote down when it began: earlier than everything that is asked.</summary>
    public static readonly DateOnly Always = new(2000, 1, 1);

    public int Id { get; init; }

    public required int DriverId { get; init; }

    public Driver Driver { get; init; } = null!;

    /// <summary>Stored beside the cab: what was true stays true, whatever becomes of the cab.</summary>
    public required int TeamId { get; init; }

    public Team Team { get; init; } = null!;

    public required int CabId { get; init; }

    public Cab Cab { get; init; } = null!;

    /// <summary>First day.</summary>
    public required DateOnly JoinedOn { get; init; }

    /// <summary>First day on which it is over; null while no end is known.</summary>
    public DateOnly? LeftOn { get; set; }

    /// <inheritdoc/>
    public bool HasNews { get; private set; }

    public void Told() => HasNews = false;

    /// <summary>The driver, whose own doing it is not, is told.</summary>
    public Membership WithNews()
    {
        HasNews = true;
        return this;
    }
}
