namespace TaxiCredit.Dispatch.Data;

/// <summary>
/// Looks whether SQLite's file is still the one that this server has opened. SQLite goes on with a file that was deleted or replaced, and what it
/// answers then is lost at its end: nothing is written from then on. A file that was overwritten in place keeps its identity and is not noticed here.
/// </summary>
internal sealed partial class DatabaseFileWatch(DataFolder folder, WriteGate gate, ILogger<DatabaseFileWatch> log) : BackgroundService
{
    /// <summary>Noticed within twice this.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private FileIdentity? _opened;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _opened = FileIdentity.Of(folder.DatabaseFile);
        return base.StartAsync(cancellationToken);
    }

    /// <summary>One look.</summary>
    public void Look()
    {
        var now = FileIdentity.Of(folder.DatabaseFile);
        if (now == _opened)
        {
            if (gate.Closed is null)
                return;
            gate.Open();
            LogBack(folder.DatabaseFile);
        }
        else if (gate.Closed is null)
        {
            gate.Close($"{folder.DatabaseFile} was {(now is null ? "deleted" : "replaced")} while the server runs");
            LogGone(gate.Closed);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_opened is null)
            return;
        // The machine's time: what is watched is not the bureau's.
        using var timer = new PeriodicTimer(Every);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Look();
    }

    [LoggerMessage(5003, LogLevel.Critical, "Nothing is written any more: {Why}. Stop the server, put the right file in its place, start again")]
    private partial void LogGone(string? why);

    [LoggerMessage(5004, LogLevel.Warning, "{File} is the one again that this server has opened; writing goes on")]
    private partial void LogBack(string file);
}
