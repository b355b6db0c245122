using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Cases.Objections;

/// <summary>Which document a driver was served with.</summary>
internal enum ServedDocument { Decision, Ruling }

/// <summary>By what a driver is proven to have a document.</summary>
internal enum ServiceMeans
{
    /// <summary>The driver opened it here.</summary>
    Page,

    /// <summary>Handed over on paper, against a signature.</summary>
    Paper,

    /// <summary>Mail with a proof of delivery.</summary>
    Mail,

    /// <summary>A text message with the network's receipt. That a gateway took it proves nothing.</summary>
    Sms,
}

/// <summary>A driver has a document: the first proof of it, from which the time for an objection runs.</summary>
[Chronicled]
internal sealed class DecisionService
{
    /// <summary>Max length in characters.</summary>
    public const int LongestProof = 200;

    public required long CaseId { get; init; }

    public required ServedDocument Document { get; init; }

    public required ServiceMeans Means { get; init; }

    /// <summary>Day at the bureau on which the driver had it.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Last day for an objection, as promised; null for a ruling.</summary>
    public required DateOnly? ObjectBy { get; init; }

    /// <summary>What shows it, such as the number of a consignment; empty where the driver opened it here.</summary>
    public required string Proof { get; init; }

    /// <summary>Who recorded it: the driver, by opening the document, or somebody at the desk.</summary>
    public required string By { get; init; }

    /// <summary>System time.</summary>
    public required DateTimeOffset At { get; init; }
}
