using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>A person who acts at the bureau, by the name that signatures and the audit log carry.</summary>
[Chronicled(IsOpen = true)]
internal sealed class Actor
{
    public int Id { get; init; }

    /// <summary><c>[a-z0-9-]{2,32}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One of the bureau's roles, never driver or leader.</summary>
    public required Role Role { get; init; }
}

/// <summary>An API token. Only its SHA-256 is stored: it is 32 random bytes, which no dictionary holds.</summary>
[Chronicled]
internal sealed class ApiToken
{
    public int Id { get; init; }

    /// <summary>What it is for, 1 to 64 characters; no other token is called so.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do, see <see cref="ApiGrant.Of"/>.</summary>
    public required string? Scopes { get; init; }

    /// <summary>64 lower-case hex digits.</summary>
    public required string Sha256 { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }
}
