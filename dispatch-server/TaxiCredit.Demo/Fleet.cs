using System.Diagnostics;
using System.Globalization;

namespace TaxiCredit.Demo;

/// <summary>
/// The process that runs the virtual cabs. It outlives a server that is killed, as cabs do, and is found again by the lock it holds on its folder;
/// a server that stops in order pulls its plug.
/// </summary>
internal sealed class Fleet(string folder)
{
    /// <summary>Cabs give up when no broker has answered for so long: a demo that was killed leaves nothing running for ever.</summary>
    private const int QuitAfterAloneSeconds = 600;

    /// <summary>Longest pause between two attempts; that of a unit is 5 min (firmware/PROTOCOL.md), too long for whoever starts the demo again.</summary>
    private const int BackoffCapSeconds = 30;

    private Process? _process;

    private string LockFile => Path.Combine(folder, "fleet.lock");

    private string PidFile => Path.Combine(folder, "fleet.pid");

    /// <summary>Starts the fleet unless one that an earlier server started is still driving.</summary>
    /// <returns>Whether a process was started.</returns>
    public bool Start(int cabs)
    {
        Directory.CreateDirectory(folder);
        if (IsDriving())
        {
            _process = Process.GetProcessById(int.Parse(File.ReadAllText(PidFile), CultureInfo.InvariantCulture));
            return false;
        }

        var program = Path.Combine(AppContext.BaseDirectory, "fleet", "TaxiCredit.VirtualCab.dll");
        if (!File.Exists(program))
            throw new FileNotFoundException("The virtual cabs are not beside the server; build the solution first.", program);

        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList =
            {
                program, "--fleet", folder, "--cabs", $"{cabs}", "--backoff-cap", $"{BackoffCapSeconds}", "--quit-after-alone", $"{QuitAfterAloneSeconds}",
            },
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException("The virtual cabs could not be started.");
        // A pipe that nobody empties would stop the fleet once it is full.
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        return true;
    }

    /// <summary>Ends the fleet's process; its cabs keep what they know in their memory files, as after any power cut.</summary>
    public void Stop()
    {
        if (_process is null || _process.HasExited)
            return;

        _process.Kill();
        _process.WaitForExit();
    }

    private bool IsDriving()
    {
        try
        {
            using var free = new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
