using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Cases.Repairs;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Demo.City;

/// <summary>
/// What drivers do after a decision, one of each: a repair that is granted and one that waits, an objection that was ruled on and one that waits. Nothing of it
/// touches a published month: repairs count from the month that runs, and what concerns safety is not stayed.
/// </summary>
internal sealed class DemoRemedies(OperationContext context, BureauCalendar calendar)
{
    private const string CleanMonths = "R02";

    public async Task PlayAsync(CancellationToken stop)
    {
        await RepairAsync(stop);
        await ObjectAsync(stop);
    }

    private async Task RepairAsync(CancellationToken stop)
    {
        // From the end of the roster: the first drivers are those whom visitors of the demo look at.
        var drivers = await context.Db.Drivers.AsNoTracking().OrderByDescending(d => d.Code).Select(d => d.Code).ToListAsync(stop);
        var asked = new List<string>();
        foreach (var driver in drivers)
        {
            var repair = await AskRepair.HandleAsync(driver, new(Acting.AtServer(driver), CleanMonths), context, stop);
            context.Db.ChangeTracker.Clear();
            if (repair.Refusal is null)
                asked.Add(repair.Value.Number);
            if (asked.Count == 2)
                break;
        }

        if (asked.Count > 0)
        {
            var granted = new DecideRepair(Acting.AtServer(DemoActors.Officers[0]), RepairOutcome.Granted, "经核对账本，连续三个月无扣分，准予修复。");
            await DoAsync(DecideRepair.HandleAsync(asked[0], granted, context, stop));
        }
    }

    private async Task ObjectAsync(CancellationToken stop)
    {
        var since = context.Today.AddDays(-CaseQueue.DeadlinesOf(context).ObjectionDays);
        var codes = context.Rulebooks.InForceOn(context.Today).Value.Codes;
        var safety = codes.Where(code => code.Category == ConductCategory.Safety).Select(code => code.Id).ToList();
        var decided = await context.Db.Cases.AsNoTracking()
            .Where(c => c.Status == CaseStatus.Upheld && c.Kind == CaseKind.Infringement && c.DecidedOn >= since && safety.Contains(c.DecidedCode!))
            .OrderByDescending(c => c.Driver.Code).Select(c => new { c.Number, Driver = c.Driver.Code, c.DecidedBy }).Take(2).ToListAsync(stop);
        foreach (var one in decided)
        {
            await DoAsync(ObjectToDecision.HandleAsync(
                one.Number, new(Acting.AtServer(one.Driver), "当时路口信号灯故障，有行车记录为证。"), context, calendar, null, stop));
        }

        if (decided.Count > 0)
        {
            var ruling = new RuleOnObjection(Acting.AtServer(DemoActors.Supervisors[0]), Ruling.Confirmed, "经复核，交警部门记录清楚，维持原裁定。");
            await DoAsync(RuleOnObjection.HandleAsync(decided[0].Number, ruling, context, stop));
        }
    }

    private async Task DoAsync<T>(Task<Outcome<T>> operation)
    {
        _ = (await operation).Value;
        context.Db.ChangeTracker.Clear();
    }
}
