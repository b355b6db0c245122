using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Erasure;

/// <summary>Once a day erases what passengers left and whose time is over. Every server looks; the lease of <see cref="EraseLeft"/> lets one do it.</summary>
internal static class ErasurePass
{
    public static readonly Job Job = new("erasure", TimeSpan.FromDays(1), EraseAsync) { RetryAfter = TimeSpan.FromHours(1) };

    private static async Task EraseAsync(JobContext job, CancellationToken stop) =>
        await EraseLeft.TryAsync(job.Services.GetRequiredService<OperationContext>(), job.Services.GetRequiredService<ReportDesk>(), stop);
}
