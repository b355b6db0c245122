namespace TaxiCredit.Scoring.Tallies;

/// <summary>What a tally needs to know of a driver beside the ledger.</summary>
/// <param name="Driver">Public code of the driver.</param>
/// <param name="DaysOnShift">Days with a shift up to the end of the tallied month, 0 or more.</param>
/// <param name="PreviousStars">Stars (0 to 4) published for the month before; null if the driver was unrated or unknown then.</param>
public readonly record struct DriverFacts(string Driver, int DaysOnShift, int? PreviousStars);

/// <summary>The figures of a tally without its explanation.</summary>
/// <param name="Points">Points after every limit.</param>
/// <param name="Stars">0 to 4, or null while the driver is unrated.</param>
/// <param name="StarsByPoints">Stars that the points alone earn, before largest drop, overrides and probation.</param>
public readonly record struct TallyTotal(Points Points, int? Stars, int StarsByPoints);

/// <summary>What one month came to for one driver, and why.</summary>
/// <param name="Driver">Public code of the driver.</param>
/// <param name="Month">The tallied month.</param>
/// <param name="Points">Points after every limit.</param>
/// <param name="Stars">0 to 4, or null while the driver is unrated.</param>
/// <param name="StarsByPoints">Stars that the points alone earn.</param>
/// <param name="Lines">The explanation; the counted points of its lines add up exactly to <paramref name="Points"/>.</param>
public sealed record Tally(string Driver, Month Month, Points Points, int? Stars, int StarsByPoints, IReadOnlyList<TallyLine> Lines);
