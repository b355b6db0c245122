using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

/// <summary>A person reads the contact of a passenger who reported. The audit log records who did.</summary>
internal sealed record ReadContact(string Actor)
{
    private static readonly OperationRule Rule = new("read-contact", Permission.ReadReports);

    public static Task<Outcome<string>> HandleAsync(string number, ReadContact command, OperationContext context, ReportDesk tools, CancellationToken stop) =>
        ReadRules.ReadAsync(Rule, number, command.Actor, context, async id =>
            await context.Db.ReportContacts.AsNoTracking().SingleOrDefaultAsync(c => c.ReportId == id, stop) is { } contact
                ? (Outcome<string>)tools.Contacts.Open(contact)
                : Refusal.Missing("contact-none", $"Whoever sent {number} left no contact."), stop);
}

/// <summary>Somebody looks at the photo that came with a report. The audit log says who did; no passenger and no driver can.</summary>
internal sealed record ReadPhoto(string Actor)
{
    private static readonly OperationRule Rule = new("read-photo", Permission.ReadReports);

    public static Task<Outcome<Stream>> HandleAsync(string number, ReadPhoto command, OperationContext context, ReportDesk tools, CancellationToken stop) =>
        ReadRules.ReadAsync(Rule, number, command.Actor, context, async id =>
            await context.Db.ReportPhotos.AsNoTracking().SingleOrDefaultAsync(p => p.ReportId == id, stop) is { } photo
                ? tools.Photos.Open(photo.File)
                : Refusal.Missing("photo-none", $"No photo came with {number}."), stop);
}

internal static class ReadRules
{
    /// <summary>Finds the report and reads what came with it.</summary>
    public static Task<Outcome<T>> ReadAsync<T>(
        OperationRule rule, string number, string actor, OperationContext context, Func<long, Task<Outcome<T>>> read, CancellationToken stop) =>
        context.ReadAsync<T>(rule, actor, null, async _ =>
        {
            if (await ReviewRules.FindAsync(number, context.Db.PassengerReports.AsNoTracking(), stop) is not { } report)
                return ReviewRules.NoReport(number);

            var found = await read(report.Id);
            return found.Refusal is null ? Done.With(found.Value, report.Number) : found.Refusal;
        }, stop);
}
