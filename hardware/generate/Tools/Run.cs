using System.ComponentModel;
using System.Diagnostics;

namespace TaxiCredit.Hardware.Generate.Tools;

/// <summary>A tool's output (stdout, then stderr) and its exit status.</summary>
internal sealed record Finished(int Status, string Output)
{
    /// <exception cref="InvalidOperationException">The tool failed; the message is what it printed.</exception>
    public Finished Succeeded() => Status == 0 ? this : throw new InvalidOperationException(Output);
}

/// <summary>Runs a tool and waits for it; a tool that hangs is killed and reported.</summary>
internal static class Run
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(120);

    public static Finished Tool(string folder, string program, params string[] arguments) => Tool(Timeout, folder, program, arguments);

    /// <exception cref="InvalidOperationException">The tool is not installed.</exception>
    /// <exception cref="TimeoutException">The tool was still running after <paramref name="timeout"/>.</exception>
    public static Finished Tool(TimeSpan timeout, string folder, string program, params string[] arguments)
    {
        using var process = Start(folder, program, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(timeout))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} took longer than {timeout.TotalSeconds} s");
        }

        return new Finished(process.ExitCode, output.Result + errors.Result);
    }

    private static Process Start(string folder, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        // KiCad would read and write the settings of whoever runs this.
        start.Environment["KICAD_CONFIG_HOME"] = Path.Combine(Path.GetTempPath(), "taxicredit-kicad-settings");
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"failed to start {program}: {e.Message}; hardware/install-tools installs it", e);
        }
    }
}
