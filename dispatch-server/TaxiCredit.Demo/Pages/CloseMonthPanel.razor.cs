namespace TaxiCredit.Demo.Pages;

/// <summary>Log messages of the panel: the generator that writes them does not see what stands in a .razor file.</summary>
public sealed partial class CloseMonthPanel
{
    [LoggerMessage(5101, LogLevel.Error, "Failed to close {Period}")]
    private static partial void LogFailed(ILogger log, Exception fault, string period);
}
