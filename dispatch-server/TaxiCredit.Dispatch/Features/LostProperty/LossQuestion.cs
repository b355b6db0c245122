using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.LostProperty;

/// <summary>One driver is asked whether a thing was found in the cab.</summary>
internal sealed class LossQuestion : IHasNews
{
    private LossQuestion() { }

    public long Id { get; init; }

    public required long LossId { get; init; }

    public Loss Loss { get; init; } = null!;

    public required int DriverId { get; init; }

    public Driver Driver { get; init; } = null!;

    /// <summary>System time.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Null until the driver has answered; the last answer counts.</summary>
    public bool? WasFound { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <inheritdoc/>
    public bool HasNews { get; private set; }

    public static LossQuestion Of(Loss loss, int driverId, DateTimeOffset at) =>
        new() { LossId = loss.Id, DriverId = driverId, AskedAt = at, HasNews = true };

    public void Answer(bool wasFound, DateTimeOffset at) => (WasFound, AnsweredAt) = (wasFound, at);

    public void Told() => HasNews = false;
}
