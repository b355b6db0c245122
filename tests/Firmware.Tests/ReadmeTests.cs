using System.Diagnostics;
using System.Text;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.VirtualCab;

namespace Firmware.Tests;

/// <summary>firmware/README.md, kept true: what it tells people to type is typed, and what it shows is what comes.</summary>
[TestClass]
public sealed class ReadmeTests
{
    /// <summary>Builds and starts; the tests start what has been built with them.</summary>
    private const string VirtualCab = "dotnet run --project firmware/TaxiCredit.VirtualCab -- ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("readme-").FullName;

    public static IEnumerable<object[]> Commands => Readme.Commands.Select(command => new object[] { command.Line, command.Text });

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, true);

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public async Task Command_OfTheReadme_PrintsWhatItShows(int line, string text)
    {
        ReadmeCommand command = Readme.Commands.Single(c => c.Line == line);
        if (command.NotRun != null) Assert.Inconclusive($"{text}: {command.NotRun}");
        foreach ((string path, string content) in Readme.Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, path))!);
            await File.WriteAllTextAsync(Path.Combine(_folder, path), content);
        }

        (int exit, string printed) = await RunAsync(command);
        Assert.AreEqual(0, exit, $"README.md, line {line}: {text}\n{printed}");
        Assert.IsTrue(command.Matches(printed), $"README.md, line {line}: {text}\n{printed}");
    }

    /// <summary>./test counts 77 as a skip, and 0 as a pass.</summary>
    [TestMethod]
    public async Task CompileDevice_WithNothingToCompileWith_ExitsWith77AndSaysSo()
    {
        string[] noPlaces = [$"TAXICREDIT_NANOFRAMEWORK={_folder}", "NanoFrameworkProjectSystemPath="];
        using Process process = Start("env", Readme.Root, [.. noPlaces, "firmware/compile-device"]);
        string printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.AreEqual(77, process.ExitCode);
        StringAssert.StartsWith(printed, "skipped: ");
    }

    [TestMethod]
    [DataRow("showing", DisplayState.Showing)]
    [DataRow("unrated", DisplayState.Unrated)]
    [DataRow("vacant", DisplayState.Vacant)]
    [DataRow("stale", DisplayState.Stale)]
    [DataRow("nodata", DisplayState.NoData)]
    [DataRow("fault", DisplayState.Fault)]
    [DataRow("selftest", DisplayState.SelfTest)]
    public void Pattern_OfTheReadme_IsTheStatusLeds(string state, int number)
    {
        string row = Readme.Lines.Single(line =>
            line.StartsWith($"| `{state}` |", StringComparison.Ordinal) && line.Contains('█', StringComparison.Ordinal));
        int pattern = StatusLed.PatternOf(number);
        string drawn = string.Concat(Enumerable.Range(0, 16).Select(slot => (pattern & (1 << slot)) != 0 ? '█' : '·'));
        StringAssert.Contains(row, $"| `{drawn}`");
    }

    private async Task<(int Exit, string Printed)> RunAsync(ReadmeCommand command)
    {
        StringAssert.StartsWith(command.Text, VirtualCab, "nothing else is run so far");
        Assert.IsTrue(File.Exists(Path.Combine(Readme.Root, VirtualCab.Split(' ')[3], "TaxiCredit.VirtualCab.csproj")));
        string[] arguments = [typeof(Cab).Assembly.Location, .. command.Text[VirtualCab.Length..].Split(' ')];
        using Process process = Start("dotnet", _folder, arguments);
        var printed = new StringBuilder();
        try
        {
            while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
            {
                printed.Append(line).Append('\n');
                if (!command.IsInterrupted || !command.Matches(printed.ToString())) continue;
                using Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
                break;
            }

            await process.WaitForExitAsync().WaitAsync(Patience);
            return (process.ExitCode, printed.ToString());
        }
        catch (TimeoutException)
        {
            process.Kill();
            return (-1, $"{printed}… and nothing more for {Patience.TotalSeconds} s");
        }
    }

    private static Process Start(string program, string folder, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        StandardOutputEncoding = Encoding.UTF8,
    })!;
}
