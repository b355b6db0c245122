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

    public static async Task AddNewIncidentsAsync(DispatchContext db, ReportBatch batch, CancellationToken stop)
    {
        var seen = new HashSet<(int, string, long)>();
        foreach (var (display, report, receivedAt) in batch.Incidents)
        {
            var (first, last) = (report.List[0].Seq, report.List[^1].Seq);
            var stored = await db.Incidents
                .Where(i => i.DisplayId == display.Id && i.Journal == report.Journal && i.Seq >= first && i.Seq <= last)
                .Select(i => i.Seq).ToHashSetAsync(stop);
            db.Incidents.AddRange(
                from incident in report.List
                where !stored.Contains(incident.Seq) && seen.Add((display.Id, report.Journal, incident.Seq))
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

    public static async Task<List<Display>> ConfirmEpochsAsync(DispatchContext db, ReportBatch batch, CancellationToken stop)
    {
        if (batch.EpochConfirmedBy.Count == 0)
            return [];
        var confirmed = await db.Displays.Where(d => batch.EpochConfirmedBy.Contains(d.Id) && d.PendingEpoch != null).ToListAsync(stop);
        confirmed.ForEach(display => display.ConfirmEpoch());
        return confirmed;
    }
}
