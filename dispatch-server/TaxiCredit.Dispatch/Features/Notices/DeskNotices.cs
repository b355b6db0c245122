using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Cases.Repairs;
using TaxiCredit.Dispatch.Features.LostProperty;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Outbox;

namespace TaxiCredit.Dispatch.Features.Notices;

/// <summary>
/// Tells the desk, by the channels that the bureau has chosen, that something waits which a page shows as an alarm. A message says neither what nor about
/// whom, only where to look: it may be read by anybody. What was told is not told again while the outbox remembers it.
/// </summary>
internal sealed class DeskNotices(
    OperationContext context, RevisionsDue due, BureauCalendar calendar, LostDesk lost, IOptions<NoticeSettings> settings, IConfiguration configuration)
{
    public const string JobName = "desk-notices";

    /// <summary>Kind of the messages in the outbox.</summary>
    public const string Kind = "desk-notice";

    private const int RulingWarningDays = 2;

    /// <summary>Looks what waits and tells what is new.</summary>
    public async Task RunAsync(JobContext job, CancellationToken stop)
    {
        if (settings.Value.Desk.Count == 0)
            return;
        var waits = await WaitingAsync(stop);
        if (waits.Count == 0)
            return;

        await using var write = await context.Db.BeginWriteAsync(stop);
        await job.GuardAsync(context.Db, stop);
        foreach (var (about, page) in waits)
        {
            var payload = NoticePayload.Of(Compose(about, page));
            foreach (var recipient in settings.Value.Desk.Select(one => one.Split(':', 2)))
            {
                var (channel, to) = (recipient[0], recipient[1]);
                if (!await context.Db.Set<OutboxMessage>().AnyAsync(
                    m => m.Kind == Kind && m.Channel == channel && m.Recipient == to && m.Payload == payload, stop))
                {
                    context.Db.AddToOutbox(channel, to, Kind, payload, context.Now);
                }
            }
        }

        await write.SaveAsync(stop);
    }

    /// <summary>What waits, by a name that stays while it is the same, and the page that shows it.</summary>
    private async Task<List<(string About, string Page)>> WaitingAsync(CancellationToken stop)
    {
        var waits = new List<(string, string)>();
        if (await due.FindAsync(context, stop) is { } revision && revision.IsLate(calendar, context.Today))
            waits.Add(($"revision {revision.Period} {revision.Entries[^1]}", "/bureau"));
        // Two working days before points lapse for want of a ruling.
        var soon = calendar.Days.After(context.Today, RulingWarningDays).On;
        if ((await OpenObjection.AllAsync(context, stop)).FindLast(open => open.RuleBy <= soon) is { } ruling)
            waits.Add(($"ruling {ruling.RuleBy:yyyy-MM-dd}", "/bureau"));
        if (await context.Db.Repairs.Where(r => r.Outcome == null).MaxAsync(r => (long?)r.Id, stop) is { } repair)
            waits.Add(($"repair {repair}", "/bureau/repairs"));
        if (await LostQueue.NewestLateAsync(context, lost.Settings, stop) is { } loss)
            waits.Add(($"loss {loss}", "/bureau/lost"));
        if (calendar.IsEnding)
            waits.Add(($"calendar {calendar.Through:yyyy-MM-dd}", "/bureau"));
        // One that cannot be told for a failed message stays unsaid to its own recipient; the others hear of it.
        if ((await context.Db.FailedMessagesAsync(stop)).Where(m => m.Kind != Kind).Select(m => (long?)m.Id).Max() is { } failed)
            waits.Add(($"message {failed}", "/outbox"));
        return waits;
    }

    private object Compose(string about, string page)
    {
        var address = settings.Value.AddressOf(page, configuration);
        return settings.Value.Language == "en"
            ? new { subject = "TaxiCredit: something is waiting", text = $"There is something for you at TaxiCredit: {address}", about }
            : new { subject = "星级信用系统：有待办事项", text = $"星级信用系统有事项等您处理：{address}", about };
    }
}

internal static class NoticesFeature
{
    public static void AddNotices(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<NoticeSettings>(configuration, NoticeSettings.Section, settings => settings.FindFault());
        services.AddScoped<DeskNotices>();
        services.AddSingleton<IDriverMessages, DriverNotices>();
        services.AddJob(new(DeskNotices.JobName, TimeSpan.FromMinutes(15), (job, stop) => job.Services.GetRequiredService<DeskNotices>().RunAsync(job, stop))
        {
            NeedsLease = true,
        });
    }
}
