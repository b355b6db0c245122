using System.Diagnostics;
using EndToEnd.Tests.Running;

namespace EndToEnd.Tests.Documents;

/// <summary>Runs what a document says in a folder of its own. <c>dotnet run --project</c> starts the program that is built already.</summary>
internal static class Shell
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly string Prelude = $$"""
        set -euo pipefail
        dotnet() {
            case "$1 $2 $3" in
                "run --project dispatch-server/TaxiCredit.Dispatch") shift 4; command dotnet "{{Build.Server}}" "$@" ;;
                *) echo "no test knows how to run: dotnet $*" >&2; return 64 ;;
            esac
        }

        """;

    /// <returns>Standard output. Anything else than exit code 0 fails the test with what was printed.</returns>
    public static async Task<string> RunAsync(string script, string folder)
    {
        var start = new ProcessStartInfo("bash", ["-c", Prelude + script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var shell = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var (output, errors) = (shell.StandardOutput.ReadToEndAsync(patience.Token), shell.StandardError.ReadToEndAsync(patience.Token));
        await shell.WaitForExitAsync(patience.Token);
        Assert.AreEqual(0, shell.ExitCode, $"{script}\n{await output}\n{await errors}");
        return await output;
    }
}
