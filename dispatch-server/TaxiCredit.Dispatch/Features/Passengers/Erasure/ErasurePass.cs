using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Erasure;

/// <summary>Looks at the start and then once a day what is to be erased, in every process; the lease lets one do it.</summary>
internal sealed class ErasurePass(IServiceScopeFactory scopes, TimeProvider time, ILogger<ErasurePass> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);
    private static readonly TimeSpan AfterAFault = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await EraseLeft.TryAsync(scope.ServiceProvider.GetRequiredService<OperationContext>(), scope.ServiceProvider.GetRequiredService<ReportDesk>(), stoppingToken);
                timer.Period = Every;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(fault, "What passengers left could not be erased; trying again in {Minutes} min", AfterAFault.TotalMinutes);
                timer.Period = AfterAFault;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
