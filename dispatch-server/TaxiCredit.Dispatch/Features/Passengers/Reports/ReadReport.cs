using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

/// <summary>
/// Whoever has the case of a report reads how to reach the passenger, and says what for. The audit log records both. Without a case nobody does: what a
/// report lacks is no reason to call whoever sent it.
/// </summary>
/// <param name="Reason">What it is needed for, 1 to 500 characters.</param>
internal sealed record ReadContact(Acting Actor, string? Reason)
{
    private const int MaxReason = 500;

    private static readonly OperationRule Rule = new("read-contact", Permission.ReadContact);

    public static Task<Outcome<string>> HandleAsync(string number, ReadContact command, OperationContext context, ReportDesk tools, CancellationToken stop) =>
        context.ReadAsync<string>(Rule, command.Actor, null, async person =>
        {
            if (await ReviewRules.FindAsync(number, context.Db.PassengerReports.AsNoTracking(), stop) is not { } report)
                return ReviewRules.NoReport(number);
            if (string.IsNullOrWhiteSpace(command.Reason) || command.Reason.Length > MaxReason)
                return Refusal.Malformed("look-reason-length", $"Say in 1 to {MaxReason} characters what the contact is needed for.");
            if (!await HasCaseAsync(person.Name, report, context, stop))
                return Refusal.Forbidden("contact-not-yours", $"Only who has taken up the case of {report.Number} reads how to reach the passenger.");

            return await context.Db.ReportContacts.AsNoTracking().SingleOrDefaultAsync(c => c.ReportId == report.Id, stop) is { } contact
                ? Done.With(tools.Contacts.Open(contact.Sealed), report.Number, command.Reason.Trim())
                : Refusal.Missing("contact-none", $"Whoever sent {number} left no contact.");
        }, stop);

    /// <summary>Whether that person has taken up the case of a report.</summary>
    public static async Task<bool> HasCaseAsync(string name, PassengerReport report, OperationContext context, CancellationToken stop) =>
        report.Case is { } made && await CaseHolders.OfAsync(made.Number, context.Db, stop) == name;
}

/// <summary>Somebody looks at the photo that came with a report. The audit log says who did; no passenger and no driver can.</summary>
internal sealed record ReadPhoto(Acting Actor)
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
        OperationRule rule, string number, Acting actor, OperationContext context, Func<long, Task<Outcome<T>>> read, CancellationToken stop) =>
        context.ReadAsync<T>(rule, actor, null, async _ =>
        {
            if (await ReviewRules.FindAsync(number, context.Db.PassengerReports.AsNoTracking(), stop) is not { } report)
                return ReviewRules.NoReport(number);

            var found = await read(report.Id);
            return found.Refusal is null ? Done.With(found.Value, report.Number) : found.Refusal;
        }, stop);
}
