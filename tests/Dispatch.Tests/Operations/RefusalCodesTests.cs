using Dispatch.Tests.Pages;

namespace Dispatch.Tests.Operations;

/// <summary>Whatever the server can refuse, a test makes it refuse.</summary>
[TestClass]
public sealed class RefusalCodesTests
{
    /// <summary>What the interpolated codes can come to.</summary>
    private static readonly Dictionary<string, string[]> Interpolated = new()
    {
        ["{what}-exists"] = ["team-exists", "cab-exists", "driver-exists"],
        ["{name}-length"] = ["place-length", "account-length"],
    };

    private static readonly string Repository = Path.GetFullPath(Path.Combine(TextsTests.Project, "..", ".."));

    [TestMethod]
    public void Codes_OfTheServer_AreEachNamedByATest()
    {
        var projects = new[] { "TaxiCredit.Dispatch", "TaxiCredit.Demo" }.Select(project => Path.Combine(Repository, "dispatch-server", project));
        var sources = projects.SelectMany(project => Read(project, "*.cs", "*.razor")).ToList();
        var tests = Read(Path.Combine(Repository, "tests"), "*.cs");

        var unnamed = RefusalCodes.Unnamed(sources, tests, Interpolated);

        Assert.IsGreaterThan(110, sources.SelectMany(source => RefusalCodes.GivenBy(source, Interpolated)).Distinct().Count());
        Assert.IsEmpty(unnamed, "no test names " + string.Join(", ", unnamed));
    }

    [TestMethod]
    public void Interpolations_Listed_AreAllInTheSource()
    {
        var source = string.Concat(Read(Path.Combine(Repository, "dispatch-server"), "*.cs"));

        Assert.IsEmpty(Interpolated.Keys.Where(code => !source.Contains($"$\"{code}\"", StringComparison.Ordinal)).ToList());
    }

    [TestMethod]
    [DataRow("""return Refusal.Conflict("planted", "No test knows it.");""")]
    [DataRow("""return Refusal.Malformed($"planted", "No test knows it.");""")]
    [DataRow("Refusal.AgainstRule(\n    \"planted\", \"On the next line.\")")]
    [DataRow("""new Refusal(StatusCodes.Status410Gone, "planted", "Gone.")""")]
    [DataRow("""? new(StatusCodes.Status503ServiceUnavailable, "planted", "No font.")""")]
    [DataRow("""problem.Type = "urn:taxicredit:refusal:planted";""")]
    [DataRow("""var address = "http://here"; return Refusal.Missing("planted", "After two slashes.");""")]
    public void Code_ThatNoTestNames_IsFound(string source) =>
        CollectionAssert.AreEqual(new[] { "planted" }, RefusalCodes.Unnamed([source], ["""RefusedAsync("another");"""], Interpolated));

    [TestMethod]
    [DataRow("""// RefusedAsync("planted")""")]
    [DataRow("""/* "planted" */""")]
    [DataRow("""/// <summary>Refused as "planted".</summary>""")]
    [DataRow("""Assert.Contains("planted-otherwise");""")]
    [DataRow("""Assert.Contains("is planted");""")]
    [DataRow("Planted();")]
    public void Code_MentionedOtherwise_CountsAsUnnamed(string test) =>
        CollectionAssert.AreEqual(new[] { "planted" }, RefusalCodes.Unnamed(["""Refusal.Conflict("planted", "")"""], [test], Interpolated));

    [TestMethod]
    [DataRow("""[DataRow("https://here", "planted")]""")]
    [DataRow("""var slash = '"'; Refused("planted");""")]
    public void Code_NamedByATest_IsNotFound(string test) =>
        Assert.IsEmpty(RefusalCodes.Unnamed(["""Refusal.Conflict("planted", "")"""], [test], Interpolated));

    [TestMethod]
    [DataRow("""// return Refusal.Conflict("planted", "")""")]
    [DataRow("""/* Refusal.Conflict("planted", "") */""")]
    [DataRow("""@* Refusal.Conflict("planted", "") *@""")]
    public void Code_InACommentOfTheServer_IsNone(string source) =>
        Assert.IsEmpty(RefusalCodes.GivenBy(source, Interpolated));

    [TestMethod]
    [DataRow("""Refusal.Conflict(code, "Which?")""")]
    [DataRow("""new Refusal(404, code, "Which?")""")]
    [DataRow("""Refusal.Conflict($"{which}-planted", "Which?")""")]
    public void Code_ThatCannotBeRead_IsNamed(string source) =>
        Assert.ThrowsExactly<InvalidDataException>(() => RefusalCodes.GivenBy(source, Interpolated).ToList());

    [TestMethod]
    public void Code_Interpolated_StandsForEveryOneListed() => CollectionAssert.AreEqual(
        new[] { "cab-exists", "driver-exists" },
        RefusalCodes.Unnamed(["""Refusal.Conflict($"{what}-exists", "")"""], ["""Refused("team-exists");"""], Interpolated));

    /// <summary>Files that people write, but for this one, in which codes stand that it does not provoke.</summary>
    private static List<string> Read(string folder, params string[] patterns) =>
    [
        .. patterns.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories))
            .Where(file => !file.Split('/').Any(part => part is "obj" or "bin" or nameof(RefusalCodesTests) + ".cs"))
            .Select(File.ReadAllText),
    ];
}
