using System.Text.RegularExpressions;

namespace Dispatch.Tests.Pages;

/// <summary>The texts are written in the field's words, for the reader whom they have: a person at a page, or the author of a program.</summary>
[TestClass]
public sealed partial class WordingTests
{
    [TestMethod]
    public void Chinese_EveryText_IsFreeOfHalfWidthMarksAndOldWords() => AssertClean(TextsTests.Chinese, Wording.FaultsInChinese);

    [TestMethod]
    public void English_EveryText_IsFreeOfOldWords() => AssertClean(TextsTests.English, Wording.FaultsInEnglish);

    /// <summary>What a page tells in both languages at once stands in the page itself.</summary>
    [TestMethod]
    public void Chinese_WrittenIntoAPage_IsFreeOfHalfWidthMarksAndOldWords()
    {
        var written = TextsTests.Projects.SelectMany(project => Directory.EnumerateFiles(project, "*.razor", SearchOption.AllDirectories))
            .SelectMany(file => ChineseBetweenTags().Matches(File.ReadAllText(file))).Select(text => text.Groups[1].Value).ToList();

        var faults = written.SelectMany(text => Wording.FaultsInChinese(text).Select(fault => $"{fault} in '{text}'")).ToList();

        Assert.IsNotEmpty(written);
        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    [TestMethod]
    [DataRow("投诉, 已提交", "half-width ','")]
    [DataRow("为什么: {0}", "half-width ':'")]
    [DataRow("{0}: 已提交", "half-width ':'")]
    [DataRow("您看到几颗星?", "half-width '?'")]
    [DataRow("{0} (已提交)", "half-width '('")]
    [DataRow("第 {0} 号记录.", "half-width '.'")]
    [DataRow("{0} 分及以上为{1}", @"'为\{?\d'")]
    [DataRow("没有司机", "'司机'")]
    [DataRow("司法违规", "'(?<!违法)违规'")]
    [DataRow("修订 digest {0}", "English 'digest'")]
    public void Chinese_PlantedFault_IsFound(string text, string fault) => CollectionAssert.Contains(Wording.FaultsInChinese(text).ToList(), fault);

    [TestMethod]
    [DataRow("{0}:00 至 {1}:00，1 至 2,000 个字符")]
    [DataRow("违法违规行为，{0} 分及以上评为 {1}。")]
    [DataRow("例如 cab-0001 或 鲁K·T0001。")]
    [DataRow("信用报告（PDF）")]
    public void Chinese_WellWritten_HasNoFault(string text) => Assert.AreEqual("", string.Join(", ", Wording.FaultsInChinese(text)));

    [TestMethod]
    [DataRow("Nobody closes the own account.", "'the own '")]
    [DataRow("Let it go", "'[Ll]et it go'")]
    [DataRow("from 900.00 points", @"'\.00(?!\d)'")]
    public void English_PlantedFault_IsFound(string text, string fault) => CollectionAssert.Contains(Wording.FaultsInEnglish(text).ToList(), fault);

    /// <summary>A person has no use for a route, and a program none for a button.</summary>
    [TestMethod]
    public void Texts_OfPages_NameNoRoutes()
    {
        var told = TextsTests.English.Concat(TextsTests.Chinese).SelectMany(file => file.Value.Select(text => (file.Key, text.Value)));

        var faults = told.Where(text => Route().IsMatch(text.Value)).Select(text => $"{text.Key}: {text.Value}").ToList();

        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    [TestMethod]
    public void Details_OfRefusals_SpeakOfNoPages()
    {
        var details = TextsTests.Refusals().ToList();

        var faults = details.Where(refusal => Page().IsMatch(refusal.Detail) || Wording.FaultsInEnglish(refusal.Detail).Any())
            .Select(refusal => $"{refusal.Code}: {refusal.Detail}").ToList();

        Assert.IsGreaterThan(90, details.Count(refusal => refusal.Detail.Length > 0));
        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    [TestMethod]
    [DataRow("Time passes at the press of a button.")]
    [DataRow("Click again.")]
    [DataRow("See the page of the month.")]
    public void Details_PlantedPage_IsFound(string detail) => Assert.IsTrue(Page().IsMatch(detail));

    private static void AssertClean(Dictionary<string, Dictionary<string, string>> files, Func<string, IEnumerable<string>> faultsIn)
    {
        var faults = (from file in files
                      from text in file.Value
                      from fault in faultsIn(text.Value)
                      select $"{file.Key} {text.Key}: {fault} in '{text.Value}'").ToList();

        Assert.IsGreaterThan(10, files.Count);
        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    [GeneratedRegex(@">([^<>@{}]*[\u4e00-\u9fff][^<>@{}]*)<")]
    private static partial Regex ChineseBetweenTags();

    [GeneratedRegex(@"/api|\b(GET|POST|PUT|DELETE) ")]
    private static partial Regex Route();

    [GeneratedRegex(@"\b(press|click|tap|button|page|link|field|screen)(s|es|ed)?\b", RegexOptions.IgnoreCase)]
    private static partial Regex Page();
}
