namespace TaxiCredit.Dispatch.Features.Cases;

internal enum CaseStatus
{
    /// <summary>Waits for an officer to say what the driver will read of it, or, without a hearing, for its decision.</summary>
    Submitted,

    /// <summary>An officer has set what the driver will read; it waits for the next release.</summary>
    Triaged,

    /// <summary>The driver has the notice and time to answer.</summary>
    AwaitingAnswer,

    /// <summary>The answer is in, or its time is over, or there is no hearing: it may be decided.</summary>
    UnderReview,

    Upheld,
    Dismissed,
    Withdrawn,

    /// <summary>Another case tells of the same; that one is decided.</summary>
    Merged,

    /// <summary>It was about the wrong driver; another case tells of the same about the one who drove.</summary>
    Reassigned,

    /// <summary>It was upheld, and the decision was taken back by a second person.</summary>
    Reversed,

    /// <summary>It was upheld, and the driver objects; a second person is to rule.</summary>
    Objected,

    /// <summary>The objection was looked at, and the decision stands.</summary>
    Confirmed,

    /// <summary>The objection was looked at: another conduct, which costs less, stands in its place.</summary>
    Amended,

    /// <summary>The objection was right: nothing counts.</summary>
    Overturned,

    /// <summary>Nobody ruled on the objection in time: nothing counts.</summary>
    Lapsed,

    /// <summary>It counts, and some of its points were given back for what the driver did afterwards.</summary>
    Repaired,
}

internal enum CaseSignal
{
    Triage, Serve, PassHearing, Answer, Lapse, Uphold, Dismiss, Withdraw, Merge, Reverse, Reinstate, Object, Confirm, Amend, Overturn, RunOut, Reassign,
    Repair, ReinstateRepaired,
}

/// <summary>
/// The life of a case as one table. Whatever tells how a case stands (receipt, page of the case, API, pages of driver and leader, statistics) asks the state
/// that this table has led to.
/// </summary>
internal static class CaseLife
{
    /// <summary>States of a case that nobody has decided.</summary>
    public static readonly IReadOnlyList<CaseStatus> Open = [CaseStatus.Submitted, CaseStatus.Triaged, CaseStatus.AwaitingAnswer, CaseStatus.UnderReview];

    /// <summary>Open states of which the driver knows, where there was a hearing.</summary>
    public static readonly IReadOnlyList<CaseStatus> Heard = [CaseStatus.AwaitingAnswer, CaseStatus.UnderReview];

    /// <summary>Ends without a decision.</summary>
    public static readonly IReadOnlyList<CaseStatus> Undecided = [CaseStatus.Withdrawn, CaseStatus.Merged, CaseStatus.Reassigned];

    public static bool IsOpen(this CaseStatus status) => Open.Contains(status);

    /// <summary>Whether a step is news to the driver: somebody else took it, and the driver may know of it. What comes before the notice is not.</summary>
    public static bool IsNews(CaseStatus from, CaseSignal signal) => signal switch
    {
        CaseSignal.Serve or CaseSignal.Uphold or CaseSignal.Reverse or CaseSignal.Reinstate or CaseSignal.ReinstateRepaired or CaseSignal.Confirm
            or CaseSignal.Amend or CaseSignal.Overturn or CaseSignal.RunOut or CaseSignal.Repair => true,
        CaseSignal.Dismiss or CaseSignal.Withdraw or CaseSignal.Merge or CaseSignal.Reassign => Heard.Contains(from),
        _ => false,
    };

    /// <summary>The whole state machine; pairs that are not in it are refused.</summary>
    public static bool TryNext(CaseStatus from, CaseSignal signal, out CaseStatus to)
    {
        CaseStatus? next = (from, signal) switch
        {
            // Until it is released, what the driver will read can be set anew.
            (CaseStatus.Submitted or CaseStatus.Triaged, CaseSignal.Triage) => CaseStatus.Triaged,
            (CaseStatus.Triaged, CaseSignal.Serve) => CaseStatus.AwaitingAnswer,
            (CaseStatus.Submitted or CaseStatus.Triaged, CaseSignal.PassHearing) => CaseStatus.UnderReview,
            // A second answer amends the first.
            (CaseStatus.AwaitingAnswer or CaseStatus.UnderReview, CaseSignal.Answer) => CaseStatus.UnderReview,
            (CaseStatus.AwaitingAnswer, CaseSignal.Lapse) => CaseStatus.UnderReview,
            (CaseStatus.UnderReview, CaseSignal.Uphold) => CaseStatus.Upheld,
            // What burdens nobody needs no hearing; one that has begun is not cut short.
            (CaseStatus.Submitted or CaseStatus.Triaged or CaseStatus.UnderReview, CaseSignal.Dismiss) => CaseStatus.Dismissed,
            (CaseStatus.Submitted or CaseStatus.Triaged or CaseStatus.AwaitingAnswer or CaseStatus.UnderReview, CaseSignal.Withdraw) => CaseStatus.Withdrawn,
            (CaseStatus.Submitted or CaseStatus.Triaged or CaseStatus.AwaitingAnswer or CaseStatus.UnderReview, CaseSignal.Merge) => CaseStatus.Merged,
            (CaseStatus.Submitted or CaseStatus.Triaged or CaseStatus.AwaitingAnswer or CaseStatus.UnderReview, CaseSignal.Reassign) => CaseStatus.Reassigned,
            // While an objection is open, its ruling alone changes the decision.
            (CaseStatus.Upheld or CaseStatus.Confirmed or CaseStatus.Amended or CaseStatus.Repaired, CaseSignal.Reverse) => CaseStatus.Reversed,
            (CaseStatus.Reversed, CaseSignal.Reinstate) => CaseStatus.Upheld,
            (CaseStatus.Reversed, CaseSignal.ReinstateRepaired) => CaseStatus.Repaired,
            (CaseStatus.Upheld, CaseSignal.Object) => CaseStatus.Objected,
            (CaseStatus.Objected, CaseSignal.Confirm) => CaseStatus.Confirmed,
            (CaseStatus.Objected, CaseSignal.Amend) => CaseStatus.Amended,
            (CaseStatus.Objected, CaseSignal.Overturn) => CaseStatus.Overturned,
            (CaseStatus.Objected, CaseSignal.RunOut) => CaseStatus.Lapsed,
            // Not while an objection is open; after the ruling, what stands. Once more where a repair has left something.
            (CaseStatus.Upheld or CaseStatus.Confirmed or CaseStatus.Amended or CaseStatus.Repaired, CaseSignal.Repair) => CaseStatus.Repaired,
            _ => null,
        };
        to = next ?? from;
        return next is not null;
    }
}
