using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Displays.Reports;

/// <summary>
/// Leads cabs that have lost their memory to the next key epoch. That they have the root key is proven by their question, that the answer is for them and
/// new by its nonce; old epochs stay closed, as their keys may be what a rotation was for.
/// </summary>
internal sealed partial class LostCabs(RootKeySeal seal, ICabLink link, IOptions<DisplaySettings> settings, ILogger<LostCabs> log)
{
    /// <summary>Announces the next epoch to those to whom none is announced.</summary>
    /// <returns>Displays that have changed, to be registered after the commit.</returns>
    public async Task<List<Display>> AnnounceAsync(DispatchContext db, IReadOnlyCollection<TimeQuestion> lost, CancellationToken stop)
    {
        if (lost.Count == 0)
            return [];
        var ids = lost.Select(question => question.Display.Id).ToList();
        var changed = new List<Display>();
        foreach (var display in await db.Displays.Where(d => ids.Contains(d.Id) && d.PendingEpoch == null && d.Rest == null).ToListAsync(stop))
        {
            var password = DisplayKeys.DerivePassword(seal.Open(display), display.Epoch + 1);
            if (display.AnnounceNextEpoch(DisplayKeys.HashPassword(password)) is { } refusal)
            {
                LogStuck(display.Code, refusal.Detail);
                continue;
            }
            LogLost(display.Code, display.Epoch + 1);
            changed.Add(display);
        }
        return changed;
    }

    /// <summary>Answers them, once and not retained: the config that each ought to have, signed with the keys of no epoch.</summary>
    /// <param name="now">Unix seconds; also the revision, as the cab has none.</param>
    public async Task AnswerAsync(DisplayRegistry registry, IReadOnlyCollection<TimeQuestion> lost, long now, CancellationToken stop)
    {
        foreach (var (asking, _, nonce) in lost)
        {
            if (!registry.TryFind(asking.Id, out var display) || display.PendingKeys is not { } pending)
                continue;
            var json = DownMessages.Config(display.Code, now, now, settings.Value.For(pending.Epoch), nonce);
            await link.PublishAsync(Topics.Of(display.Code, Topics.Config), Envelope.Sign(json, display.LostKeys.Down), retain: false, stop);
        }
    }

    [LoggerMessage(4014, LogLevel.Warning, "Display {Display} has lost its memory; announced key epoch {Epoch} to it")]
    private partial void LogLost(string display, int epoch);

    [LoggerMessage(4015, LogLevel.Error, "Display {Display} has lost its memory and cannot be given a key epoch: {Reason}")]
    private partial void LogStuck(string display, string reason);
}
