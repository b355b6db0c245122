using System.Globalization;
using System.Text.RegularExpressions;

namespace Dispatch.Tests.Pages;

/// <summary>What the compiler does not see of the source's form: the length of lines, fields in .razor files, and event ids of log messages.</summary>
[TestClass]
public sealed partial class SourceFormTests
{
    /// <summary>In characters.</summary>
    private const int MaxLine = 160;

    private static readonly string[] NotWritten = ["bin", "obj", "Migrations", "node_modules", "artifacts"];

    private static readonly string Root = Path.GetFullPath(Path.Combine(TextsTests.Project, "..", ".."));

    private static readonly Lazy<Dictionary<string, string>> Sources = new(() => SourcesIn(new DirectoryInfo(Root))
        .ToDictionary(file => Path.GetRelativePath(Root, file).Replace('\\', '/'), File.ReadAllText));

    [TestMethod]
    public void Lines_OfEverySource_AreAtMost160CharactersLong()
    {
        Assert.IsGreaterThan(700, Sources.Value.Count);
        Assert.AreEqual("", string.Join('\n', Sources.Value.SelectMany(source => LongLines(source.Key, source.Value))));
    }

    [TestMethod]
    public void PrivateFields_OfEveryPage_BeginWithAnUnderscore()
    {
        var pages = Sources.Value.Where(source => source.Key.EndsWith(".razor", StringComparison.Ordinal)).ToList();

        Assert.IsGreaterThan(70, pages.Count);
        Assert.AreEqual("", string.Join('\n', pages.SelectMany(page => FieldsWithoutUnderscore(page.Key, page.Value))));
    }

    [TestMethod]
    public void EventIds_OfLogMessages_AreUnique()
    {
        var server = Sources.Value.Where(source => source.Key.StartsWith("dispatch-server/", StringComparison.Ordinal)).Select(source => source.Value).ToList();

        Assert.IsGreaterThan(20, server.Sum(source => EventIds(source).Count()));
        Assert.AreEqual("", string.Join(", ", RepeatedEventIds(server)));
    }

    [TestMethod]
    public void LongLines_OfAPlantedLine_NameItsFileAndNumber()
    {
        var text = $"{new string('a', 160)}\r\n{new string('汉', 160)}\n{new string('b', 161)}\n";

        CollectionAssert.AreEqual(new[] { "Planted.cs(3): 161 characters" }, LongLines("Planted.cs", text).ToArray());
    }

    [TestMethod]
    public void FieldsWithoutUnderscore_OfAPlantedPage_NameTheFieldsAlone()
    {
        const string Page = """
            @code {
              private const int Max = 3;
              private static readonly string[] Names = ["a"];
              private readonly List<(string Code, int? Stars)> _lines = [];
              private bool isOpen;
              private Dictionary<string, int> counts = new();
              private string Name { get; set; } = "";
              private Task SetAsync(string? to = null) => Task.CompletedTask;
              private int Total() => counts.Count;
            }
            """;

        CollectionAssert.AreEqual(new[] { "Planted.razor: isOpen", "Planted.razor: counts" }, FieldsWithoutUnderscore("Planted.razor", Page).ToArray());
    }

    [TestMethod]
    public void RepeatedEventIds_OfAPlantedRepetition_NameIt()
    {
        string[] sources =
        [
            "[LoggerMessage(7, LogLevel.Error, \"a\")]", "[LoggerMessage(\n  EventId = 7, Message = \"b\")]", "[LoggerMessage(8, LogLevel.Error, \"c\")]",
        ];

        CollectionAssert.AreEqual(new[] { 7 }, RepeatedEventIds(sources).ToArray());
    }

    private static IEnumerable<string> SourcesIn(DirectoryInfo folder) =>
        folder.EnumerateFiles().Where(file => file.Extension is ".cs" or ".razor").Select(file => file.FullName)
            .Concat(folder.EnumerateDirectories()
                .Where(inner => !inner.Name.StartsWith('.') && !NotWritten.Contains(inner.Name) && inner.LinkTarget is null)
                .SelectMany(SourcesIn));

    private static IEnumerable<string> LongLines(string file, string text) => text.Split('\n')
        .Select((line, index) => (Length: line.TrimEnd('\r').Length, Number: index + 1))
        .Where(line => line.Length > MaxLine)
        .Select(line => $"{file}({line.Number}): {line.Length} characters");

    private static IEnumerable<string> FieldsWithoutUnderscore(string file, string text) => PrivateField().Matches(text)
        .Select(field => field.Groups["name"].Value)
        .Where(name => !name.StartsWith('_'))
        .Select(name => $"{file}: {name}");

    private static IEnumerable<int> EventIds(string text) =>
        LogMessage().Matches(text).Select(message => int.Parse(message.Groups["id"].Value, CultureInfo.InvariantCulture));

    private static IEnumerable<int> RepeatedEventIds(IEnumerable<string> sources) =>
        sources.SelectMany(EventIds).CountBy(id => id).Where(id => id.Value > 1).Select(id => id.Key);

    /// <summary>A field that is neither constant nor static and read-only; its type has spaces only between brackets.</summary>
    [GeneratedRegex(
        @"^[ \t]*private (?!const |static readonly )(?:(?:static|readonly|volatile) )*(?:[\w.?\[\]]|<[^\n=;]*>|\([^()\n=;]*\))+ (?<name>\w+)(?: = |;)",
        RegexOptions.Multiline)]
    private static partial Regex PrivateField();

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?:EventId = )?(?<id>\d+)")]
    private static partial Regex LogMessage();
}
