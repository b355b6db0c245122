using System.Text.RegularExpressions;

namespace Dispatch.Tests.Pages;

/// <summary>What the texts of pages do not say, whatever they are about: the glossary has the words in their place.</summary>
internal static partial class Wording
{
    /// <summary>Latin letters that are not English left over: formats, units, names of standards, and examples of codes.</summary>
    private static readonly HashSet<string> Latin =
    [
        "API", "PIN", "PDF", "CSV", "UTF", "xlsx", "xls", "JSON", "JPEG", "PNG", "WebP", "MB", "A", "K", "T", "OpenAPI", "SHA", "mV", "dBm", "ms", "TaxiCredit",
        "O", "I", "L", "U", "a", "z", "d", "cab", "zhang", "wei", "yyyy", "M", "HH", "mm", "ss",
    ];

    private static readonly string[] NotInChinese =
    [
        "队长", "班组长", "车队", "司机", "违章", "(?<!违法)违规", "撤销入账", "冲销账目", "单元", "显示器", "车窗", "办公桌", "将有的影响", "各签一字", "其间已有改动",
        "绝不告知", "均无未亮", "再行驶一遍", "名称的一部分", "结束登录", "第二重验证", "第二因素", "一时过多", @"为\{?\d", @"\.00(?!\d)",
    ];

    private static readonly string[] NotInEnglish =
    [
        "gone on with", "brought to the truth", "could not be seen", "of whom", "reads? along", "met ahead", "[Ss]ees to ", "[Dd]oubled", "do not do",
        "the own ", "oneself", "until now", "of machines", "met a fault", "[Ll]et it go", "yours say", "for his turn", "anew", "[Mm]eanwhile",
        "At the bureau it is", @"\.00(?!\d)",
    ];

    /// <summary>What is wrong with a Chinese text: punctuation, words, English left in it.</summary>
    public static IEnumerable<string> FaultsInChinese(string text)
    {
        foreach (Match half in HalfWidth().Matches(text))
            yield return $"half-width '{half.Value}'";
        foreach (var word in NotInChinese.Where(word => Regex.IsMatch(text, word)))
            yield return $"'{word}'";
        foreach (Match word in LatinWord().Matches(text))
        {
            if (!Latin.Contains(word.Value))
                yield return $"English '{word.Value}'";
        }
    }

    public static IEnumerable<string> FaultsInEnglish(string text) => NotInEnglish.Where(word => Regex.IsMatch(text, word)).Select(word => $"'{word}'");

    /// <summary>
    /// A half-width mark beside a Chinese character, full-width mark or value. Between digits, as in 14:00 and 2,000, it belongs to the number.
    /// </summary>
    [GeneratedRegex(@"(?<=[\p{IsCJKSymbolsandPunctuation}\u4e00-\u9fff\uff00-\uffef}]\s*)[,;:!?()""](?!\d)"
        + @"|[,;:!?()""](?=\s*[\p{IsCJKSymbolsandPunctuation}\u4e00-\u9fff\uff00-\uffef])"
        + @"|(?<=[\u4e00-\u9fff])\.|\.$")]
    private static partial Regex HalfWidth();

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex LatinWord();
}
