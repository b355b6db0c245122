using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Displays.Reports;

/// <summary>
/// Takes what cabs publish in batches, one transaction each, so that a burst of reports costs one durable write. Incidents are
/// acknowledged after the commit; what a failed commit lost, cabs send again.
/// </summary>
internal sealed partial class ReportWriter(
    CabInbox inbox, ReportReader reader, TwinBoard board, DisplayRegistry registry, Reconciler reconciler, ICabLink link, LostCabs lostCabs,
    DisplayLeadership leadership, IServiceScopeFactory scopes, SigningClock clock, ILogger<ReportWriter> log) : BackgroundService
{
    private const int MaxMessages = 1_000;

    /// <summary>Reported and not saved: survives a failed commit, so that the next one makes up for it.</summary>
    private readonly Dictionary<int, ReportedTwin> _unsaved = [];

    private readonly List<SupersededJournal> _unsavedJournals = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var messages = new List<CabMessage>(MaxMessages);
        while (true)
        {
            await inbox.TakeAsync(messages, MaxMessages, stoppingToken);
            try
            {
                await AbsorbAsync(reader.Read(messages), stoppingToken);
            }
            catch (BrokerGoneException gone)
            {
                LogUnacknowledged(gone.Message);
            }
            catch (LeadershipLostException)
            {
                // Another server saves and acknowledges; this one continues as standby.
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogUnsaved(fault, _unsaved.Count);
            }
        }
    }

    private async Task AbsorbAsync(ReportBatch batch, CancellationToken stop)
    {
        _unsavedJournals.AddRange(batch.Superseded);
        if (!leadership.IsLeader)
        {
            // A display that was replaced must stay replaced, whoever heard of it; the rest the next states bring again.
            _unsaved.Clear();
            board.PutReported(batch.Reported);
            return;
        }
        foreach (var report in batch.Reported)
            _unsaved[report.DisplayId] = report;
        try
        {
            await SaveAsync(batch, stop);
        }
        finally
        {
            board.PutReported(batch.Reported);
        }
        await AcknowledgeAsync(batch, stop);
        NudgeBehind(batch);
    }

    private async Task SaveAsync(ReportBatch batch, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DispatchContext>();
        await using var write = await db.BeginWriteAsync(stop);
        await leadership.GuardAsync(db, stop);
        db.ReportedTwins.UpdateRange(_unsaved.Values);
        await AddNewJournalsAsync(db, stop);
        await AddNewIncidentsAsync(db, batch, stop);
        var confirmed = await ConfirmEpochsAsync(db, batch, stop);
        confirmed.AddRange(await lostCabs.AnnounceAsync(db, batch.Lost, stop));
        // Not cancelled when the server stops: the outcome of a commit that was begun must be known.
        await write.SaveAsync(CancellationToken.None);
        _unsaved.Clear();
        _unsavedJournals.Clear();
        foreach (var display in confirmed)
            registry.Put(display);
        reconciler.Nudge(confirmed.Select(display => display.CabId));
    }

    private async Task AddNewJournalsAsync(DispatchContext db, CancellationToken stop)
    {
        if (_unsavedJournals.Count == 0)
            return;
        var displays = _unsavedJournals.ConvertAll(journal => journal.DisplayId);
        var stored = await db.SupersededJournals.AsNoTracking().Where(journal => displays.Contains(journal.DisplayId)).ToListAsync(stop);
        db.SupersededJournals.AddRange(_unsavedJournals.ExceptBy(stored.Select(KeyOf), KeyOf));

        static (int, string) KeyOf(SupersededJournal journal) => (journal.DisplayId, journal.Journal);
    }

    private static async Task AddNewIncidentsAsync(DispatchContext db, ReportBatch batch, CancellationToken stop)
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

    private static async Task<List<Display>> ConfirmEpochsAsync(DispatchContext db, ReportBatch batch, CancellationToken stop)
    {
        if (batch.EpochConfirmedBy.Count == 0)
            return [];
        var confirmed = await db.Displays.Where(d => batch.EpochConfirmedBy.Contains(d.Id) && d.PendingEpoch != null).ToListAsync(stop);
        confirmed.ForEach(display => display.ConfirmEpoch());
        return confirmed;
    }

    private async Task AcknowledgeAsync(ReportBatch batch, CancellationToken stop)
    {
        // What is not acknowledged now cabs send again, and what is not answered they ask again.
        if (!clock.TryRead(out var instant))
            return;
        var now = instant.ToUnixTimeSeconds();
        foreach (var (display, report, _) in batch.Incidents)
            await PublishAckAsync(display, DownMessages.IncidentsAck(display.Code, now, report.Journal, report.List[^1].Seq), stop);
        await lostCabs.AnswerAsync(registry, batch.Lost, now, stop);
        if (batch.Questions.Count == 0)
            return;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DispatchContext>();
        foreach (var (display, journal, nonce) in batch.Questions)
        {
            var through = await db.Incidents.Where(i => i.DisplayId == display.Id && i.Journal == journal).MaxAsync(i => (long?)i.Seq, stop) ?? 0;
            await PublishAckAsync(display, DownMessages.IncidentsAck(display.Code, now, journal, through, nonce), stop);
        }
    }

    private Task PublishAckAsync(RegisteredDisplay display, byte[] json, CancellationToken stop) =>
        link.PublishAsync(Topics.Of(display.Code, Topics.IncidentsAck), Envelope.Sign(json, display.Keys.Down), retain: false, stop);

    private void NudgeBehind(ReportBatch batch)
    {
        var behind = new List<int>();
        foreach (var report in batch.Reported.Where(report => report.Online))
        {
            var isFollowing = board.TryFind(report.DisplayId, out var twin) && !twin.IsBehind;
            if (!isFollowing && registry.TryFind(report.DisplayId, out var display))
                behind.Add(display.CabId);
        }
        reconciler.Nudge(behind);
    }

    [LoggerMessage(4007, LogLevel.Warning, "Saved incidents but failed to acknowledge them; cabs will send them again: {Reason}")]
    private partial void LogUnacknowledged(string reason);

    [LoggerMessage(4008, LogLevel.Error, "Failed to save the reports of {Count} displays; retrying with the next batch, cabs will send their incidents again")]
    private partial void LogUnsaved(Exception fault, int count);
}
