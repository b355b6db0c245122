using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

/// <summary>Somebody reads how to reach who reported. The audit log says who did.</summary>
internal sealed record ReadContact(string Actor)
{
    public static Task<Outcome<string>> HandleAsync(string number, ReadContact command, OperationContext context, ReportDesk tools, CancellationToken stop) =>
        ReadRules.ReadAsync(number, command.Actor, "read-contact", context, async id =>
            await context.Db.ReportContacts.AsNoTracking().SingleOrDefaultAsync(c => c.ReportId == id, stop) is { } contact
                ? (Outcome<string>)tools.Contacts.Open(contact)
                : Refusal.Missing("contact-none", $"Whoever sent {number} left no contact."), stop);
}

/// <summary>Somebody looks at the photo that came with a report. The audit log says who did; no passenger and no driver can.</summary>
internal sealed record ReadPhoto(string Actor)
{
    public static Task<Outcome<Stream>> HandleAsync(string number, ReadPhoto command, OperationContext context, ReportDesk tools, CancellationToken stop) =>
        ReadRules.ReadAsync(number, command.Actor, "read-photo", context, async id =>
            await context.Db.ReportPhotos.AsNoTracking().SingleOrDefaultAsync(p => p.ReportId == id, stop) is { } photo
                ? tools.Photos.Open(photo.File)
                : Refusal.Missing("photo-none", $"No photo came with {number}."), stop);
}

internal static class ReadRules
{
    /// <summary>The one place where it is asked who may see what came with a report.</summary>
    public static async Task<Outcome<T>> ReadAsync<T>(
        string number, string actor, string operation, OperationContext context, Func<long, Task<Outcome<T>>> read, CancellationToken stop)
    {
        if ((await context.MayAsync(actor, Permission.ReadReports, null, stop)).Refusal is { } forbidden)
            return forbidden;
        if (await ReviewRules.FindAsync(number, context.Db.PassengerReports.AsNoTracking(), stop) is not { } report)
            return ReviewRules.NoReport(number);

        var found = await read(report.Id);
        if (found.Refusal is null)
        {
            context.Record(actor, operation, report.Number);
            await context.Db.SaveChangesAsync(stop);
        }

        return found;
    }
}
