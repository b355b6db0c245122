using System.Text.RegularExpressions;

namespace Dispatch.Tests.Pages;

[TestClass]
public sealed partial class LivePartsTests
{
    /// <summary>A live part that is forgotten here would go on showing the city to somebody whose session has ended.</summary>
    [TestMethod]
    public void LiveParts_All_ShowNothingBeyondTheirSession()
    {
        var files = TextsTests.Projects.SelectMany(project => Directory.GetFiles(project, "*.razor", SearchOption.AllDirectories)).ToArray();
        var live = files.SelectMany(file => LivePart().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.IsGreaterThan(1, live.Count);
        foreach (var part in live)
        {
            Assert.IsTrue(
                Gated().IsMatch(File.ReadAllText(files.Single(file => Path.GetFileNameWithoutExtension(file) == part))),
                $"{part}.razor draws something outside <SessionGate>");
        }
    }

    [GeneratedRegex(@"<(\w+)[^>]*@rendermode")]
    private static partial Regex LivePart();

    /// <summary>Directives and comments, the gate around everything, and the code.</summary>
    [GeneratedRegex(@"^(@[^\n]*\n|\s*\n)*<SessionGate[^>]*>.*\n</SessionGate>\s*(@code.*)?$", RegexOptions.Singleline)]
    private static partial Regex Gated();
}
