using System.Diagnostics.CodeAnalysis;

namespace TaxiCredit.Scoring.Rulebooks;

/// <summary>One thing that is wrong in a rulebook's file.</summary>
/// <param name="Path">Where, as a JSON path: <c>$.codes[3].points</c>.</param>
/// <param name="Message">What is wrong and what is expected, in English.</param>
public sealed record RulebookFault(string Path, string Message)
{
    /// <summary>Path and message, as shown on a console.</summary>
    public override string ToString() => $"{Path}: {Message}";
}

/// <summary>What came of reading a rulebook: the rulebook, or everything that is wrong with it.</summary>
/// <param name="Rulebook">The rulebook; null if anything is wrong.</param>
/// <param name="Faults">All faults found, in the order of the file; empty if there is none.</param>
public sealed record RulebookReading(Rulebook? Rulebook, IReadOnlyList<RulebookFault> Faults)
{
    /// <summary>Whether there is a rulebook.</summary>
    [MemberNotNullWhen(true, nameof(Rulebook))]
    public bool IsValid => Rulebook is not null;
}
