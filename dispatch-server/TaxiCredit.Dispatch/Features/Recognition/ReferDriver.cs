using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.Recognition;

/// <summary>A driver from the shortlist is referred for an award.</summary>
/// <param name="Actor">Officer who refers.</param>
/// <param name="Driver">Public code of the driver: <c>d-0001</c>.</param>
/// <param name="Period">Published month whose shortlist the driver is on: <c>2017-12</c>.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
internal sealed record ReferDriver(Acting Actor, string Driver, string Period, string Reason)
{
    public string Driver { get; init; } = Spelling.Code(Driver);

    private static readonly OperationRule Rule = new("refer-driver", Permission.ReferDriver);

    public static Task<Outcome<Referral>> HandleAsync(ReferDriver command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Referral>(Rule, command.Actor, null, command.Check, _ => ReferAsync(command, context, stop), stop);

    private Refusal? Check() => string.IsNullOrWhiteSpace(Reason) || Reason.Length > 500
        ? Refusal.Malformed("reason-length", "A referral gives its reason in 1 to 500 characters.")
        : null;

    private static async Task<Outcome<Done<Referral>>> ReferAsync(ReferDriver command, OperationContext context, CancellationToken stop)
    {
        var driver = await context.Db.Drivers.SingleOrDefaultAsync(d => d.Code == command.Driver, stop);
        if (driver is null)
            return RosterRules.NoDriver(command.Driver);
        var shortlist = await Shortlist.OfAsync(command.Period, context, stop);
        if (shortlist.Refusal is not null)
            return shortlist.Refusal;
        if (shortlist.Value.All(entry => entry.Driver != driver.Code))
        {
            return Refusal.AgainstRule(
                "not-on-shortlist",
                $"{driver.Code} is not on the shortlist of {command.Period}; see GET /api/v1/recognition/shortlist?period={command.Period}.");
        }

        var year = Month.Parse(command.Period).Year;
        if (await context.Db.Set<Referral>().AnyAsync(r => r.DriverId == driver.Id && r.Year == year, stop))
            return Refusal.Conflict("referred-already", $"{driver.Code} has been referred for {year}; once a year is the rule.");

        var referral = new Referral
        {
            DriverId = driver.Id,
            Driver = driver,
            Year = year,
            Period = command.Period,
            Reason = command.Reason.Trim(),
            ReferredBy = command.Actor.Name,
            ReferredOn = context.Today,
        };
        context.Db.Add(referral);
        return Done.With(referral, driver.Code, command.Period);
    }
}
