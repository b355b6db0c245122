using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster;

/// <summary>A driver and the cab through which the driver belongs to a team.</summary>
[Chronicled]
internal sealed class Driver
{
    public int Id { get; init; }

    /// <summary>Public code; the only name of the driver that leaves the server: <c>d-0001</c>.</summary>
    public required string Code { get; init; }

    /// <summary>As it was written, and shown.</summary>
    public required string Name
    {
        get;
        set => (field, NameKey) = (value, Spelling.NameKey(value));
    }

    /// <summary>By which the name is sought; empty only in a database that is being brought up to date.</summary>
    [NotChronicled("Follows from the name.")]
    public string NameKey { get; private set; } = "";

    /// <summary>For a name that was stored before there were keys.</summary>
    public void GiveKey() => NameKey = Spelling.NameKey(Name);

    /// <summary>Of today, or the last of a driver who has left. Of other days, and of teams, <see cref="Members.Membership"/> tells.</summary>
    public required int HomeCabId { get; set; }

    public Cab HomeCab { get; init; } = null!;
}
