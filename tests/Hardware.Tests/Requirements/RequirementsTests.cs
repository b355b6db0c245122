using System.Text.RegularExpressions;
using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Tests.Requirements;

[TestClass]
public partial class RequirementsTests
{
    [TestMethod]
    public void Requirements_Each_HasANumberASourceAndATestOrALaboratory() =>
        Assert.AreEqual("", string.Join('\n', Violations(File.ReadAllText(Path.Combine(Repository.Hardware, "requirements.md")))));

    [TestMethod]
    [DataRow("| R01 | read at 15 m | street | `No_Such_Test` |", "R01: there is no test No_Such_Test")]
    [DataRow("| R01 | read at 15 m | street | somebody |", "R01: neither a test nor a laboratory")]
    [DataRow("| R01 | read at 15 m |  | laboratory |", "R01: no source")]
    [DataRow("| R01 | read at 15 m | street | laboratory |\n| R01 | 140 cd | street | laboratory |", "R01: twice")]
    public void Requirement_WithFault_IsNamed(string table, string expected) => Assert.Contains(expected, Violations(table).ToList());

    private static IEnumerable<string> Violations(string document)
    {
        var tests = typeof(RequirementsTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttributes(typeof(TestMethodAttribute), false).Length > 0).Select(method => method.Name).ToHashSet();
        var rows = document.Split('\n').Where(line => line.StartsWith("| R", StringComparison.Ordinal)).Select(line => line.Trim('|', ' ').Split(" | ")).ToList();
        foreach (string[] row in rows)
        {
            string id = row[0].Trim();
            if (row.Length < 4 || row[2].Trim() == "")
                yield return $"{id}: no source";
            string heldBy = row[^1];
            if (!Quoted().IsMatch(heldBy) && !heldBy.Contains("laboratory", StringComparison.Ordinal))
                yield return $"{id}: neither a test nor a laboratory";
            foreach (Match test in Quoted().Matches(heldBy))
                if (!tests.Contains(test.Groups[1].Value))
                    yield return $"{id}: there is no test {test.Groups[1].Value}";
        }

        foreach (var twice in rows.GroupBy(row => row[0].Trim()).Where(same => same.Count() > 1))
            yield return $"{twice.Key}: twice";
        if (rows.Count == 0)
            yield return "no requirement";
    }

    [GeneratedRegex("`([A-Za-z0-9_]+)`")]
    private static partial Regex Quoted();
}
