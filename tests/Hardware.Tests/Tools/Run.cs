using System.Diagnostics;

namespace TaxiCredit.Hardware.Tests.Tools;

/// <summary>What a tool said and how it ended.</summary>
internal sealed record Finished(int Status, string Output);

/// <summary>Runs a tool and waits for it; a tool that hangs is ended and reported.</summary>
internal static class Run
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    public static Finished Tool(string folder, string program, params string[] arguments) => Tool(Limit, folder, program, arguments);

    public static Finished Tool(TimeSpan limit, string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        // KiCad would read and write the settings of whoever runs the tests.
        start.Environment["KICAD_CONFIG_HOME"] = Path.Combine(Path.GetTempPath(), "taxicredit-kicad-settings");
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} took longer than {limit.TotalSeconds} s");
        }

        return new Finished(process.ExitCode, output.Result + errors.Result);
    }
}
