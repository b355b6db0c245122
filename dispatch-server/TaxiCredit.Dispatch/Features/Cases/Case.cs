using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Cases;

internal enum CaseKind { Complaint, Infringement, PeerReport, Merit }

/// <summary>A report on its way to a decision. It touches no points before a person has upheld it.</summary>
[Chronicled]
internal sealed class Case : IHasNews
{
    private Case() { }

    public long Id { get; init; }

    /// <summary><c>c-000123</c>, in the order of submission.</summary>
    public required string Number { get; init; }

    public required CaseKind Kind { get; init; }

    public CaseStatus Status { get; private set; } = CaseStatus.Submitted;

    public required int DriverId { get; init; }

    public Driver Driver { get; init; } = null!;

    /// <summary>The conduct that is alleged; the decision may find another.</summary>
    public required string Code { get; init; }

    public required DateOnly ConductOn { get; init; }

    /// <summary>Hour of the day, 0 to 23; null where it is not known.</summary>
    public int? ConductHour { get; init; }

    public required string Place { get; init; }

    public required string Account { get; init; }

    /// <summary>Code of the driver who reported a peer. Never shown to the driver who is reported.</summary>
    public string? Reporter { get; init; }

    /// <summary>Value of property that was returned, in fen (0.01 RMB).</summary>
    public long? PropertyFen { get; init; }

    /// <summary>A thousand million yuan: ninety million such cases fit into a sum.</summary>
    public const long MaxPropertyFen = 100_000_000_000;

    public required DateOnly SubmittedOn { get; init; }

    public required string SubmittedBy { get; init; }

    /// <summary>Day on which the case was declared complex; null for an ordinary one.</summary>
    public DateOnly? ComplexOn { get; private set; }

    public string? ComplexBy { get; private set; }

    /// <summary>What makes it complex; for the bureau alone, as it may tell who reported.</summary>
    public string? ComplexReason { get; private set; }

    public DateOnly? DecidedOn { get; private set; }

    public string? DecidedBy { get; private set; }

    public string? DecidedCode { get; private set; }

    public string? Reason { get; private set; }

    /// <summary>Ledger entry that the decision booked.</summary>
    public long? LedgerSequence { get; private set; }

    /// <summary>Ledger entry that the ruling on an objection booked in its place; null where none did.</summary>
    public long? RulingSequence { get; private set; }

    /// <summary>Entry by which the case counts, unless it is reversed.</summary>
    public long? CountsBy => RulingSequence ?? LedgerSequence;

    /// <summary>Concurrency token: two people deciding at once get one decision and one 409.</summary>
    public Guid Version { get; private set; }

    /// <summary>
    /// How the authority that has decided an infringement names its decision, or what certifies a merit; null where the bureau is to find out itself.
    /// </summary>
    public string? Authority { get; init; }

    /// <summary>Number of the case that tells of the same and is decided in the place of this one.</summary>
    public string? MergedInto { get; private set; }

    /// <summary>System time at which a decision was confirmed that can still be taken back; nothing of it is booked or told before.</summary>
    public DateTimeOffset? ConfirmedAt { get; private set; }

    public bool IsDecided => !Status.IsOpen();

    /// <summary>Whether the driver is heard before the decision: not on praise, and not on what an authority has decided after hearing them itself.</summary>
    public bool HasHearing => Kind != CaseKind.Merit && Authority is null;

    /// <summary>The one way a case begins, here and by an import.</summary>
    /// <param name="number">As <see cref="Number"/>; an import keeps the number that the case had.</param>
    public static Case Submit(long id, string number, CaseContent content, DateOnly on, string by) => new()
    {
        Id = id,
        Number = number,
        Kind = content.Kind,
        DriverId = content.Driver.Id,
        Driver = content.Driver,
        Code = content.Code,
        ConductOn = content.ConductOn,
        ConductHour = content.ConductHour,
        Place = content.Place,
        Account = content.Account,
        Reporter = content.Reporter,
        PropertyFen = content.PropertyFen,
        Authority = content.Authority,
        SubmittedOn = on,
        SubmittedBy = by,
    };

