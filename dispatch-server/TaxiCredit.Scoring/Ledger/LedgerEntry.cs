namespace TaxiCredit.Scoring.Ledger;

/// <summary>What put an entry into a credit file.</summary>
public enum EntryKind
{
    /// <summary>A person decided a case: a deduction, a merit, or a limit on the stars.</summary>
    Decision = 0,

    /// <summary>An earlier entry is taken back; it and its reversal count nothing. Reversing a reversal restores the entry, with its own age.</summary>
    Reversal = 1,

    /// <summary>Points regained by a course or by clean months; never more than was lost.</summary>
    Repair = 2,
}

/// <summary>One entry of the city's ledger. Entries are appended and never changed.</summary>
/// <param name="Sequence">Number in the city's ledger: 1 and up, without gaps over all drivers.</param>
/// <param name="Driver">Public code of the driver, <c>[a-z0-9-]{1,32}</c>.</param>
/// <param name="Kind">What put the entry into the file.</param>
/// <param name="Code">
/// Conduct code, or code of the repair, <c>[A-Z0-9]{0,8}</c>. A reversal carries the code of what it reverses; a repair may have none (empty).
/// </param>
/// <param name="Points">
/// Signed points, fixed at booking by the rulebook in force on <paramref name="ConductOn"/>: deductions negative, merits and repairs positive,
/// a reversal minus what it reverses.
/// </param>
/// <param name="MaxStars">
/// Maximum of stars (0 to 4) that the driver may show while the entry is live; null for no such limit. Fixed at booking like the points.
/// </param>
/// <param name="ConductOn">Day of the conduct in the city's zone. It chooses the rulebook that fixes the points.</param>
/// <param name="DecidedOn">Day of the decision in the city's zone. It chooses the month and the age.</param>
/// <param name="Case">Reference of the case, <c>[A-Za-z0-9._/-]{0,64}</c>; empty for an entry without one.</param>
/// <param name="Reverses">Sequence of the entry that a reversal takes back; null for every other kind.</param>
/// <param name="DetailsCommitment">
/// What <see cref="LedgerChain.Commit(ReadOnlySpan{byte}, string)"/> made of the details, 64 lower-case hex digits. It stays when the details are erased.
/// </param>
public sealed record LedgerEntry(
    long Sequence,
    string Driver,
    EntryKind Kind,
    string Code,
    Points Points,
    int? MaxStars,
    DateOnly ConductOn,
    DateOnly DecidedOn,
    string Case,
    long? Reverses,
    string DetailsCommitment);
