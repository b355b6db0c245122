namespace TaxiCredit.Scoring.Tallies;

/// <summary>What a line of an explanation is about.</summary>
public enum LineKind
{
    /// <summary>The points that every file starts with.</summary>
    Opening = 0,

    /// <summary>A ledger entry that is live in the tallied month, or its reversal.</summary>
    Entry = 1,

    /// <summary>Repair beyond what was lost, taken back.</summary>
    RepairLimit = 2,

    /// <summary>Merits beyond the rulebook's limit, taken back.</summary>
    MeritLimit = 3,

    /// <summary>Merits beyond the share of the deductions that they may offset, taken back.</summary>
    Offset = 4,

    /// <summary>What floor or ceiling changed.</summary>
    Clamp = 5,

    /// <summary>The stars that the points earn.</summary>
    Stars = 6,

    /// <summary>The stars were raised, because points cost at most so many stars in a month.</summary>
    LargestDrop = 7,

    /// <summary>The stars were lowered by the limit of an entry.</summary>
    Override = 8,

    /// <summary>The driver is not rated yet.</summary>
    Probation = 9,
}

/// <summary>One line of an explanation.</summary>
/// <param name="Kind">What the line is about.</param>
/// <param name="Sequence">Ledger sequence of the entry behind the line; null if there is none.</param>
/// <param name="Code">Code of that entry; null if there is none.</param>
/// <param name="Nominal">Points as booked; zero on a line without an entry, except the opening.</param>
/// <param name="WeightPercent">Weight by age, 0 to 100; 100 for what does not age, was reversed, or is no entry.</param>
/// <param name="Counted">Points that the line adds to the total.</param>
/// <param name="Running">Total up to this line, itself included.</param>
/// <param name="StarsBefore">Stars before the line; null where none were known yet or the line is not about stars.</param>
/// <param name="StarsAfter">Stars after the line; null for unrated, or where the line is not about stars.</param>
/// <param name="Reason">Key of the reason, one of <see cref="Reasons"/>; pages translate by it.</param>
/// <param name="Text">The reason in English.</param>
public sealed record TallyLine(
    LineKind Kind,
    long? Sequence,
    string? Code,
    Points Nominal,
    int WeightPercent,
    Points Counted,
    Points Running,
    int? StarsBefore,
    int? StarsAfter,
    string Reason,
    string Text);

/// <summary>The reasons that a <see cref="TallyLine"/> can give.</summary>
public static class Reasons
{
    /// <summary>Opening points.</summary>
    public const string Opening = "opening";

    /// <summary>A deduction, at its weight by age.</summary>
    public const string Deduction = "deduction";

    /// <summary>A merit, at its weight by age.</summary>
    public const string Merit = "merit";

    /// <summary>A repair.</summary>
    public const string Repair = "repair";

    /// <summary>An entry that a reversal took back.</summary>
    public const string Reversed = "reversed";

    /// <summary>The reversal of an entry.</summary>
    public const string Reversal = "reversal";

    /// <summary>A merit of which enough others already count.</summary>
    public const string Capped = "capped";

    /// <summary>Repair beyond what was lost.</summary>
    public const string RepairLimit = "repair-limit";

    /// <summary>Merits beyond the limit.</summary>
    public const string MeritLimit = "merit-limit";

    /// <summary>Merits beyond the share that they may offset.</summary>
    public const string Offset = "offset";

    /// <summary>Raised to the floor.</summary>
    public const string Floor = "floor";

    /// <summary>Lowered to the ceiling.</summary>
    public const string Ceiling = "ceiling";

    /// <summary>Stars by points.</summary>
    public const string Stars = "stars";

    /// <summary>Stars raised by the limit on a month's drop.</summary>
    public const string LargestDrop = "largest-drop";

    /// <summary>Stars lowered by an entry's limit.</summary>
    public const string Override = "override";

    /// <summary>Too few days on shift to be rated.</summary>
    public const string Probation = "probation";
}
