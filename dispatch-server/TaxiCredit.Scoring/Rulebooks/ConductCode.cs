namespace TaxiCredit.Scoring.Rulebooks;

/// <summary>What a conduct concerns.</summary>
public enum ConductCategory
{
    /// <summary>Service to passengers. An objection stays these points.</summary>
    Service = 0,

    /// <summary>Safety of passengers and of others on the road.</summary>
    Safety = 1,

    /// <summary>Conduct towards other drivers, the team and the bureau.</summary>
    Peer = 2,

    /// <summary>Good conduct; the only category with positive points.</summary>
    Merit = 3,
}

/// <summary>The period over which a <see cref="MeritCap"/> counts.</summary>
public enum CapPeriod
{
    /// <summary>The rulebook's window.</summary>
    Window = 0,

    /// <summary>Each calendar quarter for itself, by the day of the decision.</summary>
    Quarter = 1,
}

/// <summary>How often a merit counts.</summary>
/// <param name="Count">Entries that count in one period, 1 or more. The largest do; among equal ones those of the lower ledger sequence.</param>
/// <param name="Per">The period.</param>
public sealed record MeritCap(int Count, CapPeriod Per);

/// <summary>A line of the rulebook: a conduct and what it does to a credit file.</summary>
/// <param name="Id">Code, <c>[A-Z0-9]{1,8}</c>, unique in the rulebook.</param>
/// <param name="Zh">Name of the conduct in Chinese.</param>
/// <param name="En">Name of the conduct in English.</param>
/// <param name="Category">What the conduct concerns.</param>
/// <param name="Points">Signed: positive for a merit; negative for any other conduct, or zero where only <paramref name="MaxStars"/> bites.</param>
/// <param name="Evidence">The evidence that a decision requires.</param>
/// <param name="MaxStars">Most stars (0 to 3) while an entry of this code is live; null for no such limit. Never set on a merit.</param>
/// <param name="Cap">How often the merit counts; null for always. Never set on a deduction.</param>
/// <param name="Source">A citation, or a text that contains "assumed".</param>
/// <param name="EvidenceZh"><paramref name="Evidence"/> in Chinese; null if the rulebook does not tell it.</param>
/// <param name="SourceZh"><paramref name="Source"/> in Chinese; null if the rulebook does not tell it.</param>
public sealed record ConductCode(
    string Id,
    string Zh,
    string En,
    ConductCategory Category,
    Points Points,
    string Evidence,
    int? MaxStars,
    MeritCap? Cap,
    string Source,
    string? EvidenceZh = null,
    string? SourceZh = null);
