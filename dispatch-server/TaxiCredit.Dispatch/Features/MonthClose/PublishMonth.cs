using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>Makes a signed close, and those it takes along, the rating of the city. From here the windscreens follow.</summary>
internal sealed record PublishMonth(string Actor)
{
    public static async Task<Outcome<Close>> HandleAsync(string period, PublishMonth command, OperationContext context, Reconciler windscreens, CancellationToken stop)
    {
        var actor = await context.MayAsync(command.Actor, Permission.PublishMonth, null, stop);
        if (actor.Refusal is not null)
            return actor.Refusal;

        await using var write = await context.Db.BeginWriteAsync(stop);
        var found = await OpenCloses.NewestAsync(period, context.Db, stop);
        if (found.Refusal is not null)
            return found.Refusal;

        var close = found.Value;
        var followers = await context.Db.Closes.Where(c => c.LedById == close.Id).ToListAsync(stop);
        var newest = await context.Db.Closes.Where(c => c.Status == CloseStatus.Published).MaxAsync(c => (string?)c.Period, stop);
        if (close.Revision > 1 && newest != (followers.Max(f => f.Period) ?? close.Period))
            return Refusal.Conflict("revision-outrun", $"{newest} was published after this revision was computed; ask for the revision again, so that it takes {newest} along.");
        if (close.Move(CloseSignal.Publish) is { } moved)
            return moved;

        close.PublishedBy = command.Actor;
        close.PublishedAt = context.Now;
        foreach (var follower in followers)
        {
            follower.Status = CloseStatus.Published;
            follower.Version = Guid.NewGuid();
            follower.PublishedBy = command.Actor;
            follower.PublishedAt = context.Now;
        }

        context.Record(command.Actor, "publish-month", period, $"revision {close.Revision} digest {close.Digest}");
        await write.SaveAsync(stop);
        windscreens.NudgeAll();
        return close;
    }
}
