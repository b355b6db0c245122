using Microsoft.AspNetCore.Identity;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>How a person signs in. The user name is an actor's name or a driver's code; permissions follow from that, none are stored here.</summary>
internal sealed class Account : IdentityUser<int>
{
    /// <summary>End of the lock-out of an account that is closed.</summary>
    public static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Employee or licence number, in capitals: a second name to sign in by.</summary>
    public string? Number { get; set; }

    /// <summary>
    /// Time step of the last authenticator code that was accepted, counted from 1970; see <see cref="Totp"/>. This code and earlier ones are not
    /// accepted again (RFC 6238, section 5.2). Null before the first.
    /// </summary>
    public long? CodeStep { get; set; }

    /// <summary>Wrong codes since the last sign-in that was finished.</summary>
    public int CodeFailures { get; set; }

    /// <summary>No code is looked at before; null without a wait.</summary>
    public DateTimeOffset? CodeNotBefore { get; set; }

    /// <summary>Created by the demo, without a password: anybody may sign in to it.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Closed by an admin, until an admin opens it again.</summary>
    public bool IsClosed => LockoutEnd == Never;

    public static string? Normalize(string? number) => Spelling.Number(number);
}

/// <summary>A signed-in person in one browser. Deleting the row ends the session: the cookie alone admits nobody.</summary>
internal sealed class Session
{
    public static readonly TimeSpan Idle = TimeSpan.FromHours(12);

    public required Guid Id { get; init; }

    /// <summary>Name of the <see cref="Person"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether more than a password was shown: a second factor, a passkey, the bureau's directory.</summary>
    public required bool IsProven { get; init; }

    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>When more than a password was last shown in this session; null if never.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    /// <summary>Something happened to the account since the sign-in before, and its owner has not looked yet, see <see cref="SignInNews"/>.</summary>
    public bool HasNews { get; set; }

    /// <summary>Line of the audit log after which the news begin: that of the sign-in before; 0 for none.</summary>
    public long NewsAfter { get; init; }

    /// <summary>To within five minutes.</summary>
    public required DateTimeOffset SeenAt { get; set; }

    /// <summary>User agent of the browser, at most 200 characters.</summary>
    public required string Device { get; init; }
}

/// <summary>A link, valid once, with which a person sets the password. Only the SHA-256 of its 32 random bytes is stored.</summary>
[Chronicled]
internal sealed class Invitation
{
    public int Id { get; init; }

    /// <summary>Name of the <see cref="Person"/>.</summary>
    public required string Name { get; init; }

    public string? Number { get; init; }

    public required string Sha256 { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; set; }

    /// <summary>The person has an account already: whoever holds the link takes it over, so that a second person must agree.</summary>
    public required bool WantsApproval { get; init; }

    /// <summary>Who agreed; null if nobody did yet.</summary>
    public string? ApprovedBy { get; set; }
}
