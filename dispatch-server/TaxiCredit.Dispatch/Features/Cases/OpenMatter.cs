using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>
/// What is alleged of a driver, or told in praise, and not decided yet, as that driver may see it: never who reported it, nor when, nor how. Not even
/// the kind of report or its number: only a leader or a member reports a peer, and numbers go by the day of the report.
/// </summary>
/// <param name="Driver">Public code of the driver whom it is about.</param>
/// <param name="Hour">0 to 23; null where it is not known.</param>
/// <param name="ComplexDays">
/// Days from the report that the decision may take, where it was declared complex; null for an ordinary matter. No day is told: it would tell that
/// of the report.
/// </param>
internal sealed record OpenMatter(string Driver, string Code, string ConductZh, string ConductEn, DateOnly On, int? Hour, string Place, int? ComplexDays)
{
    /// <summary>Open matters of these drivers by the day of the conduct.</summary>
    public static async Task<List<OpenMatter>> OfAsync(IQueryable<Driver> drivers, OperationContext context, CancellationToken stop)
    {
        var complexDays = CaseQueue.DeadlinesOf(context).ComplexCaseDays;
        var open = await context.Db.Cases.AsNoTracking()
            .Where(c => CaseLife.Open.Contains(c.Status))
            .Join(
                drivers, c => c.DriverId, d => d.Id,
                (c, d) => new { Driver = d.Code, c.Code, c.ConductOn, c.ConductHour, c.Place, IsComplex = c.ComplexOn != null })
            .ToListAsync(stop);
        return [.. open.Select(c => Of(c.Driver, c.Code, c.ConductOn, c.ConductHour, c.Place, c.IsComplex ? complexDays : null, context.Rulebooks))
            // By nothing that tells the order in which they were reported.
            .OrderBy(matter => matter.On).ThenBy(matter => matter.Hour).ThenBy(matter => matter.Code, StringComparer.Ordinal)];
    }

    private static OpenMatter Of(string driver, string code, DateOnly on, int? hour, string place, int? complexDays, InstalledRulebooks rulebooks)
    {
        // A case is recorded by the rulebook of its day: there is one, and it has the code.
        ConductCode conduct = rulebooks.InForceOn(on).Value.Find(code)!;
        return new(driver, code, conduct.Zh, conduct.En, on, hour, place, complexDays);
    }
}
