namespace TaxiCredit.Dispatch.Features.Statistics.Bulletins;

/// <summary>
/// The figures of an edition. They follow from what cannot change once the month is published: its ratings, cases by the day of their submission or decision,
/// objections by the day of their ruling. Null stands for fewer than five people, or for what is not known.
/// </summary>
/// <param name="Edition">Revision of the month.</param>
/// <param name="Reason">Why there is another edition; empty for the first.</param>
/// <param name="Rulebook">Id and first day of the one that the month was closed by.</param>
/// <param name="Before">Edition of the month before that is compared, <c>2017-11/1</c>; null if that month is not published.</param>
public sealed record BulletinFigures(
    string Period, int Edition, string Reason, bool Synthetic, string Rulebook, string? Before, IReadOnlyList<StarsLine> Stars, ComplaintFigures Complaints,
    MeritFigures Merits, DecisionFigures Decisions, ObjectionFigures Objections);

/// <summary>Drivers with so many stars. They are told to the last one: each is shown in a windscreen.</summary>
/// <param name="Stars"><c>4</c> to <c>0</c>, or <c>unrated</c>.</param>
/// <param name="Before">In the month before.</param>
/// <param name="EditionBefore">In the edition before this one; null for a first edition.</param>
public sealed record StarsLine(string Stars, int Drivers, int? Before, int? EditionBefore);

/// <param name="Zh">Name in Chinese; null for several conducts that were merged.</param>
/// <param name="Category"><c>service</c>, <c>safety</c>, <c>peer</c>, <c>merit</c>, or <c>other</c> for a code that no stored rulebook names.</param>
public sealed record ConductName(string Code, string? Zh, string? En, string Category);

/// <summary>Complaints that were submitted in the month, whatever became of them.</summary>
/// <param name="DaysOnShift">Days on which drivers were signed on in the month, summed over drivers; null for the first month that was ever published.</param>
/// <param name="Months">Up to twelve, oldest first, this one last.</param>
/// <param name="Lines">They add up to the total; none where only the total may be told.</param>
public sealed record ComplaintFigures(
    int? Total, long? DaysOnShift, decimal? Per10000Days, IReadOnlyList<MonthTotal> Months, IReadOnlyList<ConductLine> Lines);

public sealed record MonthTotal(string Period, int? Total);

/// <param name="Names">One conduct, or those that were merged, in the rulebook's order.</param>
/// <param name="Before">What the bulletin of the month before tells of the same line; null where it has no such line.</param>
/// <param name="Months">The same for each of <see cref="ComplaintFigures.Months"/>.</param>
public sealed record ConductLine(IReadOnlyList<ConductName> Names, int Count, decimal? Per10000Days, int? Before, IReadOnlyList<int?> Months);

/// <summary>Merits that were decided in the month and upheld.</summary>
/// <param name="PropertyYuan">Value of the property that was returned, where it is known.</param>
public sealed record MeritFigures(int? Total, decimal? PropertyYuan, IReadOnlyList<MeritLine> Lines);

public sealed record MeritLine(IReadOnlyList<ConductName> Names, int Count);

/// <summary>Cases that can cost points and were decided, or closed without a decision, in the month.</summary>
/// <param name="MedianDays">From submission to decision.</param>
/// <param name="Late">Decided after the rulebook's deadline.</param>
/// <param name="Overdue">Undecided at the end of the month, with the deadline over.</param>
public sealed record DecisionFigures(int? Total, decimal? MedianDays, int? Late, int? Overdue, IReadOnlyList<OutcomeLine> Lines);

/// <summary>Objections that ended in the month.</summary>
/// <param name="UpheldPercent">Share in which the decision did not stand, amended, overturned or lapsed.</param>
/// <param name="MedianDays">From the objection to its end.</param>
public sealed record ObjectionFigures(int? Total, decimal? UpheldPercent, decimal? MedianDays, IReadOnlyList<OutcomeLine> Lines);

/// <param name="Outcomes">One, or those that were merged.</param>
public sealed record OutcomeLine(IReadOnlyList<string> Outcomes, int Count);
