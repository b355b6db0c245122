using System.Text.RegularExpressions;
using Dispatch.Tests.Pages;

namespace Dispatch.Tests.Verification;

/// <summary>The table in <c>docs/verify.md</c> that says of each table and column what protects it, or why nothing needs to.</summary>
internal sealed partial class ProtectionTable
{
    /// <summary>Insertion, deletion and exchange of whole rows.</summary>
    public const string Rows = "rows";

    private readonly List<(string Table, HashSet<string>? Columns, bool IsProtected)> _lines = [];

    public IEnumerable<string> Tables => _lines.Select(line => line.Table).Distinct();

    public static ProtectionTable Read()
    {
        var table = new ProtectionTable();
        var document = Path.Combine(Path.GetFullPath(Path.Combine(TextsTests.Project, "..", "..")), "dispatch-server", "docs", "verify.md");
        foreach (var line in File.ReadLines(document).Select(line => Line().Match(line)).Where(match => match.Success))
        {
            var columns = Name().Matches(line.Groups["columns"].Value).Select(name => name.Groups[1].Value).ToHashSet();
            table._lines.Add((
                line.Groups["table"].Value, columns.Count == 0 ? null : columns, !line.Groups["by"].Value.StartsWith("nothing", StringComparison.Ordinal)));
        }

        return table;
    }

    /// <summary>Columns that lines name, to be compared with those that there are.</summary>
    public IEnumerable<string> ColumnsOf(string table) =>
        _lines.Where(line => line.Table == table).SelectMany(line => line.Columns ?? []).Except([Rows]);

    /// <summary>Whether a change must be found; null if no line is about it. A line that names the column is about it before one about all.</summary>
    public bool? IsProtected(string table, string column)
    {
        var lines = _lines.Where(line => line.Table == table).ToList();
        var named = lines.FindIndex(line => line.Columns?.Contains(column) == true);
        var found = named >= 0 ? named : lines.FindIndex(line => line.Columns is null);
        return found < 0 ? null : lines[found].IsProtected;
    }

    [GeneratedRegex("""^\| `(?<table>\w+)` \| (?<columns>[^|]*) \| (?<by>[^|]*) \|$""")]
    private static partial Regex Line();

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Name();
}
