using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>
/// A person declares a case complex, so that its decision may take the longer time of the rulebook (Ministry of Transport Order 2014-16, article
/// 45): once, while it is undecided, and not when the ordinary time is over already.
/// </summary>
/// <param name="Actor">Officer or supervisor.</param>
/// <param name="Reason">What makes it complex, 1 to 2,000 characters; for the bureau alone.</param>
/// <param name="Version">Version of the case that was read; refused if it has changed since.</param>
internal sealed record DeclareComplex(string Actor, string Reason, Guid? Version = null)
{
    public static async Task<Outcome<Case>> HandleAsync(string number, DeclareComplex command, Desk desk, CancellationToken stop)
    {
        var actor = await desk.MayAsync(command.Actor, Operation.DecideCase, null, stop);
        if (actor.Refusal is not null)
            return actor.Refusal;
        if (string.IsNullOrWhiteSpace(command.Reason) || command.Reason.Length > 2000)
            return Refusal.Malformed("complexity-length", "Say in 1 to 2,000 characters what makes the case complex.");

        await using var write = await desk.Db.BeginWriteAsync(stop);
        var report = await desk.Db.Cases.Include(c => c.Driver).SingleOrDefaultAsync(c => c.Number == number, stop);
        if (report is null)
            return CaseQueue.Unknown(number);
        var days = CaseQueue.DeadlinesOf(desk);
        if ((report.Unless(command.Version) ?? report.DeclareComplex(new(desk.Today, command.Actor, command.Reason.Trim()), days)) is { } refused)
            return refused;

        desk.Record(command.Actor, "declare-complex", report.Number, $"until {report.Deadline(days):yyyy-MM-dd}");
        await write.SaveAsync(stop);
        return report;
    }
}
