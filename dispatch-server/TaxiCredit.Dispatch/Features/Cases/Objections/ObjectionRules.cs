using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Cases.Objections;

/// <summary>What holds of every objection, made here or told by a file.</summary>
internal static class ObjectionRules
{
    /// <summary>Points of service are stayed, others and what limits the stars are not.</summary>
    /// <param name="conduct">That the decision found; null if no rulebook knows it any more.</param>
    /// <param name="maxStars">That the decision limits the stars to.</param>
    public static bool IsStayed(ConductCode? conduct, int? maxStars) => conduct is { Category: ConductCategory.Service } && maxStars is null;

    /// <summary>Nobody is worse off for having objected.</summary>
    public static bool CostsLess(ConductCode amended, Points points, int? maxStars) => amended.Points > points && !(amended.MaxStars < (maxStars ?? 4));

    public static CaseSignal Signal(this Ruling outcome) => outcome switch
    {
        Ruling.Confirmed => CaseSignal.Confirm,
        Ruling.Amended => CaseSignal.Amend,
        Ruling.Overturned => CaseSignal.Overturn,
        _ => CaseSignal.RunOut,
    };
}
