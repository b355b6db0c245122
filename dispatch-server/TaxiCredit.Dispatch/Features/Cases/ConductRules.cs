using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Cases;

internal static class ConductRules
{
    /// <summary>The line of the rulebook that was in force on the day of the conduct, if it suits the kind of case.</summary>
    public static Outcome<ConductCode> Find(string? code, DateOnly conductOn, CaseKind kind, InstalledRulebooks rulebooks)
    {
        var inForce = rulebooks.InForceOn(conductOn);
        if (inForce.Refusal is not null)
            return inForce.Refusal;
        var rulebook = inForce.Value;
        if (string.IsNullOrEmpty(code) || rulebook.Find(code) is not { } conduct)
        {
            return Refusal.AgainstRule(
                "code-unknown",
                $"'{code}' is not a conduct code of {rulebook.Id} as of {rulebook.EffectiveFrom:yyyy-MM-dd}; see GET /api/v1/rulebooks/{rulebook.Id}.");
        }

        var merit = conduct.Category == ConductCategory.Merit;
        return merit == (kind == CaseKind.Merit)
            ? conduct
            : Refusal.AgainstRule("code-unfit", $"{code} is {(merit ? "a merit" : "a deduction")} and does not fit a case of kind '{kind}'.");
    }
}
