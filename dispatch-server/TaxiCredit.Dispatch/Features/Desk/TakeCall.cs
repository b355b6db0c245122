using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Passengers;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Desk;

/// <summary>
/// An officer takes a complaint by telephone or at the counter. It is a passenger's report like any other, with a receipt that the officer reads out, and a
/// case at once, as the officer says who drove and what the conduct is called. Whoever took it does not decide it: see <see cref="Duties"/>.
/// </summary>
/// <param name="Driver">Public code of the driver.</param>
/// <param name="Code">Conduct code of the rulebook that was in force on the day.</param>
/// <param name="ConductOn">Day of the conduct, not in the future.</param>
/// <param name="Place">Where, 1 to 200 characters.</param>
/// <param name="Account">What happened, 1 to 1,000 characters, as from a passenger.</param>
/// <param name="ConductHour">Hour of the day, 0 to 23, if known.</param>
/// <param name="Cab">Code of the cab; null for the one to which the driver was signed on then, or else the home cab.</param>
/// <param name="Contact">How to reach the caller, 1 to 200 characters; it is sealed and kept apart. Null for none.</param>
internal sealed record TakeCall(
    Acting Actor, string Driver, string Code, DateOnly ConductOn, string Place, string Account, int? ConductHour = null, string? Cab = null,
    string? Contact = null)
{
    public string Driver { get; init; } = Spelling.Code(Driver);

    public string? Cab { get; init; } = Spelling.Code(Cab);

    private static readonly OperationRule Rule = new("take-call", Permission.RecordCase);

    /// <param name="key">Idempotency key; null for none.</param>
    public static Task<Outcome<PassengerReport>> HandleAsync(
        TakeCall command, OperationContext context, ReportDesk tools, CancellationToken stop, string? key = null) =>
        context.RunAsync<PassengerReport>(Rule, command.Actor, command.Driver, OnceFor(command, key, context, stop), _ => command.FindFault(context), async _ =>
        {
            if (await context.Db.Drivers.Include(d => d.HomeCab).SingleOrDefaultAsync(d => d.Code == command.Driver, stop) is not { } driver)
                return RosterRules.NoDriver(command.Driver);
            if (await command.CabOfAsync(driver, context, stop) is not { } cab)
                return RosterRules.NoCab(command.Cab!);

            var report = command.Report(cab, context);
            context.Db.PassengerReports.Add(report);
            await context.Db.SaveChangesAsync(stop);
            if (command.Contact is { } contact)
                context.Db.ReportContacts.Add(new ReportContact { ReportId = report.Id, Sealed = tools.Contacts.Seal(contact.Trim()) });
            if (await MakeCase.OfAsync(report, driver, command.Code, command.Actor.Name, context, stop) is { } refused)
                return refused;
            return Done.With(report, report.Number, $"{report.Kind} {cab.Code} {report.Case!.Number}");
        }, stop);

    private static Once<PassengerReport> OnceFor(TakeCall command, string? key, OperationContext context, CancellationToken stop) => new(
        key, Once.ContentOf(command), async number =>
        {
            var id = PassengerReport.IdOf(number);
            return await context.Db.PassengerReports.Include(r => r.Case!.Driver).SingleAsync(r => r.Id == id, stop);
        });

    private Refusal? FindFault(OperationContext context)
    {
        var content = new RecordCase(Actor, CaseKind.Complaint, Driver, Code, ConductOn, Place, Account, ConductHour);
        if (content.FindFault(context.Today, context.Rulebooks) is { } fault)
            return fault;
        if (Account.Length > PassengerReport.LongestAccount)
        {
            return Refusal.Malformed(
                "call-account-length", $"account takes 1 to {PassengerReport.LongestAccount} characters, as from a passenger; this has {Account.Length}.");
        }

        return Contact is not null && (string.IsNullOrWhiteSpace(Contact) || Contact.Length > ReportContact.Longest)
            ? Refusal.Malformed("contact-length", $"contact takes 1 to {ReportContact.Longest} characters; leave it out if the caller gave none.")
            : null;
    }

    private async Task<Cab?> CabOfAsync(Driver driver, OperationContext context, CancellationToken stop)
    {
        if (Cab is not null)
            return await context.Db.Cabs.SingleOrDefaultAsync(c => c.Code == Cab, stop);
        var shifts = await WhoDrove.ShiftsAsync(new(ConductOn, ConductHour), s => s.DriverId == driver.Id, context, stop);
        return shifts.Count == 0 ? driver.HomeCab : shifts[0].Cab;
    }

    private PassengerReport Report(Cab cab, OperationContext context) => new()
    {
        Receipt = ShortCode.New(),
        Submission = Guid.NewGuid(),
        Kind = CaseKind.Complaint,
        CabId = cab.Id,
        Code = Code,
        ConductOn = ConductOn,
        ConductHour = ConductHour,
        Place = Place.Trim(),
        Account = Account.Trim(),
        ReceivedAt = context.Now,
        SubmittedOn = context.Today,
    };
}
