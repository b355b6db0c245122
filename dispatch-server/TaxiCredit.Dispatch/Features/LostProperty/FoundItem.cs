using System.Globalization;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.LostProperty;

internal enum FoundStatus
{
    /// <summary>Nobody is known to whom it belongs.</summary>
    Kept,

    /// <summary>It may be what a passenger misses.</summary>
    Claimed,

    /// <summary>The owner has it.</summary>
    Returned,

    /// <summary>It was given to who keeps what nobody claims.</summary>
    PassedOn,
}

internal enum FoundSignal { Claim, Unclaim, Return, PassOn }

/// <summary>A thing that a driver found in a cab, where it is kept, and what became of it.</summary>
internal sealed class FoundItem
{
    public const int MaxDescription = 500;

    /// <summary>Of <see cref="KeptAt"/> and <see cref="WentTo"/>.</summary>
    public const int MaxPlace = 200;

    public long Id { get; init; }

    /// <summary><c>f-000123</c>.</summary>
    public string Number => NumberOf(Id);

    public required int CabId { get; init; }

    public Cab Cab { get; init; } = null!;

    /// <summary>Who found it.</summary>
    public required int DriverId { get; init; }

    public Driver Driver { get; init; } = null!;

    public required PropertyKind Kind { get; init; }

    public required string Description { get; init; }

    /// <summary>Where the owner gets it; the owner reads it.</summary>
    public required string KeptAt { get; init; }

    public required DateOnly FoundOn { get; init; }

    /// <summary>Day at the bureau.</summary>
    public required DateOnly RegisteredOn { get; init; }

    /// <summary>The driver, or who recorded it for the driver.</summary>
    public required string RegisteredBy { get; init; }

    public FoundStatus Status { get; private set; } = FoundStatus.Kept;

    public long? LossId { get; private set; }

    public Loss? Loss { get; private set; }

    /// <summary>Day at the bureau on which it was returned or passed on.</summary>
    public DateOnly? SettledOn { get; private set; }

    /// <summary>To whom it was passed on.</summary>
    public string? WentTo { get; private set; }

    /// <summary>The merit that was recorded for it.</summary>
    public long? CaseId { get; private set; }

    public Case? Case { get; private set; }

    /// <summary>Concurrency token.</summary>
    public Guid Version { get; private set; }

    /// <summary>The whole state machine; pairs that are not in it are refused.</summary>
    public static bool TryNext(FoundStatus from, FoundSignal signal, out FoundStatus to)
    {
        FoundStatus? next = (from, signal) switch
        {
            (FoundStatus.Kept, FoundSignal.Claim) => FoundStatus.Claimed,
            (FoundStatus.Claimed, FoundSignal.Unclaim) => FoundStatus.Kept,
            (FoundStatus.Claimed, FoundSignal.Return) => FoundStatus.Returned,
            (FoundStatus.Kept, FoundSignal.PassOn) => FoundStatus.PassedOn,
            _ => null,
        };
        to = next ?? from;
        return next is not null;
    }

    /// <summary>Joins it with a loss, which takes its own step.</summary>
    public Refusal? ClaimFor(Loss loss, DateOnly today)
    {
        if (Move(FoundSignal.Claim, today) is { } refused)
            return refused;
        (Loss, LossId) = (loss, loss.Id);
        return null;
    }

    public Refusal? Unclaim(DateOnly today)
    {
        if (Move(FoundSignal.Unclaim, today) is { } refused)
            return refused;
        (Loss, LossId) = (null, null);
        return null;
    }

    public Refusal? Return(DateOnly today) => Move(FoundSignal.Return, today);

    public Refusal? PassOn(string to, DateOnly today)
    {
        if (Move(FoundSignal.PassOn, today) is { } refused)
            return refused;
        WentTo = to;
        return null;
    }

    public void Earned(Case merit) => (Case, CaseId, Version) = (merit, merit.Id, Guid.NewGuid());

    public static string NumberOf(long id) => $"f-{id:D6}";

    /// <summary>Of a <see cref="Number"/>; null if it is none.</summary>
    public static long? IdOf(string number) =>
        number.StartsWith("f-", StringComparison.Ordinal) && long.TryParse(number.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    private Refusal? Move(FoundSignal signal, DateOnly today)
    {
        if (!TryNext(Status, signal, out var to))
            return Refusal.Conflict("found-out-of-step", $"Found thing {Number} is {Status}; it cannot take '{signal}'.");
        (Status, Version) = (to, Guid.NewGuid());
        SettledOn = to is FoundStatus.Returned or FoundStatus.PassedOn ? today : null;
        return null;
    }
}
