using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases.Repairs;

/// <summary>How a person decides on a repair that was asked for.</summary>
internal enum RepairOutcome { Granted, Refused }

/// <summary>A driver asks for points back, by a rule of the rulebook. Chronicled as it was asked for, and again as it was decided.</summary>
[Chronicled]
internal sealed class Repair : IHasNews
{
    /// <summary>Max length of <see cref="Proof"/> in characters.</summary>
    public const int LongestProof = 500;

    public required long Id { get; init; }

    public required int DriverId { get; init; }

    /// <summary>The case whose deduction it is to give back.</summary>
    public required long CaseId { get; init; }

    /// <summary>Id in the rulebook: <c>R01</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>What shows that it was done: number of a certificate, how it was made good. Empty where the ledger itself shows it.</summary>
    public required string Proof { get; init; }

    /// <summary>Who recorded one that came on paper; null where the driver asked here.</summary>
    public string? OnPaperBy { get; init; }

    /// <summary>Day at the bureau on which it was asked for; clean months are counted to it, however long the decision takes.</summary>
    public required DateOnly On { get; init; }

    /// <summary>System time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Null until it is decided.</summary>
    public RepairOutcome? Outcome { get; private set; }

    public DateOnly? DecidedOn { get; private set; }

    public string? DecidedBy { get; private set; }

    /// <summary>Why; the driver reads it.</summary>
    public string? Reason { get; private set; }

    /// <summary>Ledger entry that it booked; null where it was refused.</summary>
    public long? LedgerSequence { get; private set; }

    /// <summary>System time at which the driver has read the decision; null before.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary><c>r-000001</c>.</summary>
    public string Number => $"r-{Id:D6}";

    public static bool TryRead(string number, out long id)
    {
        id = 0;
        return number.StartsWith("r-", StringComparison.Ordinal)
            && long.TryParse(number.AsSpan(2), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out id);
    }

    /// <inheritdoc/>
    public bool HasNews { get; private set; }

    public void Told() => HasNews = false;

    public void Decide(RepairOutcome outcome, DateOnly on, string by, string reason, long? sequence)
    {
        (Outcome, DecidedOn, DecidedBy, Reason, LedgerSequence) = (outcome, on, by, reason, sequence);
        HasNews = true;
    }

    public void Read(DateTimeOffset now) => ReadAt ??= now;
}
