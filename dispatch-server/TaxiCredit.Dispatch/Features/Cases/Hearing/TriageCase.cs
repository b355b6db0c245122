using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases.Hearing;

/// <summary>
/// An officer sets what the driver will read of a case; the next release sends it as a notice. Until then it can be set anew. A case without a hearing is
/// told in the same words once it is decided.
/// </summary>
/// <param name="Actor">Officer or supervisor.</param>
/// <param name="Place">As the driver reads it, 1 to 200 characters.</param>
/// <param name="Account">What is alleged, 1 to 2,000 characters.</param>
/// <param name="Evidence">What it rests on, 1 to 2,000 characters.</param>
/// <param name="FromHour">First hour that is told, 0 to 23; null for none.</param>
/// <param name="ToHour">End of the last, 1 to 24; null for none.</param>
/// <param name="ExactReason">Why the place is told as it was reported, or less than a part of the day; 1 to 500 characters.</param>
/// <param name="Version">Version of the case that was read; refused if it has changed since.</param>
internal sealed record TriageCase(
    Acting Actor, string Place, string Account, string Evidence, int? FromHour = null, int? ToHour = null, string? ExactReason = null, Guid? Version = null)
{
    private const int MaxReason = 500;

    private static readonly OperationRule Rule = new("triage-case", Permission.DecideCase);

    public static Task<Outcome<Case>> HandleAsync(
        string number, TriageCase command, OperationContext context, HearingSettings settings, CancellationToken stop) =>
        context.RunAsync<Case>(Rule, command.Actor, null, command.Check, async person =>
        {
            if (await context.Db.FindCaseAsync(number, stop) is not { } report)
                return CaseQueue.Unknown(number);
            if ((report.Unless(command.Version) ?? report.UnlessConfirmed() ?? await Duties.FindRecusalAsync(report, person.Name, context, stop)
                ?? command.CheckExact(report, settings) ?? report.Move(CaseSignal.Triage)) is { } refused)
                return refused;

            if (await context.Db.Triages.SingleOrDefaultAsync(t => t.CaseId == report.Id, stop) is { } before)
            {
                context.Db.Remove(before);
                await context.Db.SaveChangesAsync(stop);
            }

            context.Db.Add(command.Of(report.Id, person.Name, context));
            return Done.With(report, report.Number);
        }, stop);

    private Triage Of(long id, string by, OperationContext context) => new()
    {
        CaseId = id,
        FromHour = FromHour,
        ToHour = ToHour,
        Place = Place.Trim(),
        Account = Account.Trim(),
        Evidence = Evidence.Trim(),
        ExactReason = string.IsNullOrWhiteSpace(ExactReason) ? null : ExactReason.Trim(),
        By = by,
        On = context.Today,
        At = context.Now,
    };

    private Refusal? Check()
    {
        if (!IsText(Place, Triage.LongestPlace) || !IsText(Account, Triage.LongestText) || !IsText(Evidence, Triage.LongestText))
        {
            return Refusal.Malformed(
                "told-length",
                $"place takes 1 to {Triage.LongestPlace} characters, account and evidence 1 to {Triage.LongestText} each; the driver reads them.");
        }

        if (ExactReason?.Length > MaxReason)
            return Refusal.Malformed("exact-reason-length", $"exactReason takes at most {MaxReason} characters.");
        return FromHour is null && ToHour is null || FromHour is >= 0 and < 24 && ToHour is > 0 and <= 24 && FromHour < ToHour
            ? null
            : Refusal.Malformed("told-hours", $"fromHour takes 0 to 23 and toHour a later hour up to 24, or both are left out; not {FromHour} to {ToHour}.");
    }

    /// <summary>Exact, for hours: less than a part of the day; for a place: as it was reported.</summary>
    private Refusal? CheckExact(Case report, HearingSettings settings)
    {
        if (FromHour is { } from && report.ConductHour is { } hour && (hour < from || hour >= ToHour))
            return Refusal.AgainstRule("told-hours-elsewhere", $"The conduct is said to have been at {hour}:00, outside of {from}:00 to {ToHour}:00.");
        var isExact = ToHour - FromHour < Suggestion.PartOfDay
            || string.Equals(Place.Trim(), report.Place.Trim(), StringComparison.OrdinalIgnoreCase) && Place.Trim() != Suggestion.Of(report, settings).Place;
        return isExact && string.IsNullOrWhiteSpace(ExactReason)
            ? Refusal.AgainstRule(
                "exact-without-reason", "Say in exactReason why hour or place must be told exactly, or tell a part of the day and a district.")
            : null;
    }

    private static bool IsText(string? text, int max) => !string.IsNullOrWhiteSpace(text) && text.Length <= max;
}
