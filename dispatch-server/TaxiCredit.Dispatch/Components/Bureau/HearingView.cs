using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Hearing;

namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>The hearing of a case, as the parts of its page show it.</summary>
public sealed class HearingView
{
    internal Case Report { get; init; } = null!;

    /// <summary>What the driver reads; null before the triage.</summary>
    internal Triage? Told { get; init; }

    /// <summary>Null before the release.</summary>
    internal HearingNotice? Notice { get; init; }

    /// <summary>Newest first.</summary>
    internal IReadOnlyList<DriverAnswer> Answers { get; init; } = [];

    internal HearingSettings Settings { get; init; } = new();
}
