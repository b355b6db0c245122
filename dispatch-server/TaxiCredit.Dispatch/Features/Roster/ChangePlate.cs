using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster;

/// <summary>A cab has another plate than before.</summary>
internal sealed record PlateChanged(int CabId) : IFact;

/// <summary>
/// A cab gets another plate, or its plate another spelling. The cab stays the same: its unit, its sticker and whatever was reported of it. No close reads a
/// plate, so that a change is taken back by another one.
/// </summary>
/// <param name="Plate">As it is written and shown.</param>
/// <param name="Reason">Why, 1 to 200 characters.</param>
/// <param name="On">First day of the new plate, from that of the change before up to today; null for today.</param>
internal sealed record ChangePlate(Acting Actor, string Plate, string Reason, DateOnly? On = null)
{
    public const string Audited = "change-plate";

    public const int MaxReason = 200;

    /// <summary>Nobody asks for an earlier day; what was typed as none is one.</summary>
    private const int FirstYear = 2000;

    private static readonly OperationRule Rule = new(Audited, Permission.EditRoster);

    public static Task<Outcome<PlateLine>> HandleAsync(string code, ChangePlate command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<PlateLine>(Rule, command.Actor, null, command.Check, async person =>
        {
            if (await context.Db.Cabs.SingleOrDefaultAsync(c => c.Code == code, stop) is not { } cab)
                return RosterRules.NoCab(code);
            var (plate, on) = (command.Plate.Trim(), command.On ?? context.Today);
            if (plate == cab.Plate)
                return Refusal.Conflict("plate-same", $"{cab.Code} has the plate {plate} already.");
            var earliest = (await PlateLine.OfAsync(cab.Code, context.Db, stop)).FirstOrDefault()?.On ?? new DateOnly(FirstYear, 1, 1);
            if (on < earliest || on > context.Today)
                return Refusal.AgainstRule("plate-day", $"The first day of a plate is from {earliest:yyyy-MM-dd}, that of the one before, to today.");
            if ((await FindCab.HavingAsync(plate, context.Db, stop)).Find(other => other.Id != cab.Id) is { } taken)
                return RosterRules.Taken("cab", $"{taken.Code} with the plate {taken.Plate}");

            var (before, key) = (cab.Plate, cab.PlateKey);
            cab.Plate = plate;
            // One key is one cab's: the old one must be free before another cab has it.
            await context.Db.SaveChangesAsync(stop);
            if (key.Length > 0 && key != cab.PlateKey)
                await SpellingKeys.PassOnAsync(key, context.Db, stop);
            var line = new PlateLine(before, plate, on, command.Reason.Trim(), person.Name, context.Now);
            return Done.With(line, cab.Code, line.Told, new PlateChanged(cab.Id));
        }, stop);

    private Refusal? Check() => Plates.FindFault(Plate) ?? (string.IsNullOrWhiteSpace(Reason) || Reason.Length > MaxReason
        ? Refusal.Malformed("plate-reason", $"Say in 1 to {MaxReason} characters why; it stays on record.")
        : null);
}

/// <summary>A plate that a cab had, and the one that came after it, as the audit log has kept it.</summary>
/// <param name="On">First day of <paramref name="After"/>.</param>
internal sealed partial record PlateLine(string Before, string After, DateOnly On, string Reason, string By, DateTimeOffset At)
{
    public string Told => string.Create(CultureInfo.InvariantCulture, $"{Before} to {After} on {On:yyyy-MM-dd}: {Reason}");

    /// <summary>Of a cab, the newest first.</summary>
    public static async Task<List<PlateLine>> OfAsync(string cab, DispatchContext db, CancellationToken stop)
    {
        var lines = await db.Audit.AsNoTracking().Where(a => a.Subject == cab && a.Operation == ChangePlate.Audited)
            .OrderByDescending(a => a.Id).ToListAsync(stop);
        return lines.ConvertAll(line =>
        {
            var told = Form().Match(line.Detail).Groups;
            var on = DateOnly.ParseExact(told[3].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            return new PlateLine(told[1].Value, told[2].Value, on, told[4].Value, line.Actor, line.At);
        });
    }

    [GeneratedRegex(@"^(.+) to (.+) on (\d{4}-\d\d-\d\d): (.+?)(?: by token:.+)?$", RegexOptions.Singleline)]
    private static partial Regex Form();
}
