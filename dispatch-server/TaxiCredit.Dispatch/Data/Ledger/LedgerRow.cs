using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;

namespace TaxiCredit.Dispatch.Data.Ledger;

/// <summary>A ledger entry as the database keeps it. Append-only: a trigger refuses to change or delete a row.</summary>
internal sealed class LedgerRow
{
    /// <summary>1, 2, 3 … without a gap.</summary>
    public required long Sequence { get; init; }

    public required int DriverId { get; init; }

    public required string Driver { get; init; }

    public required EntryKind Kind { get; init; }

    public required string Code { get; init; }

    /// <summary>Hundredths of a point, signed.</summary>
    public required int Points { get; init; }

    public required int? MaxStars { get; init; }

    public required DateOnly ConductOn { get; init; }

    public required DateOnly DecidedOn { get; init; }

    public required string Case { get; init; }

    public required long? Reverses { get; init; }

    public required string DetailsCommitment { get; init; }

    /// <summary>SHA-256 over the previous entry's hash and this entry. Unique, as is the previous one: the chain cannot fork.</summary>
    public required string Hash { get; init; }

    public required string PreviousHash { get; init; }

    public LedgerEntry ToEntry() => new(
        Sequence, Driver, Kind, Code, new Points(Points), MaxStars, ConductOn, DecidedOn, Case, Reverses, DetailsCommitment);
}

/// <summary>What an entry is about, in words. Erased after its time with its salt; the commitment in the chain stays and tells nothing.</summary>
internal sealed class LedgerDetails
{
    public required long Sequence { get; init; }

    public required byte[] Salt { get; init; }

    public required string Json { get; init; }
}
