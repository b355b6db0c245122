using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Erasure;

/// <summary>Erases at the start and then once a day what is due. Every process tries; the lease lets one do it.</summary>
internal sealed partial class ErasurePass(IServiceScopeFactory scopes, TimeProvider time, ILogger<ErasurePass> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var services = scope.ServiceProvider;
                await EraseLeft.TryAsync(services.GetRequiredService<OperationContext>(), services.GetRequiredService<ReportDesk>(), stoppingToken);
                timer.Period = Every;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault, PauseAfterFault.TotalMinutes);
                timer.Period = PauseAfterFault;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(3001, LogLevel.Error, "Failed to erase expired contacts and photos; retrying in {Minutes} min")]
    private partial void LogFailed(Exception fault, double minutes);
}
