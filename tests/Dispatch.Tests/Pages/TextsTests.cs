using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Dispatch.Tests.Pages;

/// <summary>Every text of the pages exists in both languages and is used; every refusal can be told in Chinese.</summary>
[TestClass]
public sealed partial class TextsTests
{
    internal static readonly string Project = Path.Combine(RepositoryRoot(), "dispatch-server", "TaxiCredit.Dispatch");

    private static readonly Dictionary<string, string> Sources = Directory.EnumerateFiles(Project, "*", SearchOption.AllDirectories)
        .Where(file => (file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)) && !file.Contains("/obj/", StringComparison.Ordinal))
        .ToDictionary(file => file, File.ReadAllText);

    private static readonly Dictionary<string, Dictionary<string, string>> English = Read(name => !name.Contains('.', StringComparison.Ordinal));

    private static readonly Dictionary<string, Dictionary<string, string>> Chinese = Read(name => name.EndsWith(".zh-Hans", StringComparison.Ordinal));

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

        var unused = English.SelectMany(texts => texts.Value.Keys.Where(key => !IsUsed(key, all)).Select(key => $"{texts.Key}: '{key}' is used nowhere")).ToList();

        Assert.IsEmpty(unused, string.Join('\n', unused));
    }

    [TestMethod]
    public void Operations_EveryOneInTheAuditLog_IsToldInWords()
    {
        var recorded = Sources.Values.SelectMany(source => Recording().Matches(source)).SelectMany(line => OperationName().Matches(line.Value)).Select(match => match.Groups[1].Value).ToHashSet();
        var told = English["AuditTexts"].Keys.Where(key => key.StartsWith("Op.", StringComparison.Ordinal)).Select(key => key[3..]).ToHashSet();

        Assert.IsGreaterThan(40, recorded.Count);
        Assert.IsEmpty(recorded.Except(told).ToList(), "AuditTexts.resx lacks " + string.Join(", ", recorded.Except(told)));
        Assert.IsEmpty(told.Except(recorded).ToList(), "AuditTexts.resx tells what nobody records: " + string.Join(", ", told.Except(recorded)));
    }

    [TestMethod]
    public void Refusals_EveryCode_IsToldInChinese()
    {
        var told = Chinese["RefusalTexts"].Keys;
        var codes = Sources.Values.SelectMany(source => RefusalCode().Matches(source)).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.IsGreaterThan(50, codes.Count);
        var untold = codes.Where(code => code.Contains('{', StringComparison.Ordinal) ? !told.Any(key => key.EndsWith(code[(code.IndexOf('}') + 1)..], StringComparison.Ordinal)) : !told.Contains(code));
        Assert.IsEmpty(untold.ToList(), "RefusalTexts.zh-Hans.resx lacks " + string.Join(", ", untold));
        var idle = told.Where(key => !codes.Contains(key) && !codes.Any(code => code.Contains('{', StringComparison.Ordinal) && key.EndsWith(code[(code.IndexOf('}') + 1)..], StringComparison.Ordinal)));
        Assert.IsEmpty(idle.ToList(), "RefusalTexts.zh-Hans.resx tells what nobody refuses: " + string.Join(", ", idle));
    }

    /// <summary>Literal keys that are not there, and interpolated ones that no key begins like.</summary>
    private static IEnumerable<string> Missing(string use, Dictionary<string, string>.KeyCollection keys) => KeyLiteral().Matches(use)
        .Where(literal => literal.Groups[1].Length > 0 ? !keys.Any(key => key.StartsWith(Start(literal), StringComparison.Ordinal)) : !keys.Contains(literal.Groups[2].Value))
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

    private static Dictionary<string, Dictionary<string, string>> Read(Func<string, bool> isWanted) => Directory.EnumerateFiles(Project, "*.resx", SearchOption.AllDirectories)
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
    [GeneratedRegex(@"^.*(\bRecord|\bCountAsync|\bMakeCodesAsync|\bAudited =|Rule =).*$", RegexOptions.Multiline)]
    private static partial Regex Recording();

    [GeneratedRegex(@"""([a-z]+(?:-[a-z]+)+|invite)""")]
    private static partial Regex OperationName();

    [GeneratedRegex("""(?:Refusal\.(?:Malformed|Forbidden|Missing|Conflict|AgainstRule)\(\s*|new Refusal\([^,"]+, )\$?"([a-z{}-]+)""")]
    private static partial Regex RefusalCode();
}
