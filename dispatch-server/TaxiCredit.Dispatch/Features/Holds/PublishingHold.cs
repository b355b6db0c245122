using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Holds;

/// <summary>What proves, or claims, that this database has lost something or was changed.</summary>
internal enum HoldCause
{
    /// <summary>A checkpoint that this server has signed is not in the database, or covers more than is in it: an older one was restored.</summary>
    LogBehind,

    /// <summary>What the log committed to is not what the database has now: history was changed.</summary>
    LogChanged,

    /// <summary>The clock is behind what is stored.</summary>
    ClockRanBack,

    /// <summary>Cabs of three teams have messages that this database never gave.</summary>
    CabsAhead,

    /// <summary>One cab says so, which holds that cab alone: a stolen key must not stop a city.</summary>
    CabAhead,
}

/// <summary>
/// Publishing is held, to one cab or to the whole city, from when the evidence was found until a person decides to continue from here. Cabs keep what
/// they show. Restoring a newer backup ends a hold too: it is not in that backup, and its cause is gone.
/// </summary>
[Chronicled]
internal sealed class PublishingHold
{
    public long Id { get; init; }

    public required HoldCause Cause { get; init; }

    /// <summary>The only display that is held; null for the whole city.</summary>
    public int? DisplayId { get; init; }

    /// <summary>What is missing or differs, for the log and for callers of the API: sizes, instants, codes.</summary>
    public required string Evidence { get; init; }

    /// <summary>Instant of what is missing: of the checkpoint, of what was stored last. A decision covers what is no later.</summary>
    public DateTimeOffset? EvidenceAt { get; init; }

    /// <summary>Revision that the cab has; 0 for another cause.</summary>
    public long Revision { get; init; }

    /// <summary>System time at which it was found.</summary>
    public required DateTimeOffset Since { get; init; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public string? DecidedBy { get; private set; }

    public string? Reason { get; private set; }

    /// <summary>Revisions up to this one are nobody's evidence any more; 0 until it is decided. Unix seconds, as revisions are.</summary>
    public long AcceptedThrough { get; private set; }

    /// <summary>Continues from here: what cabs hold up to now is outbid from now on.</summary>
    public void Continue(string by, string reason, DateTimeOffset now)
    {
        (DecidedAt, DecidedBy, Reason) = (now, by, reason);
        AcceptedThrough = Math.Max(now.ToUnixTimeSeconds(), DisplayId is null ? 0 : Revision);
    }
}
