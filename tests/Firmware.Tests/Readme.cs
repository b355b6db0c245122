using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Firmware.Tests;

/// <summary>A command of firmware/README.md, and what the page says of it.</summary>
/// <param name="Line">Line of the page, from 1.</param>
/// <param name="Text">The command.</param>
/// <param name="Output">What it prints; <c>…</c> stands for any text, on a line of its own for any lines.</param>
/// <param name="IsInterrupted">The page ends it with <c>^C</c>.</param>
/// <param name="NotRun">Why no test runs it; null when one does.</param>
internal sealed record ReadmeCommand(int Line, string Text, IReadOnlyList<string> Output, bool IsInterrupted, string? NotRun)
{
    /// <summary>Whether <paramref name="printed"/> is what the page shows; true when it shows nothing.</summary>
    public bool Matches(string printed)
    {
        if (Output.Count == 0) return true;
        string pattern = string.Concat(Output.Select(line => line == "…" ? @"(?:[^\n]*\n)*?" : $@"{Within(line)}\n"));
        return Regex.IsMatch(printed, IsInterrupted ? $@"\A{pattern}" : $@"\A{pattern}\z");
    }

    private static string Within(string line) => Regex.Escape(line).Replace("…", @"[^\n]*", StringComparison.Ordinal);
}

/// <summary>
/// firmware/README.md as the tests read it. A fenced block <c>console</c> holds commands behind <c>$</c> with what they print; a block <c>sh</c> holds
/// commands that are not run, for the reason in the comment before it; any other block names the file that it is.
/// </summary>
internal static class Readme
{
    private const string NotRun = "<!-- not run: ";

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "../.."));

    public static string[] Lines { get; } = File.ReadAllLines(Path.Combine(Root, "firmware/README.md"));

    public static IReadOnlyList<ReadmeCommand> Commands { get; } = [.. Blocks().SelectMany(CommandsOf)];

    /// <summary>The files that the page shows, by their paths.</summary>
    public static IEnumerable<(string Path, string Content)> Files =>
        from block in Blocks()
        where block.Info is not ("console" or "sh")
        select (block.Info[(block.Info.IndexOf(' ', StringComparison.Ordinal) + 1)..], string.Concat(block.Lines.Select(line => line + "\n")));

    private static IEnumerable<(string Info, int Line, string Before, string[] Lines)> Blocks()
    {
        for (int i = 0; i < Lines.Length; i++)
        {
            if (!Lines[i].StartsWith("```", StringComparison.Ordinal)) continue;
            int end = Array.IndexOf(Lines, "```", i + 1);
            yield return (Lines[i][3..], i + 2, Lines[i - 1], Lines[(i + 1)..end]);
            i = end;
        }
    }

    private static IEnumerable<ReadmeCommand> CommandsOf((string Info, int Line, string Before, string[] Lines) block) => block.Info switch
    {
        "console" => RunCommands(block.Line, block.Lines),
        "sh" when block.Before.StartsWith(NotRun, StringComparison.Ordinal) =>
            [new ReadmeCommand(block.Line, string.Join("; ", block.Lines), [], false, block.Before[NotRun.Length..^" -->".Length])],
        _ when block.Info.Contains(' ', StringComparison.Ordinal) => [],
        _ => throw new InvalidOperationException($"README.md, line {block.Line - 1}: the block is neither run, nor a file, nor says why it is not run"),
    };

    private static IEnumerable<ReadmeCommand> RunCommands(int first, string[] lines)
    {
        for (int i = 0; i < lines.Length;)
        {
            int begin = i++;
            while (i < lines.Length && !lines[i].StartsWith("$ ", StringComparison.Ordinal)) i++;
            string[] output = lines[(begin + 1)..i];
            bool isInterrupted = output.Length > 0 && output[^1] == "^C";
            yield return new ReadmeCommand(first + begin, lines[begin][2..], isInterrupted ? output[..^1] : output, isInterrupted, null);
        }
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
