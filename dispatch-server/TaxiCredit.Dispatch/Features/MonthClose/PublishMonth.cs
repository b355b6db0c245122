using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Holds;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>Publishes a signed close, and those it takes along, as the rating of the city. The windscreens follow.</summary>
internal sealed record PublishMonth(Acting Actor)
{
    private static readonly OperationRule Rule = new("publish-month", Permission.PublishMonth) { WantsProof = true };

    public static Task<Outcome<Close>> HandleAsync(string period, PublishMonth command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Close>(Rule, command.Actor, null, _ => PublishAsync(period, command, context, stop), stop);

    private static async Task<Outcome<Done<Close>>> PublishAsync(string period, PublishMonth command, OperationContext context, CancellationToken stop)
    {
        if (await PublishingHolds.AgainstPublishingAsync(context.Db, stop) is { } held)
            return held;
        var found = await OpenCloses.NewestAsync(period, context.Db, stop);
        if (found.Refusal is not null)
            return found.Refusal;

        var close = found.Value;
        var followers = await context.Db.Closes.Where(c => c.LedById == close.Id).ToListAsync(stop);
        var newest = await context.Db.Closes.Where(c => c.Status == CloseStatus.Published).MaxAsync(c => (string?)c.Period, stop);
        if (close.Revision > 1 && newest != (followers.Max(f => f.Period) ?? close.Period))
        {
            return Refusal.Conflict(
                "revision-outrun", $"{newest} was published after this revision was computed; ask for the revision again, so that it takes {newest} along.");
        }

        if (close.Status == CloseStatus.SignedOff && await PreviewChanges.RefuseAsync(close, withStored: true, context, stop) is { } outdated)
            return outdated;
        if (close.Move(CloseSignal.Publish) is { } moved)
            return moved;

        // One instant for all: verify knows what was published together by it.
        var now = context.Now;
        close.PublishedBy = command.Actor.Name;
        close.PublishedAt = now;
        foreach (var follower in followers)
        {
            follower.Status = CloseStatus.Published;
            follower.Version = Guid.NewGuid();
            follower.PublishedBy = command.Actor.Name;
            follower.PublishedAt = now;
        }

        await CloseForm.AppendLeavesAsync([close, .. followers.OrderBy(f => f.Period, StringComparer.Ordinal)], context.Db, stop);

        return Done.With(close, period, $"revision {close.Revision} digest {close.Digest}", new MonthPublished(period, close.Revision));
    }
}

/// <summary>A month, or a revision of it with the later months it recomputes, is the rating of the city.</summary>
internal sealed record MonthPublished(string Period, int Revision) : IFact;
