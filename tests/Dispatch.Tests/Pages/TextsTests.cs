using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Dispatch.Tests.Pages;

/// <summary>Every text of the pages exists in both languages and is used; every refusal can be told in both.</summary>
[TestClass]
public sealed partial class TextsTests
{
    internal static readonly string Project = Path.Combine(RepositoryRoot(), "dispatch-server", "TaxiCredit.Dispatch");

    /// <summary>The server, and the demo that adds to its pages.</summary>
    internal static readonly string[] Projects = [Project, Path.Combine(RepositoryRoot(), "dispatch-server", "TaxiCredit.Demo")];

    private static readonly Dictionary<string, string> Sources = Projects
        .SelectMany(project => Directory.EnumerateFiles(project, "*", SearchOption.AllDirectories))
        .Where(file => (file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            && !file.Contains("/obj/", StringComparison.Ordinal))
        .ToDictionary(file => file, File.ReadAllText);

    internal static readonly Dictionary<string, Dictionary<string, string>> English = Read(name => !name.Contains('.', StringComparison.Ordinal));

    internal static readonly Dictionary<string, Dictionary<string, string>> Chinese = Read(name => name.EndsWith(".zh-Hans", StringComparison.Ordinal));

    [TestMethod]
    public void Texts_BothLanguages_HaveTheSameKeysAndPlaceholders()
    {
        var faults = new List<string>();
        foreach (var (name, texts) in English)
        {
            var other = Chinese.GetValueOrDefault(name) ?? [];
            faults.AddRange(texts.Keys.Except(other.Keys).Select(key => $"{name}: '{key}' is not in Chinese"));
            faults.AddRange(other.Keys.Except(texts.Keys).Select(key => $"{name}: '{key}' is not in English"));
            faults.AddRange(texts.Where(t => t.Value.Length == 0 || other.GetValueOrDefault(t.Key) is "").Select(t => $"{name}: '{t.Key}' is empty"));
            faults.AddRange(texts.Where(t => other.TryGetValue(t.Key, out var told) && !Placeholders(t.Value).SetEquals(Placeholders(told)))
                .Select(t => $"{name}: '{t.Key}' has other placeholders in Chinese"));
        }

        Assert.IsNotEmpty(English);
        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    [TestMethod]
    public void Keys_AskedForByAPage_Exist()
    {
        var faults = new List<string>();
        foreach (var (file, source) in Sources)
        {
            foreach (var (name, variable) in LocalizersOf(file, source).Where(l => English.ContainsKey(l.Texts)))
            {
                foreach (Match use in Regex.Matches(source, $@"\b{variable}\[([^\],]+)|Plural\({variable}, ([^,]+),"))
                    faults.AddRange(Missing(use.Value, English[name].Keys).Select(key => $"{Path.GetFileName(file)}: {name} has no '{key}'"));
            }
        }

        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    [TestMethod]
    public void Keys_OfEveryFile_AreUsed()
    {
        var all = string.Concat(Sources.Values);

        // Codes of refusals have a test of their own.
        var unused = English.Where(texts => texts.Key != "RefusalTexts")
            .SelectMany(texts => texts.Value.Keys.Where(key => !IsUsed(key, all)).Select(key => $"{texts.Key}: '{key}' is used nowhere")).ToList();

        Assert.IsEmpty(unused, string.Join('\n', unused));
    }

    [TestMethod]
    public void Operations_EveryOneInTheAuditLog_IsToldInWords()
    {
        var recorded = Sources.Values.SelectMany(source => Recording().Matches(source))
            .SelectMany(line => OperationName().Matches(line.Value)).Select(match => match.Groups[1].Value).ToHashSet();
        var told = English["AuditTexts"].Keys.Where(key => key.StartsWith("Op.", StringComparison.Ordinal)).Select(key => key[3..]).ToHashSet();

        Assert.IsGreaterThan(40, recorded.Count);
        Assert.IsEmpty(recorded.Except(told).ToList(), "AuditTexts.resx lacks " + string.Join(", ", recorded.Except(told)));
        Assert.IsEmpty(told.Except(recorded).ToList(), "AuditTexts.resx tells what nobody records: " + string.Join(", ", told.Except(recorded)));
    }

    /// <summary>That the other language has the same keys is another test's.</summary>
    [TestMethod]
    public void Refusals_EveryCode_IsToldToPeople()
    {
        var told = English["RefusalTexts"].Keys;
        var codes = Refusals().Select(refusal => refusal.Code).ToHashSet();

        Assert.IsGreaterThan(100, codes.Count);
        var untold = codes.Where(code => !told.Any(key => IsMeant(key, code))).ToList();
        Assert.IsEmpty(untold, "RefusalTexts.resx lacks " + string.Join(", ", untold));
        var idle = told.Where(key => !codes.Any(code => IsMeant(key, code))).ToList();
        Assert.IsEmpty(idle, "RefusalTexts.resx tells what nobody refuses: " + string.Join(", ", idle));
    }

    /// <summary>Every refusal in the source: its code, where <c>{…}</c> stands for what is put in, and all that its detail may say.</summary>
    internal static IEnumerable<(string Code, string Detail)> Refusals() => Sources.Values.SelectMany(source => RefusalMade().Matches(source))
        .Select(made => (made.Groups[1].Value, string.Concat(Literal().Matches(made.Groups[2].Value).Select(literal => literal.Value))))
        .Concat(Sources.Values.SelectMany(source => RefusalType().Matches(source)).Select(type => (type.Groups[1].Value, "")));

    private static bool IsMeant(string key, string code) => Regex.IsMatch(key, $"^{Regex.Replace(code, @"\{[^}]*\}", "[a-z]+")}$");

    /// <summary>Literal keys that are not there, and interpolated ones that no key begins like.</summary>
    private static IEnumerable<string> Missing(string use, Dictionary<string, string>.KeyCollection keys) => KeyLiteral().Matches(use)
        .Where(literal => literal.Groups[1].Length > 0
            ? !keys.Any(key => key.StartsWith(Start(literal), StringComparison.Ordinal))
            : !keys.Contains(literal.Groups[2].Value))
        .Select(literal => literal.Groups[2].Value);

    private static string Start(Match literal) => literal.Groups[2].Value.Split('{')[0];

    private static bool IsUsed(string key, string all) =>
        all.Contains($"\"{key}\"", StringComparison.Ordinal)
        || (key.EndsWith(".1", StringComparison.Ordinal) && all.Contains($"\"{key[..^2]}\"", StringComparison.Ordinal))
        || (key.Contains('.', StringComparison.Ordinal) && all.Contains($"$\"{key[..(key.IndexOf('.') + 1)]}{{", StringComparison.Ordinal));

    /// <summary>The localizers of a page; what lies behind it shares them.</summary>
    private static IEnumerable<(string Texts, string Variable)> LocalizersOf(string file, string source)
    {
        var declared = file.EndsWith(".razor.cs", StringComparison.Ordinal) ? source + Sources[file[..^3]] : source;
        return Localizer().Matches(declared).Select(match => (match.Groups[1].Value, match.Groups[2].Value)).Distinct();
    }

    private static HashSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(match => match.Value)];

    private static Dictionary<string, Dictionary<string, string>> Read(Func<string, bool> isWanted) => Projects
        .SelectMany(project => Directory.EnumerateFiles(project, "*.resx", SearchOption.AllDirectories))
        .Where(file => isWanted(Path.GetFileNameWithoutExtension(file)))
        .ToDictionary(
            file => Path.GetFileNameWithoutExtension(file).Split('.')[0],
            file => XDocument.Load(file).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value));

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TaxiCredit.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside the repository.");
        return folder.FullName;
    }

    [GeneratedRegex("""IStringLocalizer<(\w+)> (\w+)""")]
    private static partial Regex Localizer();

    [GeneratedRegex("""(\$?)"([A-Za-z0-9][A-Za-z0-9.{}-]*)""")]
    private static partial Regex KeyLiteral();

    [GeneratedRegex("""\{\d""")]
    private static partial Regex Placeholder();

    /// <summary>A line that writes to the audit log, or tells another what to write.</summary>
    [GeneratedRegex(
        @"^.*(\bOperationRule|\bRunWithoutPermissionAsync|\bRecord|\bChangeAsync|\bReadAsync|\bCountAsync|\bMakeCodesAsync|Audited =|Rule =).*$",
        RegexOptions.Multiline)]
    private static partial Regex Recording();

    [GeneratedRegex(@"""([a-z]+(?:-[a-z]+)+|invite)""")]
    private static partial Regex OperationName();

    /// <summary>A refusal up to the end of its statement; a detail may be chosen among several.</summary>
    [GeneratedRegex("""(?:Refusal\.(?:Malformed|Forbidden|Missing|Conflict|AgainstRule)\(\s*|new Refusal\([^,"]+, |new\(StatusCodes\.\w+, )"""
        + """\$?"([a-z{}-]+)",((?:(?!Refusal\.|new Refusal|new\(Status)[^;"]|"(?:[^"\\]|\\.)*")*)""")]
    private static partial Regex RefusalMade();

    [GeneratedRegex("urn:taxicredit:refusal:([a-z-]+)")]
    private static partial Regex RefusalType();

    [GeneratedRegex(@"""(?:[^""\\]|\\.)*""")]
    private static partial Regex Literal();
}
