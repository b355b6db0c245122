using System.Globalization;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

internal enum ReportStatus
{
    /// <summary>Held back for a person's look: there were many at once.</summary>
    Quarantined,

    /// <summary>Waits for an officer to say against whom it is, and what.</summary>
    Received,

    /// <summary>It became a case, which says how it goes on.</summary>
    Assigned,

    /// <summary>An officer has looked and made no case of it.</summary>
    Rejected,

    /// <summary>The passenger took it back before it was a case.</summary>
    Withdrawn,
}

internal enum ReportSignal { Release, Assign, Reject, Withdraw }

internal enum QuarantineReason { ManyOfCab, ManyFromAddress }

/// <summary>
/// What a passenger said about a ride. It names a cab and an hour; a case needs a driver and a conduct, so that it becomes one only when both
/// are known, by the shifts or by an officer. Who reported is not in it: the contact lies apart (<see cref="ReportContact"/>).
/// </summary>
[Chronicled]
internal sealed class PassengerReport
{
    /// <summary>Max length in characters.</summary>
    public const int LongestAccount = 1000;

    /// <inheritdoc cref="LongestAccount"/>
    public const int LongestPlace = 200;

    public long Id { get; init; }

    /// <summary><c>p-000123</c>, for the bureau.</summary>
    public string Number => $"p-{Id:D6}";

    /// <summary>A <see cref="ShortCode"/>, for the passenger.</summary>
    public required string Receipt { get; init; }

    /// <summary>Made when the form was first drawn: the same form sent twice is one report.</summary>
    public required Guid Submission { get; init; }

    /// <summary>Complaint or merit.</summary>
    public required CaseKind Kind { get; init; }

    public required int CabId { get; init; }

    public Cab Cab { get; init; } = null!;

    /// <summary>Conduct of the rulebook that the passenger chose; null for something else.</summary>
    public string? Code { get; init; }

    public required DateOnly ConductOn { get; init; }

    /// <summary>
    /// Hour of the day in the city, 0 to 23; null where the passenger does not remember. Nothing finer is asked for, so that it names no ride.
    /// </summary>
    public int? ConductHour { get; init; }

    public required string Place { get; init; }

    public required string Account { get; init; }

    /// <summary>System time.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Day at the bureau.</summary>
    public required DateOnly SubmittedOn { get; init; }

    public ReportStatus Status { get; private set; } = ReportStatus.Received;

    /// <summary>Why it was held back; stays when it is released.</summary>
    public QuarantineReason? HeldFor { get; private set; }

    public long? CaseId { get; private set; }

    public Case? Case { get; private set; }

    /// <summary>Why no case was made of it; for the bureau alone.</summary>
    public string? Remark { get; private set; }

    /// <summary>Day at the bureau on which it ended without a case: an officer made none of it, or the passenger took it back.</summary>
    public DateOnly? RejectedOn { get; private set; }

    /// <summary>Concurrency token.</summary>
    public Guid Version { get; private set; }

    /// <summary>Quarantines a report that has just come in.</summary>
    public void HoldBack(QuarantineReason reason) => (HeldFor, Status) = (reason, ReportStatus.Quarantined);

    /// <summary>The whole state machine; pairs that are not in it are refused.</summary>
    public static bool TryNext(ReportStatus from, ReportSignal signal, out ReportStatus to)
    {
        ReportStatus? next = (from, signal) switch
        {
            (ReportStatus.Quarantined, ReportSignal.Release) => ReportStatus.Received,
            (ReportStatus.Received, ReportSignal.Assign) => ReportStatus.Assigned,
            (ReportStatus.Quarantined or ReportStatus.Received, ReportSignal.Reject) => ReportStatus.Rejected,
            // Once it is a case, the case is withdrawn.
            (ReportStatus.Quarantined or ReportStatus.Received, ReportSignal.Withdraw) => ReportStatus.Withdrawn,
            _ => null,
        };
        to = next ?? from;
        return next is not null;
    }

    /// <summary>Of a <see cref="Number"/>; null if it is none.</summary>
    public static long? IdOf(string number) =>
        number.StartsWith("p-", StringComparison.Ordinal) && long.TryParse(number.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    /// <summary>Refuses what builds on an earlier state of the report.</summary>
    /// <param name="seen">The <see cref="Version"/> that was looked at; null where nobody looked.</param>
    public Refusal? Unless(Guid? seen) => seen is null || seen == Version
        ? null
        : Refusal.Conflict("changed-meanwhile", $"Report {Number} has changed since version {seen}; it is {Status} now. Read it again and repeat.");

    public Refusal? Move(ReportSignal signal)
    {
        if (!TryNext(Status, signal, out var to))
            return Refusal.Conflict("report-out-of-step", $"Report {Number} is {Status}; it cannot take '{signal}'.");
        (Status, Version) = (to, Guid.NewGuid());
        return null;
    }

    /// <summary>The case was about the wrong driver; the receipt tells of the one that goes on.</summary>
    public void Follow(Case to) => (Case, CaseId) = (to, to.Id);

    public void Became(Case made) => (Case, CaseId) = (made, made.Id);

    public void Remarked(string remark, DateOnly on) => (Remark, RejectedOn) = (remark, on);

    public void WithdrawnOn(DateOnly day) => RejectedOn = day;
}

/// <summary>The contact of the passenger who reported, sealed, in a separate table that no page for drivers reads.</summary>
[Chronicled]
internal sealed class ReportContact
{
    public const int Longest = 200;

    public required long ReportId { get; init; }

    /// <summary>By <see cref="ContactSeal"/>.</summary>
    public required byte[] Sealed { get; init; }
}

/// <summary>A photo that came with a report. The picture lies in the data folder, <see cref="Photos.PhotoFolder"/>.</summary>
[Chronicled]
internal sealed class ReportPhoto
{
    public required long ReportId { get; init; }

    /// <summary>32 random hex digits and <c>.jpg</c>.</summary>
    public required string File { get; init; }

    /// <summary>Bytes of the file.</summary>
    public required int Size { get; init; }
}
