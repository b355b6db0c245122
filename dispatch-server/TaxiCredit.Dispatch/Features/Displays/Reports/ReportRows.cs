using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace TaxiCredit.Dispatch.Features.Displays.Reports;

/// <summary>The rows that a batch of reports adds or changes, inside its transaction; what is stored already is left out.</summary>
internal static class ReportRows
{
    public static async Task AddNewJournalsAsync(DispatchContext db, List<SupersededJournal> journals, CancellationToken stop)
    {
        if (journals.Count == 0)
            return;
        var displays = journals.ConvertAll(journal => journal.DisplayId);
        var stored = await db.SupersededJournals.Where(journal => displays.Contains(journal.DisplayId)).ToListAsync(stop);
        var added = journals.ExceptBy(stored.Select(KeyOf), KeyOf).ToList();
        db.SupersededJournals.AddRange(added);
        db.SupersededJournals.RemoveRange(
            stored.Concat(added).GroupBy(journal => journal.DisplayId)
                .SelectMany(known => known.OrderByDescending(journal => journal.At).Skip(SupersededJournals.MaxPerDisplay)));

        static (int, string) KeyOf(SupersededJournal journal) => (journal.DisplayId, journal.Journal);
    }

    /// <summary>
    /// What displays last said of themselves. A row that is not there, of a city that was filled or mended by hand, is made: an update of it alone would
    /// take the reports of all others down with it, in this batch and in each after it.
    /// </summary>
    public static async Task PutReportedAsync(DispatchContext db, List<ReportedTwin> reported, CancellationToken stop)
    {
        var ids = reported.ConvertAll(report => report.DisplayId);
        var there = await db.ReportedTwins.Where(twin => ids.Contains(twin.DisplayId)).Select(twin => twin.DisplayId).ToHashSetAsync(stop);
        db.ReportedTwins.UpdateRange(reported.Where(report => there.Contains(report.DisplayId)));
        db.ReportedTwins.AddRange(reported.Where(report => !there.Contains(report.DisplayId)));
    }

    public static async Task AddNewIncidentsAsync(DispatchContext db, ReportBatch batch, CancellationToken stop)
    {
        if (batch.Incidents.Count == 0)
            return;
        var seen = await StoredAsync(db, batch, stop);
        foreach (var (display, report, receivedAt) in batch.Incidents)
        {
            db.Incidents.AddRange(
                from incident in report.List
                where seen.Add((display.Id, report.Journal, incident.Seq))
                select new Incident
                {
                    DisplayId = display.Id,
                    Journal = report.Journal,
                    Seq = incident.Seq,
                    Kind = incident.Kind,
                    Arg = incident.Arg,
                    At = incident.At,
                    Boot = incident.Boot,
                    Up = incident.Up,
                    ReceivedAt = receivedAt,
                });
        }
    }

    /// <summary>One question for the whole batch: a unit out of order sends hundreds of journals at once, and the others wait for the same commit.</summary>
    private static async Task<HashSet<(int, string, long)>> StoredAsync(DispatchContext db, ReportBatch batch, CancellationToken stop)
    {
        var displays = batch.Incidents.Select(incidents => incidents.Display.Id).Distinct().ToList();
        var journals = batch.Incidents.Select(incidents => incidents.Report.Journal).Distinct().ToList();
        var (first, last) = (batch.Incidents.Min(incidents => incidents.Report.List[0].Seq), batch.Incidents.Max(incidents => incidents.Report.List[^1].Seq));
        var stored = await db.Incidents
            .Where(i => displays.Contains(i.DisplayId) && journals.Contains(i.Journal) && i.Seq >= first && i.Seq <= last)
            .Select(i => new { i.DisplayId, i.Journal, i.Seq }).ToListAsync(stop);
        return stored.Select(i => (i.DisplayId, i.Journal, i.Seq)).ToHashSet();
    }

    public static async Task<List<Display>> ConfirmEpochsAsync(DispatchContext db, ReportBatch batch, CancellationToken stop)
    {
        if (batch.EpochConfirmedBy.Count == 0)
            return [];
        var confirmed = await db.Displays.Where(d => batch.EpochConfirmedBy.Contains(d.Id) && d.PendingEpoch != null).ToListAsync(stop);
        confirmed.ForEach(display => display.ConfirmEpoch());
        return confirmed;
    }
}
