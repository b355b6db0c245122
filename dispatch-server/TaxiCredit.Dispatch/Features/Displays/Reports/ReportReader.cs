using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Displays.Reports;

/// <summary>What a batch of messages came to: per display the last report, what it supersedes, incidents in their order.</summary>
internal sealed record ReportBatch(
    IReadOnlyCollection<ReportedTwin> Reported, IReadOnlyList<SupersededJournal> Superseded,
    IReadOnlyList<(RegisteredDisplay Display, IncidentReport Report, DateTimeOffset ReceivedAt)> Incidents, IReadOnlySet<int> EpochConfirmedBy,
    IReadOnlyCollection<TimeQuestion> Questions, IReadOnlyCollection<TimeQuestion> Lost)
{
    /// <summary>Ids of the displays that it is about.</summary>
    public IReadOnlySet<int> Displays { get; } =
        Reported.Select(report => report.DisplayId).Concat(Superseded.Select(journal => journal.DisplayId))
            .Concat(Incidents.Select(incidents => incidents.Display.Id)).ToHashSet();

    /// <summary>What it holds of some displays.</summary>
    public ReportBatch Of(Func<int, bool> isOne) => new(
        [.. Reported.Where(report => isOne(report.DisplayId))], [.. Superseded.Where(journal => isOne(journal.DisplayId))],
        [.. Incidents.Where(incidents => isOne(incidents.Display.Id))], EpochConfirmedBy.Where(isOne).ToHashSet(),
        [.. Questions.Where(question => isOne(question.Display.Id))], [.. Lost.Where(question => isOne(question.Display.Id))]);
}

/// <summary>
/// Authenticates, then parses, then judges what cabs publish; what is refused is counted and changes nothing. Knows the last
/// report and the superseded memories of every display. Not thread-safe: the report writer is its only caller.
/// </summary>
internal sealed class ReportReader(DisplayRegistry registry, TwinBoard board, RefusedCounts refused, IOptions<DisplaySettings> settings)
{
    /// <summary>Incidents that a display may have stored at once: more than its journal holds. It earns one more a second.</summary>
    public const int MaxIncidents = 500;

    private readonly SupersededJournals _superseded = new();
    private readonly Dictionary<int, TokenBucket> _incidents = [];

    /// <summary>Loads what an earlier run knew.</summary>
    public async Task LoadAsync(DispatchContext db, CancellationToken stop)
    {
        board.LoadReported(await db.ReportedTwins.AsNoTracking().ToListAsync(stop));
        await foreach (var journal in db.SupersededJournals.AsNoTracking().OrderBy(journal => journal.At).AsAsyncEnumerable().WithCancellation(stop))
            _superseded.Add(journal);
    }

    public ReportBatch Read(IEnumerable<CabMessage> messages)
    {
        var batch = new Batch();
        foreach (var message in messages)
        {
            if (Read(message, batch) is { } because)
                refused.Add(Topics.TrySplit(message.Topic, out var displayCode, out _) ? displayCode : null, because);
        }
        return new(batch.Reported.Values, batch.Superseded, batch.Incidents, batch.EpochConfirmedBy, batch.Questions.Values, batch.Lost.Values);
    }

    private RefusedBecause? Read(CabMessage message, Batch batch)
    {
        if (!Topics.TrySplit(message.Topic, out var displayCode, out var leaf) || !Topics.IsUp(leaf))
            return RefusedBecause.ForeignPublish;
        // What a broker kept, and the last will, are the end of one that was known: nobody else gets in.
        if (!registry.TryFind(displayCode, out var display))
            return message.IsRetained || message.Payload.Span.SequenceEqual(Envelope.Offline) ? null : RefusedBecause.Unknown;
        if (leaf == Topics.State && message.Payload.Span.SequenceEqual(Envelope.Offline))
        {
            batch.Reported[display.Id] = LastOf(display, batch) with { Online = false };
            return null;
        }
        byte[][] keys = [display.Keys.Up, (display.PendingKeys ?? display.Keys).Up, display.LostKeys.Up];
        if (Envelope.TryOpen(message.Payload, keys, out var signedBy, out var json) is { } because)
            return because;
        // Where nothing is announced the second key is the first once more, and the last that fits counts.
        var signature = signedBy == 2 ? Signature.Lost : signedBy == 1 && display.PendingKeys is not null ? Signature.Pending : Signature.Present;
        if (leaf == Topics.State)
            return ReadState(message, json, display, signature, batch);
        // Under the keys of no epoch a cab asks, and says nothing else.
        return signature == Signature.Lost ? RefusedBecause.Mac : ReadIncidents(message, json, display, batch);
    }

