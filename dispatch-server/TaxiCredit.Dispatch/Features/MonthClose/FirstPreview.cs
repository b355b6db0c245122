using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>
/// Previews a month by itself once it is over, so that the bureau finds it in the morning of the first. Not where no month was published yet: whoever sets a
/// city up says with which month it begins. Once there is a preview, whoever made it, people make the next.
/// </summary>
internal static class FirstPreview
{
    /// <summary>Who previewed it, in the audit log. No person can be called that: names have no colon.</summary>
    public const string Actor = "calendar:month";

    public static readonly Job Job = new("month-preview", TimeSpan.FromMinutes(15), RunAsync) { NeedsLease = true };

    private static async Task RunAsync(JobContext job, CancellationToken stop)
    {
        var context = job.Services.GetRequiredService<OperationContext>();
        // A date that was set by hand goes on by hand too.
        if (!context.IsCalendar)
            return;
        var last = await context.Db.Closes.Where(c => c.Status == CloseStatus.Published).MaxAsync(c => (string?)c.Period, stop);
        if (last is null || Month.Parse(last).Next is var month && context.Today < month.Next.FirstDay)
            return;
        await PreviewMonth.OfItselfAsync(month, context, job.Services.GetRequiredService<CloseSettings>(), stop);
    }
}