    /// <summary>Last day on which a decision is in time.</summary>
    public DateOnly Deadline(Deadlines days) => SubmittedOn.AddDays(ComplexOn is null ? days.CaseDays : days.ComplexCaseDays);

    /// <summary>Refuses what builds on an earlier state of the case.</summary>
    /// <param name="seen">The <see cref="Version"/> that was looked at; null where nobody looked.</param>
    public Refusal? Unless(Guid? seen) => seen is null || seen == Version
        ? null
        : Refusal.Conflict("changed-meanwhile", $"Case {Number} has changed since version {seen}; it is {Status} now. Read it again and repeat.");

    public Refusal? Move(CaseSignal signal)
    {
        if (!CaseLife.TryNext(Status, signal, out var to))
            return IsDecided ? AlreadyDecided() : Refusal.Conflict("case-out-of-step", $"Case {Number} is {Status}; it cannot take '{signal}'.");

        // Who was never told that there is a case is not told that there is none.
        HasNews |= CaseLife.IsNews(Status, signal) && (HasHearing || signal is not (CaseSignal.Withdraw or CaseSignal.Merge or CaseSignal.Reassign));
        Status = to;
        Version = Guid.NewGuid();
        return null;
    }

    /// <inheritdoc/>
    public bool HasNews { get; private set; }

    public void Told() => HasNews = false;

    /// <summary>Refuses what is done to open cases alone.</summary>
    public Refusal? UnlessDecided() => IsDecided ? AlreadyDecided() : null;

    /// <summary>Refuses what would come between a decision and the seconds in which it can be taken back.</summary>
    public Refusal? UnlessConfirmed() => ConfirmedAt is null
        ? null
        : Refusal.Conflict("decision-pending", $"A decision of case {Number} was confirmed at {ConfirmedAt:O} and is about to be taken.");

    /// <summary>Something was done about it that the row does not hold.</summary>
    public void Touch() => Version = Guid.NewGuid();

    /// <summary>Back to its beginning, as a case of a version that heard nobody; see <see cref="CaseLifeAdoption"/>.</summary>
    public void BeginAnew() => (Status, Version) = (CaseStatus.Submitted, Guid.NewGuid());

    /// <summary>Gives the decision the longer time; refused once the case is decided, is complex already, or is late.</summary>
    public Refusal? DeclareComplex(ComplexDeclared declared, Deadlines days)
    {
        if (IsDecided)
            return AlreadyDecided();
        if (ComplexOn is { } before)
            return Refusal.Conflict("case-complex-already", $"Case {Number} was declared complex on {before:yyyy-MM-dd} by {ComplexBy}.");
        if (declared.On > Deadline(days))
        {
            return Refusal.AgainstRule(
                "complex-too-late", $"Case {Number} was to be decided by {Deadline(days):yyyy-MM-dd}; a late case is decided and not declared complex.");
        }

        (ComplexOn, ComplexBy, ComplexReason) = (declared.On, declared.By, declared.Reason);
        Version = Guid.NewGuid();
        return null;
    }

    public void Record(CaseDecided decided)
    {
        DecidedOn = decided.On;
        DecidedBy = decided.By;
        DecidedCode = decided.Code;
        Reason = decided.Reason;
    }

    public void BookedAs(long sequence) => LedgerSequence = sequence;

    public void RuledAs(long sequence) => RulingSequence = sequence;

    public void MergeInto(string number) => MergedInto = number;

    /// <summary>A decision waits until it can no longer be taken back; null: it is taken back, or taken.</summary>
    public void Confirm(DateTimeOffset? at) => (ConfirmedAt, Version) = (at, Guid.NewGuid());

    private Refusal AlreadyDecided() => Refusal.Conflict("case-already-decided",
        $"Case {Number} is {Status} since {DecidedOn:yyyy-MM-dd}. A decision is changed by an objection, not by a second decision.");
}

/// <summary>A person declared a case complex.</summary>
internal sealed record ComplexDeclared(DateOnly On, string By, string Reason);

/// <summary>A person decided a case, or closed it without a decision.</summary>
internal sealed record CaseDecided(DateOnly On, string By, string? Code, string Reason);
