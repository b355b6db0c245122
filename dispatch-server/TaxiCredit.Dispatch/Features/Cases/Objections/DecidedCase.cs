using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases.Objections;

/// <summary>A case found by its number, as the desk knows it, or by the number of its decision, as the driver does.</summary>
/// <param name="Driver">Public code.</param>
internal sealed record DecidedCase(long Id, string Driver)
{
    /// <summary>Somebody else's is like none: a refusal of the right would say that it is there.</summary>
    public static async Task<Outcome<DecidedCase>> FindAsync(
        string number, Acting actor, Permission permission, OperationContext context, CancellationToken stop)
    {
        var allowed = await context.MayAsync(actor, permission, actor.Name, stop);
        if (allowed.Refusal is not null)
            return allowed.Refusal;
        var cases = DecisionDocument.TryRead(number, out var year, out var serial)
            ? from document in context.Db.Decisions
              where document.Year == year && document.Serial == serial
              join report in context.Db.Cases on document.CaseId equals report.Id
              select report
            : context.Db.Cases.Where(c => c.Number == number);
        var found = await cases.Select(c => new { c.Id, c.Driver.Code }).SingleOrDefaultAsync(stop);
        return found is null || allowed.Value.DriverId is not null && found.Code != allowed.Value.Name
            ? Refusal.Missing("decision-unknown", $"You have no decision '{number}'.")
            : new DecidedCase(found.Id, found.Code);
    }
}
