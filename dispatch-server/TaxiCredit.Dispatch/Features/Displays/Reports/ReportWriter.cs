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
    DisplayLeadership leadership, RefusedCounts refused, IServiceScopeFactory scopes, SigningClock clock, ILogger<ReportWriter> log) : BackgroundService
{
    private const int MaxMessages = 1_000;

    /// <summary>Reported and not saved: survives a failed commit, so that the next one makes up for it.</summary>
    private readonly Dictionary<int, ReportedTwin> _unsaved = [];

    private readonly List<SupersededJournal> _unsavedJournals = [];

    /// <summary>Displays of which the database refused something: until it takes their reports again, each is saved apart from the others.</summary>
    private readonly HashSet<int> _apart = [];

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
            // A memory that was replaced must stay replaced, whoever heard of it; the rest the next states bring again.
            _unsaved.Clear();
            SupersededJournals.Trim(_unsavedJournals);
            board.PutReported(batch.Reported);
            return;
        }
        foreach (var report in batch.Reported)
            _unsaved[report.DisplayId] = report;
        try
        {
            await SaveOrSetAsideAsync(batch.Of(id => !_apart.Contains(id)), isOne: false, stop);
            foreach (var id in batch.Displays.Intersect(_apart).ToList())
                await SaveOrSetAsideAsync(batch.Of(one => one == id), isOne: true, stop);
        }
        finally
        {
            board.PutReported(batch.Reported);
        }
        NudgeBehind(batch);
    }

    /// <summary>
    /// Saves and acknowledges. Where the database refuses something of it, each display is tried by itself; what is refused then is set aside, counted,
    /// told and not acknowledged, and the rest goes on.
    /// </summary>
    /// <param name="isOne">The batch is of one display, and nothing of others is saved with it.</param>
    private async Task SaveOrSetAsideAsync(ReportBatch batch, bool isOne, CancellationToken stop)
    {
        if (batch.Displays.Count == 0)
            return;
        try
        {
            await SaveAsync(batch, isOne, stop);
        }
        catch (Exception fault) when (!isOne && RowFault.Is(fault))
        {
            foreach (var id in batch.Displays)
                await SaveOrSetAsideAsync(batch.Of(one => one == id), isOne: true, stop);
            return;
        }
        catch (Exception fault) when (RowFault.Is(fault))
        {
            SetAside(batch.Displays.Single(), fault);
            if (batch.Incidents.Count > 0)
                await SaveOrSetAsideAsync(batch with { Incidents = [] }, isOne: true, stop);
            else
                Forget(batch.Displays.Single());
            return;
        }
        if (batch.Incidents.Count > 0)
            _apart.ExceptWith(batch.Displays);
        await AcknowledgeAsync(batch, stop);
    }

    private void SetAside(int displayId, Exception fault)
    {
        var code = board.TryFind(displayId, out var twin) ? twin.Display : $"{displayId}";
        refused.Add(code, RefusedBecause.Unsavable);
        // Once, and again only when it was well in between: it sends the same until somebody has looked at it.
        if (_apart.Add(displayId))
            LogSetAside(fault, code);
    }

    private void Forget(int displayId)
    {
        _unsaved.Remove(displayId);
        _unsavedJournals.RemoveAll(journal => journal.DisplayId == displayId);
    }

    private async Task SaveAsync(ReportBatch batch, bool isOne, CancellationToken stop)
    {
        bool IsSaved(int id) => isOne ? batch.Displays.Contains(id) : !_apart.Contains(id);
        var unsaved = _unsaved.Values.Where(report => IsSaved(report.DisplayId)).ToList();
        var journals = _unsavedJournals.FindAll(journal => IsSaved(journal.DisplayId));
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DispatchContext>();
        await using var write = await db.BeginWriteAsync(stop);
        await leadership.GuardAsync(db, stop);
        await ReportRows.PutReportedAsync(db, unsaved, stop);
        await ReportRows.AddNewJournalsAsync(db, journals, stop);
        await ReportRows.AddNewIncidentsAsync(db, batch, stop);
        var confirmed = await ReportRows.ConfirmEpochsAsync(db, batch, stop);
        confirmed.AddRange(await lostCabs.AnnounceAsync(db, batch.Lost, stop));
        // Not cancelled when the server stops: the outcome of a commit that was begun must be known.
        await write.SaveAsync(CancellationToken.None);
        unsaved.ForEach(report => _unsaved.Remove(report.DisplayId));
        journals.ForEach(journal => _unsavedJournals.Remove(journal));
        foreach (var display in confirmed)
            registry.Put(display);
        reconciler.Nudge(confirmed.Select(display => display.CabId));
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

    [LoggerMessage(4016, LogLevel.Error, "The database refuses a report of display {Display}; it is set aside and not acknowledged. Look at the unit")]
    private partial void LogSetAside(Exception fault, string display);

    [LoggerMessage(4008, LogLevel.Error, "Failed to save the reports of {Count} displays; retrying with the next batch, cabs will send their incidents again")]
    private partial void LogUnsaved(Exception fault, int count);
}