    private RefusedBecause? ReadState(
        CabMessage message, ReadOnlyMemory<byte> json, RegisteredDisplay display, Signature signature, Batch batch)
    {
        if (StateReport.TryRead(json, message.Topic, out var report) is { } because)
            return because;
        if ((signature == Signature.Lost) != (report!.Epoch == DisplayKeys.LostEpoch) || (signature == Signature.Lost && report.Nonce is null))
            return RefusedBecause.Form;
        var last = LastOf(display, batch);
        // What a broker has kept is no replay: it may well be what this server has heard before.
        if (_superseded.Contains(display.Id, report.Journal))
            return message.IsRetained ? null : RefusedBecause.Superseded;
        if (last.IsOld(report))
            return message.IsRetained ? Recall(message, last, report, batch) : RefusedBecause.Old;
        if (last.Journal != "" && last.Journal != report.Journal)
        {
            var superseded = new SupersededJournal { DisplayId = display.Id, Journal = last.Journal, At = message.ReceivedAt };
            _superseded.Add(superseded);
            batch.Superseded.Add(superseded);
        }
        if (signature == Signature.Pending && report.Epoch == display.PendingKeys!.Epoch)
            batch.EpochConfirmedBy.Add(display.Id);
        if (!message.IsRetained && signature == Signature.Lost)
            batch.Lost[display.Id] = new(display, report.Journal, report.Nonce!);
        else if (!message.IsRetained && TimeQuestion.Of(display, report, message.ReceivedAt) is { } question)
            batch.Questions[display.Id] = question;
        var reported = last.With(report, message.ReceivedAt);
        batch.Reported[display.Id] = message.IsRetained ? AsKept(reported, last, message.ReceivedAt) : reported;
        return null;
    }

    /// <summary>The last state again, from a broker that would have put the last will in its place: the display is still there.</summary>
    private RefusedBecause? Recall(CabMessage message, ReportedTwin last, StateReport report, Batch batch)
    {
        if ((report.Boot, report.N) == (last.Boot, last.N))
            batch.Reported[last.DisplayId] = AsKept(last, last, message.ReceivedAt);
        return null;
    }

    /// <summary>A state that the broker has kept is as old as its cab says, which is not later than now; without that it is as old as the last one.</summary>
    private ReportedTwin AsKept(ReportedTwin reported, ReportedTwin last, DateTimeOffset now)
    {
        var said = DateTimeOffset.FromUnixTimeSeconds(reported.At);
        var receivedAt = reported.At == 0 ? last.ReceivedAt : said < now ? said : now;
        if (last.ReceivedAt > receivedAt)
            receivedAt = last.ReceivedAt;
        return reported with { ReceivedAt = receivedAt, Online = !OfflineRule.IsSilent(receivedAt, now, settings.Value) };
    }

    private RefusedBecause? ReadIncidents(CabMessage message, ReadOnlyMemory<byte> json, RegisteredDisplay display, Batch batch)
    {
        if (IncidentReport.TryRead(json, message.Topic, out var report) is { } because)
            return because;
        if (!_incidents.TryGetValue(display.Id, out var bucket))
            _incidents[display.Id] = bucket = new(MaxIncidents, perSecond: 1);
        if (!bucket.TryTake(report!.List.Count, message.ReceivedAt))
            return RefusedBecause.Rate;
        batch.Incidents.Add((display, report, message.ReceivedAt));
        return null;
    }

    private ReportedTwin LastOf(RegisteredDisplay display, Batch batch) =>
        batch.Reported.TryGetValue(display.Id, out var last) ? last : board.ReportedOf(display.Id);

    /// <summary>By which epoch's key a message is signed.</summary>
    private enum Signature { Present, Pending, Lost }

    private sealed class Batch
    {
        public Dictionary<int, ReportedTwin> Reported { get; } = [];

        public List<SupersededJournal> Superseded { get; } = [];

        public List<(RegisteredDisplay, IncidentReport, DateTimeOffset)> Incidents { get; } = [];

        public HashSet<int> EpochConfirmedBy { get; } = [];

        public Dictionary<int, TimeQuestion> Questions { get; } = [];

        public Dictionary<int, TimeQuestion> Lost { get; } = [];
    }
}
