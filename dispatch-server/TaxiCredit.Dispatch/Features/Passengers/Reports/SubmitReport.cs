using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

/// <summary>
/// A passenger reports. Nothing is dropped: beyond a rate of the cab or of the address a report is held for a person's look, and its receipt
/// works all the same. Otherwise it becomes a case at once if it is known who drove and what the conduct is called.
/// </summary>
/// <param name="CabCode">The cab's <see cref="ShortCode"/>.</param>
/// <param name="Submission">Of the form: sent twice, it is one report; sent again with other content, it is refused.</param>
/// <param name="Photo">As <see cref="Photos.PhotoReader"/> has re-encoded it; null for none.</param>
/// <param name="Address">Network address it came from; counted, not stored.</param>
internal sealed record SubmitReport(string CabCode, Guid Submission, ReportContent Content, byte[]? Photo, string Address)
{
    /// <summary>Who acts in the audit log and in the case.</summary>
    public const string Actor = "passenger";

    /// <summary>Name of the fact in a refusal that tells the receipt of what was sent.</summary>
    public const string SentAs = "receipt";

    private static readonly AnonymousRule Rule = new("submit-report", Actor);

    public static Task<Outcome<PassengerReport>> HandleAsync(SubmitReport command, OperationContext context, ReportDesk tools, CancellationToken stop) =>
        context.RunAnonymousAsync<PassengerReport>(Rule, async () =>
        {
            if (await context.Db.PassengerReports.AsNoTracking().Include(r => r.Cab)
                .SingleOrDefaultAsync(r => r.Submission == command.Submission, stop) is { } sent)
                return await command.SaysAsync(sent, context, tools, stop) ? Done.Repeated(sent) : SentOtherwise(sent);
            if (await context.Db.Cabs.SingleOrDefaultAsync(c => c.PassengerCode == command.CabCode && c.PassengerCode != "", stop) is not { } cab)
                return Refusal.Missing("cab-code-unknown", "No cab has this code.");

            var report = command.Report(cab, context);
            if (await ManyAsync(command, cab, context, tools, stop) is { } many)
                report.HoldBack(many);
            context.Db.PassengerReports.Add(report);
            await context.Db.SaveChangesAsync(stop);
            await command.KeepAsync(report, context, tools, stop);
            if (report.Status == ReportStatus.Received && report.Code is { } code && await WhoDrove.FindAsync(report, context, stop) is { } driver
                && await MakeCase.OfAsync(report, driver, code, Actor, context, stop) is { } refused)
                return refused;
            return Done.With(report, report.Number, $"{report.Kind} {cab.Code} {report.Status}");
        }, stop);

    private static Refusal SentOtherwise(PassengerReport sent) =>
        Refusal.Conflict("report-sent-otherwise", "This form was sent with other content; send what differs under a submission of its own.") with
        {
            Facts = new Dictionary<string, object?> { [SentAs] = sent.Receipt },
        };

    /// <summary>Whether it says what was sent. A photo that is missing is one that the browser has let go of, and no correction.</summary>
    private async Task<bool> SaysAsync(PassengerReport sent, OperationContext context, ReportDesk tools, CancellationToken stop)
    {
        if ((sent.Kind, sent.Code, sent.ConductOn, sent.ConductHour, sent.Place, sent.Account)
            != (Content.Kind, Content.Code, Content.Day, Content.Hour, Content.Place, Content.Account) || sent.Cab.PassengerCode != CabCode)
            return false;
        var contact = await context.Db.ReportContacts.AsNoTracking().SingleOrDefaultAsync(c => c.ReportId == sent.Id, stop);
        if (Content.Contact != (contact is null ? null : tools.Contacts.Open(contact.Sealed)))
            return false;
        return Photo is null || await context.Db.ReportPhotos.AnyAsync(p => p.ReportId == sent.Id && p.Size == Photo.Length, stop);
    }

    private PassengerReport Report(Cab cab, OperationContext context) => new()
    {
        Receipt = ShortCode.New(),
        Submission = Submission,
        Kind = Content.Kind,
        CabId = cab.Id,
        Code = Content.Code,
        ConductOn = Content.Day,
        ConductHour = Content.Hour,
        Place = Content.Place,
        Account = Content.Account,
        ReceivedAt = context.Now,
        SubmittedOn = context.Today,
    };

    private static async Task<QuarantineReason?> ManyAsync(SubmitReport command, Cab cab, OperationContext context, ReportDesk tools, CancellationToken stop)
    {
        var window = TimeSpan.FromHours(tools.Settings.QuarantineHours);
        if (tools.Recent.Add(command.Address, window) > tools.Settings.ReportsFromAddress)
            return QuarantineReason.ManyFromAddress;

        var since = context.Now - window;
        return await context.Db.PassengerReports.CountAsync(r => r.CabId == cab.Id && r.ReceivedAt > since, stop) >= tools.Settings.ReportsOfCab
            ? QuarantineReason.ManyOfCab
            : null;
    }

    /// <summary>What lies apart from the report. A photo's file is written before the commit: at worst a file is left that nothing names.</summary>
    private async Task KeepAsync(PassengerReport report, OperationContext context, ReportDesk tools, CancellationToken stop)
    {
        if (Content.Contact is { } contact)
            context.Db.ReportContacts.Add(new ReportContact { ReportId = report.Id, Sealed = tools.Contacts.Seal(contact) });
        if (Photo is { } photo)
            context.Db.ReportPhotos.Add(new ReportPhoto { ReportId = report.Id, File = await tools.Photos.StoreAsync(photo, stop), Size = photo.Length });
    }
}
