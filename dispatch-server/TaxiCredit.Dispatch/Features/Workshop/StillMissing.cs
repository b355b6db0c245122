using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Roster;

namespace TaxiCredit.Dispatch.Features.Workshop;

internal sealed record MissingLine(string Cab, string Plate, string Team, string? Unit);

/// <summary>What is missing until every cab shows something: cabs without a unit, and units that have a cab and have never reported from it.</summary>
internal sealed record StillMissing(IReadOnlyList<MissingLine> CabsWithoutUnit, IReadOnlyList<MissingLine> UnitsNeverHeard)
{
    public static async Task<StillMissing> ReadAsync(DispatchContext db, CancellationToken stop)
    {
        var inCabs = db.DisplaysInCabs;
        var without = await db.Cabs.Where(c => !inCabs.Any(d => d.CabId == c.Id)).OrderBy(c => c.Code)
            .Select(c => new MissingLine(c.Code, c.Plate, c.Team.Code, null)).ToListAsync(stop);
        // One that came from stock has reported from another cab: what counts is what came since.
        var silent = await (from display in inCabs
                            join cab in db.Cabs on display.CabId equals cab.Id
                            where !db.Set<Displays.Twins.ReportedTwin>().Any(
                                r => r.DisplayId == display.Id && r.ReceivedAt >= (display.PlacedAt ?? display.ProvisionedAt))
                            orderby cab.Code
                            select new MissingLine(cab.Code, cab.Plate, cab.Team.Code, display.Code)).ToListAsync(stop);
        return new(without, silent);
    }

    /// <summary>To hang beside the bench.</summary>
    public string Print()
    {
        var text = new StringBuilder();
        Section(text, "Cabs without a unit / 尚无终端的车辆", CabsWithoutUnit);
        Section(text, "Units not heard from yet / 尚未上报的终端", UnitsNeverHeard);
        return text.ToString();
    }

    private static void Section(StringBuilder text, string title, IReadOnlyList<MissingLine> lines)
    {
        text.Append(CultureInfo.InvariantCulture, $"{title}: {lines.Count}\n");
        foreach (var line in lines)
            text.Append(CultureInfo.InvariantCulture, $"[ ] {line.Cab}  {line.Plate}  {line.Team}  {line.Unit}\n");
        text.Append('\n');
    }
}
