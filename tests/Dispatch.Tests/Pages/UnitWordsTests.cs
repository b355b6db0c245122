using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Components.Parts;

namespace Dispatch.Tests.Pages;

/// <summary>What displays say is told in words: everything that the protocol lists. That both languages have them is <see cref="TextsTests"/>'.</summary>
[TestClass]
public sealed partial class UnitWordsTests
{
    private static readonly string Protocol = File.ReadAllText(Path.Combine(TextsTests.Project, "..", "..", "firmware", "PROTOCOL.md"));

    private readonly UnitWords _words =
        new ServiceCollection().AddLogging().AddLocalization().AddSingleton<UnitWords>().BuildServiceProvider().GetRequiredService<UnitWords>();

    [TestMethod]
    public void States_OfTheProtocol_AreTold() =>
        AssertTold(9, Codes().Matches(Line("| `display` |")).Select(match => match.Groups[1].Value).Skip(1), _words.State);

    [TestMethod]
    public void Faults_OfTheProtocol_AreTold()
    {
        var suffixes = new[] { "-open", "-short", "-stuck" };
        var listed = Codes().Matches(Line("| `faults` |")).Select(match => match.Groups[1].Value).Skip(1).Except(suffixes).ToList();

        AssertTold(
            3 * 3 + 7,
            listed.SelectMany(name => name.StartsWith("bar", StringComparison.Ordinal) || name.StartsWith("star", StringComparison.Ordinal)
                ? suffixes.Select(suffix => name + suffix)
                : [name]),
            _words.Fault);
    }

    [TestMethod]
    public void Incidents_OfTheProtocol_AreTold()
    {
        var table = Protocol[Protocol.IndexOf("| kind | arg |", StringComparison.Ordinal)..Protocol.IndexOf("`lost` stands for", StringComparison.Ordinal)];

        AssertTold(
            28,
            FirstCells().Matches(table).SelectMany(row => Codes().Matches(row.Groups[1].Value)).Select(match => match.Groups[1].Value),
            _words.Incident);
    }

    [TestMethod]
    public void Words_OfANewerUnit_AreToldAsTheyCame()
    {
        Assert.AreEqual(
            ("melting", "dropped", "star2-bent", "flux"),
            (_words.State("melting"), _words.Incident("dropped"), _words.Fault("star2-bent"), _words.Fault("flux")));
        Assert.AreEqual("-", _words.State(""));
    }

    private static void AssertTold(int count, IEnumerable<string> codes, Func<string, string> told)
    {
        var all = codes.ToList();
        Assert.HasCount(count, all, string.Join(", ", all));
        CultureInfo.CurrentUICulture = new("zh-Hans");
        foreach (var code in all)
            Assert.AreNotEqual(code, told(code));
    }

    private static string Line(string start) => Protocol.Split('\n').Single(line => line.StartsWith(start, StringComparison.Ordinal));

    [GeneratedRegex("`([a-z0-9-]+)`")]
    private static partial Regex Codes();

    [GeneratedRegex(@"^\| (`[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex FirstCells();
}
