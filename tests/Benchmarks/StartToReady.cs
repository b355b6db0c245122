using System.Diagnostics;

namespace Benchmarks;

/// <summary>The demo as a process, in an empty folder: from its start to the line that says every cab has reported.</summary>
internal sealed class StartToReady : IBenchmark
{
    public string Name => "start";

    public async Task<IReadOnlyList<Figure>> RunAsync(bool quick)
    {
        var seconds = new List<double>();
        for (var run = 0; run < (quick ? 1 : 3); run++)
            seconds.Add(await OnceAsync());
        return [new("demo from start to 205 cabs showing, slowest, s", seconds.Max(), null, "< 20")];
    }

    private static async Task<double> OnceAsync()
    {
        var folder = Directory.CreateTempSubdirectory("taxicredit-bench-");
        var program = Path.Combine(AppContext.BaseDirectory, "TaxiCredit.Demo.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        string[] words = [program, "--data", folder.FullName, "--port", $"{LoopbackPort.Take()}", "--mqtt-port", $"{LoopbackPort.Take()}", "--no-browser"];
        foreach (var word in words)
            start.ArgumentList.Add(word);
        var clock = Stopwatch.StartNew();
        using var demo = Process.Start(start)!;
        try
        {
            while (await demo.StandardOutput.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("ready", StringComparison.Ordinal))
                    return clock.Elapsed.TotalSeconds;
            }

            throw new InvalidOperationException("The demo ended before it was ready.");
        }
        finally
        {
            Signals.Terminate(demo);
            await demo.WaitForExitAsync();
            folder.Delete(recursive: true);
        }
    }
}

internal static partial class Signals
{
    private const int SigTerm = 15;

    /// <summary>Asks a process to stop, as Ctrl+C or a service manager does.</summary>
    public static void Terminate(Process process)
    {
        if (OperatingSystem.IsWindows())
            process.Kill(entireProcessTree: true);
        else if (Kill(process.Id, SigTerm) != 0)
            throw new InvalidOperationException($"Process {process.Id} could not be signalled.");
    }

    [System.Runtime.InteropServices.LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
