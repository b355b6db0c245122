using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Repairs;
using TaxiCredit.Dispatch.Features.Exchange.Csv;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Exchange;

/// <summary>A line of <c>repairs.csv</c>.</summary>
/// <param name="Case">Its number.</param>
/// <param name="On">Day on which it was asked for.</param>
internal sealed record RepairLine(KeptLine Line, long Id, string Case, RepairRule Rule, string Proof, DateOnly On, string? OnPaperBy)
{
    /// <summary>Null while it waits.</summary>
    public RepairOutcome? Outcome { get; init; }

    public DateOnly? DecidedOn { get; init; }

    public string? DecidedBy { get; init; }

    public string? Reason { get; init; }

    /// <summary>That were given back; 0 where it was refused or waits.</summary>
    public Points Points { get; init; }

    public bool IsRead { get; init; }

    /// <summary>What is stored of it, once its case has gone by.</summary>
    public Repair? Stored { get; set; }

    private string DriverCode { get; set; } = "";

    public Repair ToRepair(Case of, DateTimeOffset now)
    {
        DriverCode = of.Driver.Code;
        return new()
        {
            Id = Id,
            DriverId = of.DriverId,
            CaseId = of.Id,
            Rule = Rule.Id,
            Proof = Proof,
            OnPaperBy = OnPaperBy,
            On = On,
            At = now,
        };
    }

    /// <summary>The entry that it books; null where it books none.</summary>
    public NewEntry? Entry() => Outcome != RepairOutcome.Granted
        ? null
        : new(Stored!.DriverId, DriverCode, EntryKind.Repair, Rule.Id, Points, null, On, DecidedOn!.Value, Case, null);

    /// <param name="sequence">Of its entry in the ledger.</param>
    public Repair Decided(long? sequence, DateTimeOffset now)
    {
        if (Outcome is { } outcome)
            Stored!.Decide(outcome, DecidedOn!.Value, DecidedBy!, Reason!, sequence);
        if (IsRead)
            Stored!.Read(now);
        // Old to whom it is about.
        Stored!.Told();
        return Stored;
    }
}
