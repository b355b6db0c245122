using System.Diagnostics;

/// <summary>
/// Loaded into a process of the program by <c>DOTNET_STARTUP_HOOKS</c>, for which the runtime looks for a class of this name outside any namespace:
/// the process kills itself when it tells of a step for the n-th time since a file has been there. The program itself knows nothing of it.
/// </summary>
internal sealed class StartupHook : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    /// <summary>Environment variable with the step, its number and the file: <c>committed 3 /…/armed</c>.</summary>
    public const string KillAt = "TAXICREDIT_TESTS_KILL_AT";

    private readonly string _step;
    private readonly string _armed;
    private int _left;

    private StartupHook(string step, int number, string armed) => (_step, _left, _armed) = (step, number, armed);

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(KillAt)?.Split(' ', 3) is [var step, var number, var armed])
            DiagnosticListener.AllListeners.Subscribe(new StartupHook(step, int.Parse(number, System.Globalization.CultureInfo.InvariantCulture), armed));
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "TaxiCredit.Dispatch")
            value.Subscribe(this, step => step == _step);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (!File.Exists(_armed) || Interlocked.Decrement(ref _left) != 0)
            return;
        Process.GetCurrentProcess().Kill();
        // Not a step further while the signal is on its way.
        Thread.Sleep(Timeout.Infinite);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
