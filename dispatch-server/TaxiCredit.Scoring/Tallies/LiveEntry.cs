namespace TaxiCredit.Scoring.Tallies;

/// <summary>What becomes of an entry in a tally.</summary>
internal enum Standing
{
    Deduction,
    Merit,
    Repair,
    Reversal,
    Reversed,
    Capped,
}

/// <summary>An entry within the window, or a reversal of one.</summary>
internal struct LiveEntry
{
    public required long Sequence;
    public required string Code;
    public required Points Points;
    public required int? MaxStars;
    public required DateOnly DecidedOn;

    /// <summary>Index of the entry that a reversal takes back; -1 for every other entry.</summary>
    public required int Target;

    public required Standing Standing;
    public int WeightPercent;

    /// <summary>Points after weighing; what the entry adds to the total unless it is reversed or capped.</summary>
    public Points Weighed;
}
