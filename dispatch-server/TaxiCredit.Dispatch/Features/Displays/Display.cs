using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Features.Displays.Life;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <summary>
/// A unit for a cab's windscreen, with what proves that a message is its own or for it. Between
/// <see cref="AnnounceNextEpoch"/> and <see cref="ConfirmEpoch"/> the keys of two epochs are valid; otherwise one, and none while it is in no cab.
/// </summary>
[Chronicled]
internal sealed class Display
{
    public int Id { get; init; }

    /// <summary>Display id on the wire, <c>[a-z0-9-]{4,32}</c>; MQTT user name and client id.</summary>
    public required string Code { get; init; }

    /// <summary>The cab that it is in; while <see cref="Rest"/> is set, the one that it was last in.</summary>
    public required int CabId { get; set; }

    /// <summary>32 random bytes, sealed by <see cref="RootKeySeal"/>; nothing is left of them while <see cref="Rest"/> is set.</summary>
    public required byte[] SealedRootKey { get; set; }

    /// <summary>When it was made known.</summary>
    public required DateTimeOffset ProvisionedAt { get; init; }

    /// <summary>When it came into its present or last cab; null for one that has been nowhere else since <see cref="ProvisionedAt"/>.</summary>
    public DateTimeOffset? PlacedAt { get; private set; }

    /// <summary>Where it is when it is in no cab; null while it is in one.</summary>
    public DisplayRest? Rest { get; private set; }

    public DateTimeOffset? RestingSince { get; private set; }

    /// <summary>As the person who took it out gave it.</summary>
    public string? RestReason { get; private set; }

    /// <summary>Key epoch that the server signs with, 1 to 65,535.</summary>
    public int Epoch { get; private set; } = 1;

    /// <summary>The next epoch, from its announcement until a state of the cab confirms it.</summary>
    public int? PendingEpoch { get; private set; }

    /// <summary>SHA-256 of the broker password of <see cref="Epoch"/>.</summary>
    public required byte[] PasswordSha256 { get; set; }

    /// <summary>SHA-256 of the broker password of <see cref="PendingEpoch"/>.</summary>
    public byte[]? PendingPasswordSha256 { get; private set; }

    /// <summary>Concurrency token.</summary>
    public Guid Version { get; private set; } = Guid.NewGuid();

    /// <summary>When it came into its present or last cab.</summary>
    public DateTimeOffset InCabSince => PlacedAt ?? ProvisionedAt;

    /// <summary>
    /// Takes it out of its cab, or says something else of one that is in none. Its keys are gone: whoever has the unit, or a copy of them, is a stranger.
    /// </summary>
    public Refusal? TakeOut(DisplayRest to, string reason, DateTimeOffset now)
    {
        if (!DisplayRests.MayFollow(Rest, to))
            return Refusal.Conflict("display-rest-refused", $"Display '{Code}' is {Rest.Word}; it cannot become {to.Word}.");
        (Rest, RestingSince, RestReason, SealedRootKey, PasswordSha256) = (to, now, reason, [], []);
        (PendingEpoch, PendingPasswordSha256, Version) = (null, null, Guid.NewGuid());
        return null;
    }

    /// <summary>Puts it into a cab, from another one or from stock.</summary>
    public void Place(int cabId, DateTimeOffset now) =>
        (CabId, PlacedAt, Rest, RestingSince, RestReason, Version) = (cabId, now, null, null, null, Guid.NewGuid());

    /// <summary>
    /// Gives it another root key: whoever has the one before is a stranger. The epoch goes on by one, so that what was signed before is told from what
    /// is signed from now on.
    /// </summary>
    public Refusal? Rekey(byte[] rootKey, RootKeySeal seal)
    {
        if (Epoch == Envelope.LastEpoch)
            return EpochsUsedUp();
        (Epoch, PendingEpoch, PendingPasswordSha256, Version) = (Epoch + 1, null, null, Guid.NewGuid());
        (SealedRootKey, PasswordSha256) = (seal.Seal(rootKey), DisplayKeys.HashPassword(DisplayKeys.DerivePassword(rootKey, Epoch)));
        return null;
    }

    /// <summary>Makes the next epoch valid beside the present one.</summary>
    public Refusal? AnnounceNextEpoch(byte[] passwordSha256)
    {
        if (PendingEpoch is not null)
            return Refusal.Conflict("rotation-pending", $"Display {Code} has not yet confirmed key epoch {PendingEpoch}; it does so when it next reports.");
        if (Epoch == Envelope.LastEpoch)
            return EpochsUsedUp();
        (PendingEpoch, PendingPasswordSha256, Version) = (Epoch + 1, passwordSha256, Guid.NewGuid());
        return null;
    }

    /// <summary>The cab has signed with the announced epoch: the keys of the one before it are no longer valid.</summary>
    /// <exception cref="InvalidOperationException">No epoch is announced.</exception>
    public void ConfirmEpoch()
    {
        if (PendingEpoch is not { } next || PendingPasswordSha256 is not { } password)
            throw new InvalidOperationException($"Display {Code} has no announced key epoch.");
        (Epoch, PasswordSha256, PendingEpoch, PendingPasswordSha256, Version) = (next, password, null, null, Guid.NewGuid());
    }

    private Refusal EpochsUsedUp() =>
        Refusal.Conflict("epochs-used-up", $"Display {Code} has used its {Envelope.LastEpoch} key epochs; provision a new unit.");
}
