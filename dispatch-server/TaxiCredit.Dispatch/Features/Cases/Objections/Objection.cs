using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Cases.Objections;

/// <summary>How an objection ends.</summary>
internal enum Ruling
{
    /// <summary>The decision stands.</summary>
    Confirmed,

    /// <summary>Another conduct of the rulebook, which costs less, stands in its place.</summary>
    Amended,

    /// <summary>Nothing counts.</summary>
    Overturned,

    /// <summary>Nobody ruled in time: what was stayed counts nothing. Time does this, no person.</summary>
    Lapsed,
}

/// <summary>A driver objects to a decision, once. Chronicled as it was made, and again as it was ruled on.</summary>
[Chronicled]
internal sealed class Objection
{
    /// <summary>Max length in characters.</summary>
    public const int LongestStatement = 2000;

    public required long CaseId { get; init; }

    public required string Statement { get; init; }

    /// <inheritdoc cref="Hearing.DriverAnswer.File"/>
    public string? File { get; init; }

    /// <inheritdoc cref="Hearing.DriverAnswer.FileHash"/>
    public string? FileHash { get; init; }

    /// <summary>Who recorded an objection that came on paper; null where the driver objected here.</summary>
    public string? OnPaperBy { get; init; }

    /// <summary>Day at the bureau; of a paper the day on which it was handed in.</summary>
    public required DateOnly On { get; init; }

    /// <summary>System time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Last day for the ruling, as it was promised: a calendar that changes later changes no promise.</summary>
    public required DateOnly RuleBy { get; init; }

    /// <summary>Ledger entry that stays the points until the ruling; null where they go on counting.</summary>
    public long? StaySequence { get; set; }

    /// <summary>Null until it is ruled on.</summary>
    public Ruling? Outcome { get; private set; }

    public DateOnly? RuledOn { get; private set; }

    /// <summary>Null where time ended it.</summary>
    public string? RuledBy { get; private set; }

    public string? Reason { get; private set; }

    /// <summary>Conduct that an amendment found; null for every other outcome.</summary>
    public string? Code { get; private set; }

    /// <summary>The points count nothing meanwhile, and for good if nobody rules in time.</summary>
    public bool IsStayed => StaySequence is not null;

    /// <summary>Whether the last day for the ruling is over.</summary>
    public bool IsOverdue(DateOnly today) => Outcome is null && today > RuleBy;

    public void End(Ruling outcome, DateOnly on, string? by, string? reason, string? code) =>
        (Outcome, RuledOn, RuledBy, Reason, Code) = (outcome, on, by, reason, code);
}
