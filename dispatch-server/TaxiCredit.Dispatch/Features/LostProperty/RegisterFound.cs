using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.LostProperty;

/// <summary>A driver has found something in a cab; the desk records it for a driver who brings it.</summary>
/// <param name="Cab">Plate in any spelling, the cab's number, or the code on its sticker.</param>
/// <param name="Description">What it looks like, 1 to 500 characters.</param>
/// <param name="KeptAt">Where the owner gets it, 1 to 200 characters; the owner reads it.</param>
/// <param name="FoundOn">Not in the future.</param>
/// <param name="Driver">Public code of who found it; null: who acts.</param>
internal sealed record RegisterFound(
    Acting Actor, string? Cab, PropertyKind Kind, string Description, string KeptAt, DateOnly FoundOn, string? Driver = null)
{
    public string? Driver { get; init; } = Spelling.Code(Driver);

    private static readonly OperationRule Rule = new("register-found", Permission.KeepFound);

    /// <param name="key">Idempotency key; null for none.</param>
    public static async Task<Outcome<FoundItem>> HandleAsync(RegisterFound command, OperationContext context, CancellationToken stop, string? key = null)
    {
        var driverCode = string.IsNullOrEmpty(command.Driver) ? command.Actor.Name : command.Driver;
        var once = new Once<FoundItem>(key, Once.ContentOf(command), async number => (await context.Db.FindFoundAsync(number, stop))!);
        return await context.RunAsync<FoundItem>(Rule, command.Actor, driverCode, once, _ => command.FindFault(context.Today), async person =>
        {
            if (await context.Db.Drivers.SingleOrDefaultAsync(d => d.Code == driverCode, stop) is not { } driver)
                return RosterRules.NoDriver(driverCode);
            var cab = await FindCab.ByAsync(command.Cab, context, stop);
            if (cab.Refusal is not null)
                return cab.Refusal;

            var found = command.Of(cab.Value, driver, person.Name, context);
            context.Db.FoundItems.Add(found);
            await context.Db.SaveChangesAsync(stop);
            await context.Db.Entry(found).Reference(f => f.Cab).LoadAsync(stop);
            return Done.With(found, found.Number, $"{cab.Value.Code} {driver.Code}");
        }, stop);
    }

    /// <summary>What can be told from the command alone.</summary>
    public Refusal? FindFault(DateOnly today)
    {
        if ((LostRules.Kind(Kind) ?? LostRules.Text(Description, FoundItem.MaxDescription, "description")
            ?? LostRules.Text(KeptAt, FoundItem.MaxPlace, "keeping")) is { } unfit)
            return unfit;
        return FoundOn > today
            ? Refusal.AgainstRule("found-in-future", $"Found on {FoundOn:yyyy-MM-dd} lies after today, {today:yyyy-MM-dd}.")
            : null;
    }

    /// <summary>The thing, of a driver and a cab of this database.</summary>
    public FoundItem Of(Cab cab, Driver driver, string by, OperationContext context) => new()
    {
        CabId = cab.Id,
        DriverId = driver.Id,
        Driver = driver,
        Kind = Kind,
        Description = Description.Trim(),
        KeptAt = KeptAt.Trim(),
        FoundOn = FoundOn,
        RegisteredOn = context.Today,
        RegisteredBy = by,
    };
}
