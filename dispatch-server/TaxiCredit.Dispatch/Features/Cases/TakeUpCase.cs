using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>A person takes a case up, so that nobody else begins with it.</summary>
/// <param name="Actor">Officer or supervisor; the audit log tells who it was.</param>
/// <param name="Version">Version of the case that was read; refused if it has changed since.</param>
internal sealed record TakeUpCase(string Actor, Guid? Version = null)
{
    /// <summary>Name of the operation in the audit log.</summary>
    public const string Audited = "take-up-case";

    public static async Task<Outcome<Case>> HandleAsync(string number, TakeUpCase command, OperationContext context, CancellationToken stop)
    {
        var actor = await context.MayAsync(command.Actor, Permission.DecideCase, null, stop);
        if (actor.Refusal is not null)
            return actor.Refusal;

        await using var write = await context.Db.BeginWriteAsync(stop);
        var report = await context.Db.Cases.Include(c => c.Driver).SingleOrDefaultAsync(c => c.Number == number, stop);
        if (report is null)
            return CaseQueue.Unknown(number);
        if (report.Unless(command.Version) is { } changed)
            return changed;
        if (report.Move(CaseSignal.TakeUp) is { } moved)
            return moved;

        context.Record(command.Actor, Audited, report.Number);
        await write.SaveAsync(stop);
        return report;
    }
}
