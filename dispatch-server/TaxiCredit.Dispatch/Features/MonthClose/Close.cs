using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>Open: begun and being tallied. It shows nothing before all of it is previewed.</summary>
internal enum CloseStatus { Open, Previewed, SignedOff, Published }

/// <summary>
/// One closing of one month. Revision 1 is the first; a later revision recomputes the month from a longer ledger and
/// supersedes it without erasing it. The row names all that a replay needs.
/// </summary>
[Chronicled]
internal sealed class Close
{
    public int Id { get; init; }

    /// <summary>The month, <c>2017-12</c>; sorts by time.</summary>
    public required string Period { get; init; }

    public required int Revision { get; init; }

    public CloseStatus Status { get; set; } = CloseStatus.Open;

    /// <summary>Ledger entries up to this sequence were read, none after it.</summary>
    public long LedgerSequence { get; set; }

    public string RulebookId { get; set; } = "";

    public DateOnly RulebookFrom { get; set; }

    /// <summary>SHA-256 of the rulebook's text, under which the database keeps it: a replay takes this text and no other.</summary>
    public string RulebookHash { get; set; } = "";

    /// <summary>Drivers up to this id are rated; whoever comes onto the roster after the close was begun is not.</summary>
    public int DriversThrough { get; set; }

    /// <summary>Drivers up to this id have their rating; who goes on with the close begins after it.</summary>
    [NotChronicled("Progress of a tally. Once published it equals DriversThrough.")]
    public int TalliedThrough { get; set; }

    /// <summary>Close of the month before, whose stars limit the drop; null for none, or in a revision for the stars that the revised close names.</summary>
    public int? BuildsOnId { get; set; }

    /// <summary>What the signatures sign: <see cref="CloseDigest"/>. Empty while it is open.</summary>
    public string Digest { get; set; } = "";

    /// <summary>What the digest covers: <see cref="CloseDigest.OfRatings"/> or <see cref="CloseDigest.Newest"/>.</summary>
    public int DigestFormat { get; set; } = CloseDigest.Newest;

    public string PreviewedBy { get; set; } = "";

    /// <summary>Why this revision exists; empty for the first.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The close whose signatures count for this one: a revision of a month takes the months after it along.</summary>
    public int? LedById { get; init; }

    public string PublishedBy { get; set; } = "";

    /// <summary>System time; ratings are dated from it.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    public List<Signature> Signatures { get; } = [];

    /// <summary>Concurrency token.</summary>
    public Guid Version { get; set; }
}

/// <summary>A person vouches for the digest of a close.</summary>
[Chronicled]
internal sealed class Signature
{
    public int CloseId { get; init; }

    public required string Actor { get; init; }

    /// <summary>What the person was when signing; null in signatures that were given before it was stored.</summary>
    public Role? Role { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>What a close computed for one driver, with the facts that went in besides the ledger.</summary>
internal sealed class Rating
{
    public required int CloseId { get; init; }

    public required int DriverId { get; init; }

    /// <summary>Hundredths of a point.</summary>
    public required int Points { get; init; }

    /// <summary>0 to 4; null is unrated.</summary>
    public required int? Stars { get; init; }

    public required int DaysOnShift { get; init; }

    public required int? PreviousStars { get; init; }
}

internal static class RulebookOfClose
{
    /// <summary>The rulebook with which a close was begun, from the database; null if the text is gone, or is another version's.</summary>
    public static async Task<Rulebook?> RulebookOfAsync(this DispatchContext db, Close close, CancellationToken stop) =>
        await db.FindRulebookAsync(close.RulebookHash, stop) is { } rules && rules.Id == close.RulebookId && rules.EffectiveFrom == close.RulebookFrom
            ? rules
            : null;

    /// <summary><c>rulebook-gone</c>: nothing can be computed from this close again.</summary>
    public static Refusal Gone(Close close) => Refusal.Conflict(
        "rulebook-gone",
        $"The text of {close.RulebookId} {close.RulebookFrom:yyyy-MM-dd} (SHA-256 {close.RulebookHash}) with which {close.Period} was closed is not in "
        + "the database; what it published stands, but cannot be explained.");
}
