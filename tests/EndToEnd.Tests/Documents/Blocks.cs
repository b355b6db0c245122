using EndToEnd.Tests.Running;

namespace EndToEnd.Tests.Documents;

/// <summary>A fenced block of a document.</summary>
/// <param name="Document">Path from the repository's root.</param>
/// <param name="Line">Line of its first line, from 1.</param>
/// <param name="Kind"><c>sh</c> for commands, <c>console</c> for commands behind <c>$</c> with what they print, else the kind of a sample.</param>
internal sealed record Block(string Document, int Line, string Kind, IReadOnlyList<string> Lines)
{
    public bool IsCommand => Kind is "sh" or "console";

    /// <summary>What a shell runs: all of a block <c>sh</c>, of a block <c>console</c> the lines behind <c>$</c>.</summary>
    public string Script => string.Join('\n', Kind == "console" ? Lines.Where(IsTyped).Select(line => line[2..]) : Lines);

    /// <summary>What a block <c>console</c> says that is printed.</summary>
    public string Printed => string.Join('\n', Lines.Where(line => !IsTyped(line)));

    public static IEnumerable<Block> Of(string document)
    {
        var lines = File.ReadAllLines(Path.Combine(Build.Root, document));
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal))
                continue;
            var end = Array.IndexOf(lines, "```", i + 1);
            yield return new(document, i + 2, lines[i][3..], lines[(i + 1)..end]);
            i = end;
        }
    }

    public override string ToString() => $"{Document}:{Line}";

    private static bool IsTyped(string line) => line.StartsWith("$ ", StringComparison.Ordinal);
}
