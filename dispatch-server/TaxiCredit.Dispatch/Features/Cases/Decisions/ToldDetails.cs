using TaxiCredit.Dispatch.Features.Cases.Hearing;

namespace TaxiCredit.Dispatch.Features.Cases.Decisions;

/// <summary>
/// What the ledger keeps beside an entry, for the driver's eyes: hours and place as an officer has set them. Where nobody did, for praise, neither is told;
/// what an authority has decided is told as it stands in its record.
/// </summary>
internal static class ToldDetails
{
    public static DecisionDetails Of(Case report, Triage? told, PendingDecision pending)
    {
        var isExact = told is null && report.Kind == CaseKind.Infringement;
        return new(
            report.Kind, isExact ? report.ConductHour : null, told?.Place ?? (isExact ? report.Place : ""), pending.Reason, pending.Corroboration,
            told?.FromHour, told?.ToHour);
    }
}
