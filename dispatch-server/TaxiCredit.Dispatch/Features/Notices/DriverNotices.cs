using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Outbox;

namespace TaxiCredit.Dispatch.Features.Notices;

/// <summary>
/// Tells drivers that their page has something new, by the channel that the bureau has chosen, in the transaction of the change. A message names neither the
/// matter nor the driver: whoever sees the phone learns that there is something to read. Several changes before it is sent are one message.
/// </summary>
internal sealed class DriverNotices(IOptions<NoticeSettings> settings, IConfiguration configuration, TimeProvider time) : IDriverMessages
{
    /// <summary>Kind of the messages in the outbox.</summary>
    public const string Kind = "driver-notice";

    public async Task TellAsync(DispatchContext db, CancellationToken stop)
    {
        if (settings.Value.Drivers is not { Length: > 0 } template)
            return;
        var news = db.ChangeTracker.Entries<IHasNews>().Select(entry => entry.Entity).Where(row => row.HasNews).ToList();
        if (news.Count == 0)
            return;
        var ids = news.Select(row => row.DriverId).ToHashSet();
        news.ForEach(row => row.Told());

        var (channel, recipient) = template.Split(':', 2) is [var name, var to] ? (name, to) : ("", "");
        var payload = NoticePayload.Of(Compose());
        foreach (var code in await db.Drivers.Where(d => ids.Contains(d.Id)).OrderBy(d => d.Id).Select(d => d.Code).ToListAsync(stop))
        {
            var whom = recipient.Replace(NoticeSettings.DriverMark, code, StringComparison.Ordinal);
            if (!await IsWaitingAsync(db, channel, whom, stop))
                db.AddToOutbox(channel, whom, Kind, payload, time.GetUtcNow());
        }
    }

    /// <summary>One that is not sent yet tells of this too.</summary>
    private static async Task<bool> IsWaitingAsync(DispatchContext db, string channel, string whom, CancellationToken stop) =>
        db.Set<OutboxMessage>().Local.Any(m => m.Kind == Kind && m.Channel == channel && m.Recipient == whom && m.Status == OutboxStatus.Pending)
        || await db.Set<OutboxMessage>().AnyAsync(
            m => m.Kind == Kind && m.Channel == channel && m.Recipient == whom && m.Status == OutboxStatus.Pending, stop);

    private object Compose()
    {
        var address = settings.Value.AddressOf("/me", configuration);
        return settings.Value.Language == "en"
            ? new { subject = "TaxiCredit: there is something for you", text = $"There is something for you at TaxiCredit: {address}" }
            : new { subject = "星级信用系统：有您的消息", text = $"星级信用系统有您的消息，请登录查看：{address}" };
    }
}
