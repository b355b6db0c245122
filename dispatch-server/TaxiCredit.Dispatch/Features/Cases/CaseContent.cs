using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>What a case says, whoever reports it. What the parts mean stands with <see cref="Case"/>.</summary>
internal sealed record CaseContent(
    CaseKind Kind, Driver Driver, string Code, DateOnly ConductOn, int? ConductHour, string Place, string Account,
    string? Reporter = null, long? PropertyFen = null, string? Authority = null)
{
    /// <summary>Submits it today under the next number. Call it under the write lock, with a driver of this database.</summary>
    /// <param name="by">Who submits it.</param>
    public async Task<Case> SubmitAsync(string by, OperationContext context, CancellationToken stop)
    {
        var id = await CaseNumber.NextAsync(context.Db, stop);
        var submitted = Case.Submit(id, CaseNumber.Of(id), this, context.Today, by);
        context.Db.Cases.Add(submitted);
        return submitted;
    }
}
