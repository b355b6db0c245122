using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>Resumes closes whose worker died: looks at the start and then every few seconds, in every process; the lease gives each to one.</summary>
internal sealed partial class CloseResumption(
    IServiceScopeFactory scopes, CloseSettings settings, TimeProvider time, ILogger<CloseResumption> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await ResumeAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault, Every.TotalSeconds);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ResumeAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<OperationContext>();
        foreach (var id in await context.Db.Closes.Where(c => c.Status == CloseStatus.Open && c.LedById == null).Select(c => c.Id).ToListAsync(stop))
            await CloseWork.TryAsync(id, context, settings, stop);
    }

    [LoggerMessage(3601, LogLevel.Error, "Failed to resume month close; retrying in {Seconds} s")]
    private partial void LogFailed(Exception fault, double seconds);
}
