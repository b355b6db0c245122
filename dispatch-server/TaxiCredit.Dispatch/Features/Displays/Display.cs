using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <summary>
/// The unit in a cab's windscreen, with what proves that a message is its own or for it. Between
/// <see cref="AnnounceNextEpoch"/> and <see cref="ConfirmEpoch"/> the keys of two epochs are valid; otherwise one.
/// </summary>
[Chronicled]
internal sealed class Display
{
    public int Id { get; init; }

    /// <summary>Display id on the wire, <c>[a-z0-9-]{4,32}</c>; MQTT user name and client id.</summary>
    public required string Code { get; init; }

    public required int CabId { get; init; }

    /// <summary>32 random bytes, sealed by <see cref="RootKeySeal"/>.</summary>
    public required byte[] SealedRootKey { get; init; }

    public required DateTimeOffset ProvisionedAt { get; init; }

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

    /// <summary>Makes the next epoch valid beside the present one.</summary>
    public Refusal? AnnounceNextEpoch(byte[] passwordSha256)
    {
        if (PendingEpoch is not null)
            return Refusal.Conflict("rotation-pending", $"Display {Code} has not yet confirmed key epoch {PendingEpoch}; it does so when it next reports.");
        if (Epoch == Envelope.LastEpoch)
            return Refusal.Conflict("epochs-used-up", $"Display {Code} has used its {Envelope.LastEpoch} key epochs; provision a new unit.");
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
}
