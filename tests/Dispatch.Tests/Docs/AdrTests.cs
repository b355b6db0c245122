using System.Text.RegularExpressions;
using Dispatch.Tests.Pages;

namespace Dispatch.Tests.Docs;

/// <summary>Decision records have one form and are all in the index.</summary>
[TestClass]
public sealed partial class AdrTests
{
    private static readonly string Folder = Path.Combine(TextsTests.Project, "..", "docs", "adr");

    private static readonly string[] Sections = ["## Context", "## Options", "## Decision", "## Consequences"];

    private static readonly Dictionary<string, string> Records = Directory.EnumerateFiles(Folder, "*.md").Where(file => Path.GetFileName(file) != "README.md")
        .ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

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
                header.Groups["status"].Value == "superseded", header.Value.Contains("- Superseded by: ", StringComparison.Ordinal), $"{name} says by what it is superseded, or is not.");
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
    public void Records_Numbers_AreUnique() =>
        Assert.IsEmpty(Records.Keys.GroupBy(name => name[..4]).Where(same => same.Count() > 1).SelectMany(same => same).ToList());

    [TestMethod]
    public void Index_Lines_AreThoseOfTheRecords()
    {
        var index = File.ReadAllText(Path.Combine(Folder, "README.md")).Split('\n').Where(line => line.StartsWith("| [", StringComparison.Ordinal)).ToList();
        var wanted = Records.OrderBy(record => record.Key, StringComparer.Ordinal).Select(record => (record.Key, Header: Header().Match(record.Value).Groups))
            .Select(r => $"| [{r.Key[..4]}]({r.Key}) | {r.Header["title"].Value} | {r.Header["status"].Value} | {r.Header["date"].Value} |").ToList();
        CollectionAssert.AreEqual(wanted, index, "docs/adr/README.md ought to list:\n" + string.Join('\n', wanted));
    }

    [GeneratedRegex("""
        \A# (?<number>\d{4}) (?<title>[^\n]+)\n\n- Status: (?<status>proposed|accepted|superseded)\n- Date: (?<date>\d{4}-\d\d-\d\d)\n(- (Supersedes|Superseded by|Amends|Amended by|Applies to): [^\n]+\n)*\n## Context\n
        """)]
    private static partial Regex Header();

    [GeneratedRegex("""^## Added \d{4}-\d\d-\d\d$""")]
    private static partial Regex Added();
}
