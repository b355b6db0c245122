namespace TaxiCredit.Scoring.Rulebooks;

/// <summary>A name in the two languages of the product.</summary>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
public sealed record BilingualName(string Zh, string En);

/// <summary>How the entries that a tally reads are chosen.</summary>
public enum WindowKind
{
    /// <summary>The tallied month and those before it, <see cref="Window.Months"/> in all.</summary>
    Rolling = 0,

    /// <summary>The calendar year of the tallied month, up to that month.</summary>
    CalendarYear = 1,
}

/// <summary>The period whose entries are live.</summary>
/// <param name="Kind">How it is laid.</param>
/// <param name="Months">Length in months, 1 to 120; 12 for a calendar year.</param>
public sealed record Window(WindowKind Kind, int Months)
{
    /// <summary>The first month that is live in the tally of a month.</summary>
    public Month FirstMonth(Month tallied) => Kind == WindowKind.CalendarYear ? new(tallied.Year, 1) : tallied.AddMonths(1 - Months);
}

/// <summary>From an age on, what part of its points a deduction weighs.</summary>
/// <param name="FromMonths">Age in months from which the weight holds; the first step of a rulebook is at 0.</param>
/// <param name="WeightPercent">0 to 100; each step lower than the one before.</param>
public sealed record AgeingStep(int FromMonths, int WeightPercent);

/// <summary>What merits may do.</summary>
/// <param name="Limit">The most that the merits of the window count, zero or more.</param>
/// <param name="OffsetPercent">
/// While there are live deductions, merits count at most this share of them (after weights and repair), 0 to 100; null if merits always count up to the limit.
/// </param>
/// <param name="Age">Whether merits weigh less with age, as deductions do.</param>
public sealed record MeritLimits(Points Limit, int? OffsetPercent, bool Age);

/// <summary>The stars for a range of points, which ends where the next higher band begins.</summary>
/// <param name="Stars">0 to 4.</param>
/// <param name="From">Fewest points that earn them; the band includes it.</param>
/// <param name="Label">What the rulebook calls the band, such as AAA; null if it has no name.</param>
public sealed record StarBand(int Stars, Points From, string? Label);

/// <summary>A way to regain points that were lost.</summary>
/// <param name="Id">Code, <c>[A-Z0-9]{1,8}</c>, distinct from all conduct codes.</param>
/// <param name="Zh">Name in Chinese.</param>
/// <param name="En">Name in English.</param>
/// <param name="Points">The most that one such repair books, more than zero.</param>
/// <param name="CleanMonths">Months without an upheld deduction that it presupposes, 0 to 120.</param>
/// <param name="EveryMonths">Months in which it may be booked once, 1 to 120.</param>
/// <param name="Source">A citation, or a text that contains "assumed".</param>
/// <param name="SourceZh"><paramref name="Source"/> in Chinese; null if the rulebook does not tell it.</param>
/// <param name="MakesGood">It is for making good what one decision was about, which the driver names; without it the oldest deduction is repaired.</param>
public sealed record RepairRule(
    string Id, string Zh, string En, Points Points, int CleanMonths, int EveryMonths, string Source, string? SourceZh = null, bool MakesGood = false);

/// <summary>The deadlines that bind the bureau and the driver.</summary>
/// <param name="CaseDays">Calendar days in which a case is decided.</param>
/// <param name="ComplexCaseDays">The same for a case declared complex; not less than <paramref name="CaseDays"/>.</param>
/// <param name="ObjectionDays">Calendar days after the decision in which the driver may object.</param>
/// <param name="RulingWorkingDays">Working days after the objection in which it is ruled on; past them the points lapse.</param>
/// <param name="HearingDays">Calendar days after the notice in which the driver may answer, before anything is decided.</param>
public sealed record Deadlines(int CaseDays, int ComplexCaseDays, int ObjectionDays, int RulingWorkingDays, int HearingDays = Deadlines.UsualHearingDays)
{
    /// <summary>For a rulebook that does not say; assumed.</summary>
    public const int UsualHearingDays = 5;
}
