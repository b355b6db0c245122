using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Erasure;

/// <summary>What is still stored of a report's contact and photos, and for how many days after the decision; null for what is not.</summary>
internal sealed record LeftData(int? ContactDays, int? PhotoDays);

/// <summary>
/// Erases contacts that passengers left, and photos that passengers and peers did, when their time is over: it counts from the day on which the
/// report was rejected or withdrawn or its case decided, and that day's matter is kept whole until then. Runs in batches under a lease: no person acts, so that
/// it writes under the lock and to the audit log itself.
/// </summary>
internal static class EraseLeft
{
    /// <summary>Who acts in the audit log.</summary>
    public const string Actor = "retention";

    private const string LeaseName = "erasure";
    private const int BatchSize = 100;

    private static readonly TimeSpan Term = TimeSpan.FromMinutes(1);

    /// <returns>False while another server holds the lease.</returns>
    public static async Task<bool> TryAsync(OperationContext context, ReportDesk tools, CancellationToken stop)
    {
        if (await context.Db.AcquireAsync(LeaseName, $"{Guid.NewGuid():N}", context.Now, Term, stop) is not { } lease)
            return false;
        try
        {
            while (await EraseBatchAsync(lease, context, tools, stop))
                context.Db.ChangeTracker.Clear();
        }
        finally
        {
            await context.Db.ReleaseAsync(lease, CancellationToken.None);
        }

        return true;
    }

    /// <summary>What is there with a case: of the passenger's report that it was, or of the peer's.</summary>
    public static async Task<LeftData> OfCaseAsync(long caseId, DispatchContext db, PassengerSettings settings, CancellationToken stop)
    {
        var reports = db.PassengerReports.Where(r => r.CaseId == caseId);
        return new(
            await reports.AnyAsync(r => db.Set<ReportContact>().Any(c => c.ReportId == r.Id), stop) ? settings.KeepContactDays : null,
            await reports.AnyAsync(r => db.Set<ReportPhoto>().Any(p => p.ReportId == r.Id), stop) || await db.CasePhotos.AnyAsync(p => p.CaseId == caseId, stop)
                ? settings.KeepPhotoDays
                : null);
    }

    /// <returns>Whether there may be more.</returns>
    private static async Task<bool> EraseBatchAsync(Lease lease, OperationContext context, ReportDesk tools, CancellationToken stop)
    {
        var db = context.Db;
        var ofContacts = SettledBefore(context.Today.AddDays(-tools.Settings.KeepContactDays), db);
        var contacts = await db.ReportContacts.Where(c => ofContacts.Contains(c.ReportId))
            .OrderBy(c => c.ReportId).Take(BatchSize).Select(c => c.ReportId).ToListAsync(stop);
        var lastOfPhotos = context.Today.AddDays(-tools.Settings.KeepPhotoDays);
        var ofPhotos = SettledBefore(lastOfPhotos, db);
        var photos = await db.ReportPhotos.AsNoTracking().Where(p => ofPhotos.Contains(p.ReportId)).OrderBy(p => p.ReportId).Take(BatchSize).ToListAsync(stop);
        var ofPeers = await (from photo in db.CasePhotos.AsNoTracking()
                             join peers in db.Cases on photo.CaseId equals peers.Id
                             where peers.DecidedOn < lastOfPhotos
                             orderby photo.CaseId
                             select photo).Take(BatchSize).ToListAsync(stop);
        if (contacts.Count + photos.Count + ofPeers.Count == 0)
            return false;

        // The file first. After a crash in between its row still says what is to go, and the next pass finds the file gone; the other way round
        // a picture would lie in the folder for ever that nothing names.
        foreach (var file in photos.Select(p => p.File).Concat(ofPeers.Select(p => p.File)))
            tools.Photos.Erase(file);
        var (reports, cases) = (photos.ConvertAll(p => p.ReportId), ofPeers.ConvertAll(p => p.CaseId));

        await using var write = await db.BeginWriteAsync(stop);
        if (!await db.RenewAsync(lease, context.Now, Term, stop))
            return false;
        var erasedContacts = await db.ReportContacts.Where(c => contacts.Contains(c.ReportId)).ToListAsync(stop);
        var erasedPhotos = await db.ReportPhotos.Where(p => reports.Contains(p.ReportId)).ToListAsync(stop);
        var erasedOfPeers = await db.CasePhotos.Where(p => cases.Contains(p.CaseId)).ToListAsync(stop);
        db.Erase([.. erasedContacts, .. erasedPhotos, .. erasedOfPeers]);
        var counted = $"contacts {erasedContacts.Count}, photos {erasedPhotos.Count + erasedOfPeers.Count}";
        context.Record(Actor, "erase-contacts", $"{context.Today:yyyy-MM-dd}", counted);
        await write.SaveAsync(stop);
        return contacts.Count == BatchSize || photos.Count == BatchSize || ofPeers.Count == BatchSize;
    }

    /// <summary>
    /// Reports whose matter was settled before that day of the bureau. Of what an earlier version rejected, which did not keep the day, the time
    /// counts from the submission.
    /// </summary>
    private static IQueryable<long> SettledBefore(DateOnly day, DispatchContext db) =>
        db.PassengerReports.Where(r => r.Status == ReportStatus.Rejected || r.Status == ReportStatus.Withdrawn
            ? (r.RejectedOn ?? r.SubmittedOn) < day
            : r.Case!.DecidedOn < day).Select(r => r.Id);
}
