using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Checks;

/// <summary>
/// A passenger saw other stars than the unit confirms: somebody at the bureau must look. While it is open, passengers who see the same add to it,
/// so that a crowd opens one check.
/// </summary>
internal sealed class StarCheck
{
    public long Id { get; init; }

    public required int CabId { get; init; }

    public Cab Cab { get; init; } = null!;

    /// <summary>What passengers saw: 0 to 4 stars, null for dark.</summary>
    public required int? Seen { get; init; }

    /// <summary>What the unit had last confirmed: <c>0</c> to <c>4</c>, <c>dark</c>, <c>inconsistent</c>, or <c>nothing</c> if it had never reported.</summary>
    public required string Confirmed { get; init; }

    /// <summary>System time of that confirmation.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>Public code of the driver who was signed on.</summary>
    public string? Driver { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset LastAt { get; set; }

    /// <summary>How many passengers have said so, 1 or more.</summary>
    public int Times { get; set; } = 1;

    public DateTimeOffset? ClosedAt { get; private set; }

    public string? ClosedBy { get; private set; }

    public string? Finding { get; private set; }

    /// <summary>Concurrency token.</summary>
    public Guid Version { get; private set; }

    public Refusal? Close(string by, string finding, DateTimeOffset now)
    {
        if (ClosedAt is not null)
            return Refusal.Conflict("check-closed", $"Check {Id} was closed by {ClosedBy}.");
        (ClosedAt, ClosedBy, Finding, Version) = (now, by, finding, Guid.NewGuid());
        return null;
    }
}
