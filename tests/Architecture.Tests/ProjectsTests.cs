using System.Xml.Linq;

namespace Architecture.Tests;

/// <summary>Which project may refer to which. Tests may refer to anything but each other.</summary>
[TestClass]
public sealed class ProjectsTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["TaxiCredit.Scoring"] = [],
        ["TaxiCredit.TransparencyLog"] = [],
        ["TaxiCredit.Dispatch"] = ["TaxiCredit.Scoring", "TaxiCredit.TransparencyLog"],
        // The virtual cabs are copied beside the demo and started as a process; nothing of them is linked into it.
        ["TaxiCredit.Demo"] = ["TaxiCredit.Dispatch", "TaxiCredit.VirtualCab"],
        ["TaxiCredit.VirtualCab"] = [],
        // It looks at a package with the unit's own code, as that is compiled for .NET there.
        ["TaxiCredit.Release"] = ["TaxiCredit.VirtualCab"],
    };

    [TestMethod]
    public void Projects_OfTheProduct_ReferToThoseOfTheTable()
    {
        foreach (var (project, allowed) in Allowed)
            CollectionAssert.AreEquivalent(allowed, References(Projects().Single(file => Path.GetFileNameWithoutExtension(file) == project)), project);
    }

    [TestMethod]
    public void Projects_OfTheProduct_ReferToNoTests() =>
        Assert.IsEmpty(Projects().Where(file => References(file).Any(name => name.EndsWith("Tests", StringComparison.Ordinal))).ToList());

    private static IEnumerable<string> Projects() =>
        new[] { "dispatch-server", "firmware", "hardware", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(ArrowTable.Document(folder), "*.csproj", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string[] References(string project) =>
        [.. XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))];
}
