using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Dispatch.Features.Prospects;

/// <summary>All that the tally of a driver's running month rests on.</summary>
/// <param name="File">The driver's entries.</param>
internal sealed record RunningMonth(Rulebook Rules, Month Month, DriverFacts Facts, IReadOnlyList<LedgerEntry> File)
{
    /// <summary>The tally as if these were booked after the others.</summary>
    public Tally With(IEnumerable<NewEntry> entries) => Tallier.Run(Rules, Month, Facts, File.Concat(entries.Select(Next)));

    /// <summary>An entry as it would come next in the file, or after so many others.</summary>
    public LedgerEntry Next(NewEntry entry, int after = 0) => new(
        (File.Count == 0 ? 1 : File[^1].Sequence + 1) + after, entry.Driver, entry.Kind, entry.Code, entry.Points, entry.MaxStars, entry.ConductOn,
        entry.DecidedOn, entry.Case, entry.Reverses, "");

    public static async Task<Outcome<RunningMonth>> OfAsync(Driver driver, OperationContext context, CancellationToken stop)
    {
        var db = context.Db;
        var file = (await db.Ledger.AsNoTracking().Where(e => e.DriverId == driver.Id).OrderBy(e => e.Sequence).ToListAsync(stop)).ConvertAll(e => e.ToEntry());
        var shifts = await db.Shifts.AsNoTracking().Where(s => s.DriverId == driver.Id).ToListAsync(stop);
        var last = await PublishedRatings.NewestRevisions(db).OrderByDescending(c => c.Period)
            .Select(c => new
            {
                c.Period,
                Stars = db.Set<Rating>().Where(r => r.CloseId == c.Id && r.DriverId == driver.Id).Select(r => r.Stars).FirstOrDefault(),
            })
            .FirstOrDefaultAsync(stop);

        var month = Month.Of(context.Today);
        var stars = last?.Stars;
        // Months that are over and not published yet: the largest drop of this one builds on them.
        for (var open = last is null ? month : Month.Parse(last.Period).Next; open < month; open = open.Next)
        {
            var rules = context.Rulebooks.InForceOn(open.LastDay);
            if (rules.Refusal is not null)
                return rules.Refusal;
            stars = Tallier.Run(rules.Value, open, new(driver.Code, Prospect.DaysOnShift(shifts, open.LastDay), stars), file).Stars;
        }

        var inForce = context.Rulebooks.InForceOn(month.LastDay);
        return inForce.Refusal is null
            ? new RunningMonth(inForce.Value, month, new(driver.Code, Prospect.DaysOnShift(shifts, month.LastDay), stars), file)
            : inForce.Refusal;
    }
}
