using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>
/// Who keeps out of a case, whatever their role: whoever recorded or reported it, and whoever declared it. That nobody decides on their own team follows
/// from the rights: no driver and no leader decides.
/// </summary>
internal static class Duties
{
    /// <summary>Why this person neither takes up nor decides the case, nor rules on its decision; null if they may.</summary>
    public static async Task<Refusal?> FindFaultAsync(Case report, string name, OperationContext context, CancellationToken stop)
    {
        if (report.SubmittedBy == name || report.Reporter == name)
            return Refusal.AgainstRule("recorder-cannot-decide", $"'{name}' recorded or reported case {report.Number}; somebody else decides it.");
        return await FindRecusalAsync(report, name, context, stop);
    }

    /// <summary>Why this person does nothing about the case, whoever recorded it; null if they may.</summary>
    public static async Task<Refusal?> FindRecusalAsync(Case report, string name, OperationContext context, CancellationToken stop) =>
        await context.Db.Recusals.AnyAsync(r => r.CaseId == report.Id && r.Actor == name, stop)
            ? Refusal.AgainstRule("recused", $"'{name}' keeps out of case {report.Number}, by their own declaration; somebody else decides it.")
            : null;
}
