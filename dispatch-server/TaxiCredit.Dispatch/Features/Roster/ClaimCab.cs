using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster;

/// <summary>
/// The next driver takes over a cab whose driver forgot to sign off: that shift ends, and both find a note on their page. Nothing keeps a driver from
/// claiming a cab that another still drives, but both names are on record.
/// </summary>
internal sealed record ClaimCab(Acting Actor, string Driver, string Cab)
{
    public string Driver { get; init; } = Spelling.Code(Driver);

    public string Cab { get; init; } = Spelling.Code(Cab);

    private static readonly OperationRule Rule = new("claim-cab", Permission.SignOn);

    public static Task<Outcome<Shift>> HandleAsync(ClaimCab command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Shift>(Rule, command.Actor, command.Driver, async person =>
        {
            var sought = await ShiftRules.SeekAsync(command.Driver, command.Cab, context, stop);
            if (sought.Refusal is not null)
                return sought.Refusal;

            var ((driver, cab), changed) = (sought.Value, new List<int> { sought.Value.Cab.Id });
            if (await ShiftRules.OpenOfDriverAsync(driver.Id, context.Db, stop) is { } own)
            {
                if (own.CabId == cab.Id)
                    return Done.Repeated(own);
                ShiftRules.End(own, context);
                changed.Insert(0, own.CabId);
            }

            var forgotten = await context.Db.Shifts.Include(s => s.Driver).SingleOrDefaultAsync(s => s.CabId == cab.Id && s.OffAt == null, stop);
            if (forgotten is not null)
            {
                ShiftRules.End(forgotten, context);
                context.Record(person.Name, "end-forgotten-shift", forgotten.Driver.Code, cab.Code);
            }

            // The database keeps one open shift a cab and a driver: those before must be over before the new one is there.
            await context.Db.SaveChangesAsync(stop);
            var shift = ShiftRules.Begin(driver, cab, context);
            return Done.With(shift, driver.Code, forgotten is null ? cab.Code : $"{cab.Code} from {forgotten.Driver.Code}", new ShiftChanged([.. changed]));
        }, stop);
}

/// <summary>A note to a driver about a shift that the next driver ended.</summary>
/// <param name="IsClaimed">The driver claimed the cab; else the driver's own shift was ended.</param>
/// <param name="Cab">Code.</param>
public sealed record ShiftNote(bool IsClaimed, string Cab, DateTimeOffset At)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>Of the last week, newest first. They tell no driver of another.</summary>
    internal static async Task<List<ShiftNote>> OfAsync(string driver, OperationContext context, CancellationToken stop)
    {
        var since = context.Now - Kept;
        var lines = await context.Db.Audit.AsNoTracking()
            .Where(a => a.Subject == driver && a.At >= since && (a.Operation == "end-forgotten-shift" || a.Operation == "claim-cab"))
            .OrderByDescending(a => a.Id).Select(a => new { a.Operation, a.Detail, a.At }).ToListAsync(stop);
        // A claim of a cab that nobody was signed on to ended nothing.
        return [.. lines.Where(line => line.Operation != "claim-cab" || line.Detail.Contains(" from ", StringComparison.Ordinal))
            .Select(line => new ShiftNote(line.Operation == "claim-cab", line.Detail.Split(' ')[0], line.At))];
    }
}
