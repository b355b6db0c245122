using System.Text.RegularExpressions;

namespace Dispatch.Tests.Pages;

/// <summary>Whatever several pages are made of stands in the styleguide, where the browser's tests look at it.</summary>
[TestClass]
public sealed partial class StyleguideTests
{
    private const string Styleguide = "StyleguidePage";

    private static readonly Dictionary<string, string> Sources = Directory.EnumerateFiles(TextsTests.Project, "*.razor", SearchOption.AllDirectories)
        .GroupBy(file => Path.GetFileNameWithoutExtension(file)!, File.ReadAllText).ToDictionary(part => part.Key, part => string.Concat(part));

    [TestMethod]
    public void Parts_ThatSeveralPagesDraw_AreInTheStyleguide()
    {
        var shown = Reached(Styleguide, []);

        var shared = Sources.Keys
            .Where(part => IsDrawnFromParameters(Sources[part])
                && Sources.Count(user => user.Key is not Styleguide && user.Key != part && Uses(user.Value).Contains(part)) > 1)
            .ToList();

        Assert.IsGreaterThan(10, shared.Count);
        Assert.IsEmpty(shared.Except(shown).ToList(), "The styleguide lacks " + string.Join(", ", shared.Except(shown)));
    }

    private static bool IsDrawnFromParameters(string source) => source.Contains("[Parameter", StringComparison.Ordinal) && !ReadsTheCity().IsMatch(source);

    private static HashSet<string> Reached(string part, HashSet<string> seen)
    {
        foreach (var used in Uses(Sources[part]).Where(seen.Add))
            Reached(used, seen);
        return seen;
    }

    private static IEnumerable<string> Uses(string source) => Tags().Matches(source).Select(match => match.Groups[1].Value).Where(Sources.ContainsKey);

    [GeneratedRegex("<([A-Z][A-Za-z]+)")]
    private static partial Regex Tags();

    [GeneratedRegex("@inject (OperationContext|DispatchContext|Caller|LiveCallers|IEnumerable<SlotContent>) |@inherits BureauPage")]
    private static partial Regex ReadsTheCity();
}
