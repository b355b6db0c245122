using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Scoring.Tallies;

/// <summary>Sums over the live entries that stand.</summary>
/// <param name="Deductions">Weighted deductions, zero or negative.</param>
/// <param name="Repair">Repairs, zero or positive.</param>
/// <param name="Merits">Weighted merits within their caps, zero or positive.</param>
/// <param name="Limiter">Index of the entry with the lowest limit on the stars; -1 if none has one.</param>
/// <param name="MaxStars">That limit; 4 if there is none.</param>
internal record struct Sums(Points Deductions, Points Repair, Points Merits, int Limiter, int MaxStars);

/// <summary>
/// How sums become points and stars, every step of it (ADR 0002). The first four are what a step adds to the total; most are zero or negative.
/// </summary>
internal readonly record struct Settlement(
    Points RepairLimit,
    Points MeritLimit,
    Points Offset,
    Points Clamp,
    Points Points,
    StarBand Band,
    int AfterDrop,
    int AfterOverride,
    int? Stars)
{
    public static Settlement Of(Rulebook rulebook, in DriverFacts facts, in Sums sums)
    {
        var repair = Points.Min(sums.Repair, -sums.Deductions);
        var lost = sums.Deductions + repair;
        var limited = Points.Min(sums.Merits, rulebook.Merit.Limit);
        var merit = lost < Points.Zero && rulebook.Merit.OffsetPercent is { } share ? Points.Min(limited, (-lost).Percent(share)) : limited;
        var unclamped = rulebook.Base + lost + merit;
        var points = Points.Max(rulebook.Floor, Points.Min(rulebook.Ceiling, unclamped));
        var band = rulebook.BandOf(points);
        var afterDrop = Math.Max(band.Stars, facts.PreviousStars - rulebook.LargestDrop ?? 0);
        var afterOverride = Math.Min(afterDrop, sums.MaxStars);
        int? stars = facts.DaysOnShift < rulebook.ProbationDaysOnShift ? null : afterOverride;
        return new(repair - sums.Repair, limited - sums.Merits, merit - limited, points - unclamped, points, band, afterDrop, afterOverride, stars);
    }
}
