namespace TaxiCredit.Dispatch.Features.Cases.Hearing;

/// <summary>A stance, with its cause where it has one, as one choice: one tap.</summary>
internal static class StanceChoice
{
    public static readonly IReadOnlyList<string> All =
    [
        nameof(Stance.Disputed), nameof(BeyondControl.Weather), nameof(BeyondControl.Traffic), nameof(BeyondControl.Passenger), nameof(BeyondControl.Other),
        nameof(Stance.Admitted),
    ];

    /// <summary>What is no choice disputes: that harms nobody who pressed the wrong key.</summary>
    public static (Stance Stance, BeyondControl? Cause) Read(string? typed) => typed switch
    {
        nameof(Stance.Admitted) => (Stance.Admitted, null),
        nameof(BeyondControl.Weather) => (Stance.BeyondControl, BeyondControl.Weather),
        nameof(BeyondControl.Traffic) => (Stance.BeyondControl, BeyondControl.Traffic),
        nameof(BeyondControl.Passenger) => (Stance.BeyondControl, BeyondControl.Passenger),
        nameof(BeyondControl.Other) => (Stance.BeyondControl, BeyondControl.Other),
        _ => (Stance.Disputed, null),
    };
}
