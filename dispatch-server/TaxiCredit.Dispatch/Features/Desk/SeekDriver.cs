using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Desk;

/// <summary>Somebody whom the officer may mean.</summary>
/// <param name="Cab">Cab to which the driver was signed on then; the home cab where the driver was not.</param>
/// <param name="WasSignedOn">Whether the driver was signed on to it at that time.</param>
internal sealed record SoughtDriver(string Driver, string Name, string Cab, string Plate, bool WasSignedOn);

/// <summary>
/// Finds the driver whom an officer is told of: by the cab and who drove it then, by licence number, by the driver's code, or by name. Several may be meant;
/// which of them it is, a person says.
/// </summary>
/// <param name="Who">In any spelling, see <see cref="Spelling"/>.</param>
/// <param name="Day">Day of the conduct.</param>
/// <param name="Hour">0 to 23; null where it is not known, which means all day.</param>
internal sealed record SeekDriver(string? Who, DateOnly Day, int? Hour)
{
    /// <summary>More than anybody chooses from by eye.</summary>
    public const int MaxFound = 20;

    private const int MaxWho = 64;

    public static async Task<Outcome<List<SoughtDriver>>> FindAsync(SeekDriver sought, OperationContext context, CancellationToken stop)
    {
        var who = (sought.Who ?? "").Trim();
        if (who.Length is 0 or > MaxWho)
            return Refusal.Malformed("who-length", $"Name a plate, a licence number, a driver's code or a name in 1 to {MaxWho} characters.");
        if (sought.FindFault(context) is { } unfit)
            return unfit;

        var cab = await FindCab.ByAsync(who, context, stop);
        return cab.Refusal switch
        {
            null => await sought.DroveAsync(cab.Value, context, stop),
            { Code: "cab-unknown" } => await sought.CalledAsync(who, context, stop),
            var several => several,
        };
    }

    /// <summary>A day before every rulebook, and one that is yet to come, are no days on which anybody drove.</summary>
    private Refusal? FindFault(OperationContext context)
    {
        if (Day > context.Today)
            return Refusal.AgainstRule("conduct-in-future", $"Conduct on {Day:yyyy-MM-dd} lies after today, {context.Today:yyyy-MM-dd}.");
        if (Hour is < 0 or > 23)
            return Refusal.Malformed("hour-out-of-range", $"hour is {Hour}; it takes 0 to 23.");
        return context.Rulebooks.InForceOn(Day).Refusal;
    }

    private async Task<Outcome<List<SoughtDriver>>> DroveAsync(Cab cab, OperationContext context, CancellationToken stop)
    {
        var shifts = await WhoDrove.ShiftsAsync(new(Day, Hour), s => s.CabId == cab.Id, context, stop);
        if (shifts.Count == 0)
            return Refusal.Missing("nobody-drove", $"Nobody was signed on to {cab.Code} at that time; name the driver otherwise.");
        return shifts.DistinctBy(s => s.DriverId).Take(MaxFound)
            .Select(s => new SoughtDriver(s.Driver.Code, s.Driver.Name, cab.Code, cab.Plate, true)).ToList();
    }

    private async Task<Outcome<List<SoughtDriver>>> CalledAsync(string who, OperationContext context, CancellationToken stop)
    {
        var drivers = context.Db.Drivers.AsNoTracking().Include(d => d.HomeCab).OrderBy(d => d.Code);
        var (code, licence, name) = (Spelling.Code(who), Account.Normalize(who), Spelling.NameKey(who));
        var accounts = context.Db.Set<Account>().Where(a => a.Number == licence);
        var found = await drivers.Where(d => d.Code == code || accounts.Any(a => a.UserName == d.Code)).ToListAsync(stop);
        if (found.Count == 0)
            found = await drivers.Where(d => d.NameKey == name).Take(MaxFound + 1).ToListAsync(stop);
        if (found.Count == 0)
            found = await drivers.Where(d => d.NameKey.Contains(name)).Take(MaxFound + 1).ToListAsync(stop);
        if (found.Count > MaxFound)
            return Refusal.AgainstRule("many-drivers", $"More than {MaxFound} drivers have '{who}' in their names; say more.");
        if (found.Count == 0)
            return Refusal.Missing("nobody-found", $"No cab has the plate '{who}', and no driver that code, licence number or name.");

        var sought = new List<SoughtDriver>();
        foreach (var driver in found)
        {
            var cab = (await WhoDrove.ShiftsAsync(new(Day, Hour), s => s.DriverId == driver.Id, context, stop)).FirstOrDefault()?.Cab;
            sought.Add(new(driver.Code, driver.Name, (cab ?? driver.HomeCab).Code, (cab ?? driver.HomeCab).Plate, cab is not null));
        }

        return sought;
    }
}
