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

    /// <summary>SHA-256 of the rulebook's file: a replay refuses another text under the same name.</summary>
    public string RulebookHash { get; set; } = "";

    /// <summary>Drivers up to this id are rated; whoever comes onto the roster after the close was begun is not.</summary>
    public int DriversThrough { get; set; }

    /// <summary>Drivers up to this id have their rating; who goes on with the close begins after it.</summary>
    [NotChronicled("Progress of a tally. Once published it equals DriversThrough.")]
    public int TalliedThrough { get; set; }

    /// <summary>Close of the month before, whose stars limit the drop; null for none, or in a revision for the stars that the revised close names.</summary>
    public int? BuildsOnId { get; set; }

    /// <summary>SHA-256 over every rating of this close in the order of driver codes: what the signatures sign. Empty while it is open.</summary>
    public string Digest { get; set; } = "";

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
    /// <summary>The version with which a close was begun; null if it is not here any more, or has another text.</summary>
    public static Rulebook? With(this InstalledRulebooks rulebooks, Close close) => rulebooks.Find(close.RulebookId, close.RulebookFrom, close.RulebookHash);
}
