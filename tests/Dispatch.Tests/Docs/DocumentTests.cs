using System.Text.RegularExpressions;
using Dispatch.Tests.Pages;

namespace Dispatch.Tests.Docs;

/// <summary>Decision records have one form and are all in the index; documents name and link files that exist.</summary>
[TestClass]
public sealed partial class DocumentTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(TextsTests.Project, "..", ".."));

    private static readonly string Adr = Path.Combine(Root, "dispatch-server", "docs", "adr");

    private static readonly string[] Sections = ["## Context", "## Options", "## Decision", "## Consequences"];

    /// <summary>Documents whose file names are those of today; history in changelog and records keeps the old ones.</summary>
    private static readonly string[] Current =
    [
        "CONTRIBUTING.md", "SECURITY.md", "dispatch-server/README.md", "dispatch-server/docs/architecture.md", "dispatch-server/docs/glossary.md",
        "dispatch-server/docs/adr/0020-threat-model.md",
    ];

    private static readonly Dictionary<string, string> Records = Directory.EnumerateFiles(Adr, "*.md").Where(file => Path.GetFileName(file) != "README.md")
        .ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

    /// <summary>Of the repository, with slashes, relative to its root; nothing that was built.</summary>
    private static readonly List<string> Files = [.. new[] { ".ci", ".github", "dispatch-server", "firmware", "hardware", "tests" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)).Concat(Directory.EnumerateFiles(Root))
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal))];

    [TestMethod]
    public void Record_Header_HasTitleStatusAndDate()
    {
        Assert.IsNotEmpty(Records);
        foreach (var (name, text) in Records)
        {
            var header = Header().Match(text);
            Assert.IsTrue(header.Success, $"{name} does not begin as docs/adr/README.md says.");
            Assert.AreEqual(name[..4], header.Groups["number"].Value, $"{name} has another number in its title.");
            Assert.AreEqual(
                header.Groups["status"].Value == "superseded", header.Value.Contains("- Superseded by: ", StringComparison.Ordinal),
                $"{name}: 'superseded' and 'Superseded by' go together.");
        }
    }

    [TestMethod]
    public void Record_Sections_StandInOneOrder()
    {
        foreach (var (name, text) in Records)
        {
            var found = text.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).ToList();
            CollectionAssert.AreEqual(Sections, found.Take(Sections.Length).ToList(), $"{name}: {string.Join(", ", found)}");
            Assert.IsTrue(found.Skip(Sections.Length).All(section => Added().IsMatch(section)), $"{name}: {string.Join(", ", found)}");
        }
    }

    [TestMethod]
    public void Index_Lines_AreThoseOfTheRecords()
    {
        Assert.IsEmpty(Records.Keys.GroupBy(name => name[..4]).Where(same => same.Count() > 1).SelectMany(same => same).ToList(), "A number is taken twice.");
        var index = File.ReadAllText(Path.Combine(Adr, "README.md")).Split('\n').Where(line => line.StartsWith("| [", StringComparison.Ordinal)).ToList();
        var wanted = Records.OrderBy(record => record.Key, StringComparer.Ordinal).Select(record => (record.Key, Header: Header().Match(record.Value).Groups))
            .Select(r => $"| [{r.Key[..4]}]({r.Key}) | {r.Header["title"].Value} | {r.Header["status"].Value} | {r.Header["date"].Value} |").ToList();
        CollectionAssert.AreEqual(wanted, index, "docs/adr/README.md ought to list:\n" + string.Join('\n', wanted));
    }

    [TestMethod]
    public void Document_NamedFiles_Exist()
    {
        var faults = from document in Current
                     from Match named in NamedFile().Matches(File.ReadAllText(Path.Combine(Root, document)))
                     let name = named.Groups["file"].Value
                     where !Files.Exists(file => file == name || file.EndsWith("/" + name, StringComparison.Ordinal))
                     select $"{document}: {name}";
        Assert.IsEmpty(faults.ToList(), string.Join('\n', faults));
    }

    [TestMethod]
    public void Document_Links_LeadToAFile()
    {
        var faults = from document in Files
                     where document.EndsWith(".md", StringComparison.Ordinal)
                     from Match link in Link().Matches(File.ReadAllText(Path.Combine(Root, document)))
                     let target = Path.Combine(Root, Path.GetDirectoryName(document)!, link.Groups["target"].Value)
                     where !File.Exists(target) && !Directory.Exists(target)
                     select $"{document}: {link.Groups["target"].Value}";
        Assert.IsEmpty(faults.ToList(), string.Join('\n', faults));
    }

    [TestMethod]
    public void Contributing_WhereDoIChange_HasTwentyRows() =>
        Assert.IsGreaterThanOrEqualTo(
            20,
            File.ReadAllLines(Path.Combine(Root, "CONTRIBUTING.md"))
                .Count(line => NamedFile().IsMatch(line) && line.StartsWith("| ", StringComparison.Ordinal)));

    [GeneratedRegex(
        """\A# (?<number>\d{4}) (?<title>[^\n]+)\n\n- Status: (?<status>proposed|accepted|superseded)\n- Date: (?<date>\d{4}-\d\d-\d\d)\n"""
        + """(- (Supersedes|Superseded by|Amends|Amended by|Applies to): [^\n]+\n)*\n## Context\n""")]
    private static partial Regex Header();

    [GeneratedRegex("""^## Added \d{4}-\d\d-\d\d$""")]
    private static partial Regex Added();

    // A .json without its folder may be one that the program writes.
    [GeneratedRegex("""`(?<file>[\w./-]+\.(?:cs|razor|resx|css|csv|md|csproj)|[\w./-]+/[\w.-]+\.json)`""")]
    private static partial Regex NamedFile();

    [GeneratedRegex("""\]\((?<target>(?!https?:|#)[^)#\s]+)[^)]*\)""")]
    private static partial Regex Link();
}
