using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>Resumes closes whose worker died. Every server looks; the lease of each close gives it to one.</summary>
internal static class CloseResumption
{
    public static readonly Job Job = new("close-resumption", TimeSpan.FromSeconds(5), ResumeAsync);

    private static async Task ResumeAsync(JobContext job, CancellationToken stop)
    {
        var context = job.Services.GetRequiredService<OperationContext>();
        foreach (var id in await context.Db.Closes.Where(c => c.Status == CloseStatus.Open && c.LedById == null).Select(c => c.Id).ToListAsync(stop))
            await CloseWork.TryAsync(id, context, job.Services.GetRequiredService<CloseSettings>(), stop);
    }
}
