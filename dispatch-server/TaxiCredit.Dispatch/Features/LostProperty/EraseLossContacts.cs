using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.LostProperty;

/// <summary>
/// Erases once a day how to reach owners whose matter has been settled for the time of passengers' contacts. Several servers may do it at once: each batch is
/// read and erased under the write lock.
/// </summary>
internal static class EraseLossContacts
{
    public static readonly Job Job = new("lost-erasure", TimeSpan.FromDays(1), RunAsync) { RetryAfter = TimeSpan.FromHours(1) };

    private const int BatchSize = 100;

    private static async Task RunAsync(JobContext job, CancellationToken stop)
    {
        var context = job.Services.GetRequiredService<OperationContext>();
        var last = context.Today.AddDays(-job.Services.GetRequiredService<LostDesk>().KeepContactDays);
        int erased;
        do
        {
            await using var write = await context.Db.BeginWriteAsync(stop);
            var settled = context.Db.Losses.Where(l => l.SettledOn < last).Select(l => l.Id);
            var contacts = await context.Db.LossContacts.Where(c => settled.Contains(c.LossId)).OrderBy(c => c.LossId).Take(BatchSize).ToListAsync(stop);
            erased = contacts.Count;
            context.Db.Erase(contacts);
            if (erased > 0)
                context.Record("retention", "erase-contacts", $"{context.Today:yyyy-MM-dd}", $"contacts {erased}, photos 0");
            await write.SaveAsync(stop);
        }
        while (erased == BatchSize);
    }
}
