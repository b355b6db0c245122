using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>A report or praise, as the driver who gave it may follow it: what became of it, not what it cost or earned the other.</summary>
/// <param name="About">Public code of the driver whom it is about.</param>
internal sealed record OwnReport(
    string Number, CaseKind Kind, CaseStatus Status, string About, string Code, DateOnly ConductOn, DateOnly SubmittedOn, DateOnly? DecidedOn)
{
    private const int MaxReports = 50;

    /// <summary>The newest reports of a driver, newest first.</summary>
    /// <param name="name">The caller's own code: nobody follows the reports of others.</param>
    public static Task<List<OwnReport>> OfAsync(string name, OperationContext context, CancellationToken stop) =>
        context.Db.Cases.AsNoTracking()
            .Where(c => (c.Kind == CaseKind.PeerReport && c.Reporter == name) || (c.Kind == CaseKind.Merit && c.SubmittedBy == name))
            .OrderByDescending(c => c.Id).Take(MaxReports)
            .Select(c => new OwnReport(c.Number, c.Kind, c.Status, c.Driver.Code, c.Code, c.ConductOn, c.SubmittedOn, c.DecidedOn))
            .ToListAsync(stop);
}
