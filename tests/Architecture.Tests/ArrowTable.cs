namespace Architecture.Tests;

/// <summary>The table of allowed arrows in a document: a room in the first column, the rooms that it may use in the second.</summary>
internal static class ArrowTable
{
    private const string Begin = "<!-- picture -->";
    private const string End = "<!-- /picture -->";

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(string document) => Rows(document).ToDictionary(
        row => Names(row[1]).Single(), row => (IReadOnlyList<string>)[.. Names(row[2])], StringComparer.Ordinal);

    /// <summary>Folders of the repository by the name that their document gives them.</summary>
    public static string Document(params string[] path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TaxiCredit.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside the repository.");
        return Path.Combine([folder.FullName, .. path]);
    }

    /// <summary>The picture between its marks, as the document has it.</summary>
    public static string PictureIn(string document)
    {
        var text = File.ReadAllText(document);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        return to < from ? "" : text[from..to].Trim();
    }

    /// <summary>The table as a Mermaid chart. An arrow that a longer way implies is left out, or nobody could read it.</summary>
    public static string Draw(IReadOnlyDictionary<string, IReadOnlyList<string>> table)
    {
        List<string> chart = ["```mermaid", "flowchart TD"];
        foreach (var (room, uses) in table.OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            chart.Add($"  {Id(room)}[{room}]");
            chart.AddRange(uses.Where(use => !uses.Any(other => other != use && Reaches(table, other, use))).Order(StringComparer.Ordinal)
                .Select(use => $"  {Id(room)} --> {Id(use)}"));
        }

        return string.Join('\n', [.. chart, "```"]);
    }

    private static bool Reaches(IReadOnlyDictionary<string, IReadOnlyList<string>> table, string from, string to) =>
        table.GetValueOrDefault(from) is { } uses && (uses.Contains(to) || uses.Any(next => Reaches(table, next, to)));

    private static string Id(string room) => room.Replace('.', '_').Replace('/', '_');

    private static IEnumerable<string[]> Rows(string document) => File.ReadLines(document)
        .SkipWhile(line => !IsHead(line)).Skip(2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|'));

    private static bool IsHead(string line) =>
        line.StartsWith("| room | may use |", StringComparison.Ordinal) || line.StartsWith("| folder | may use |", StringComparison.Ordinal);

    private static IEnumerable<string> Names(string cell) =>
        cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => name.Trim('`'));
}
