using System.Text.RegularExpressions;

namespace TaxiCredit.Dispatch.Features.Cases.Hearing;

/// <summary>A part of a text.</summary>
/// <param name="MayTell">Whether it could give away who reported.</param>
internal sealed record TextPart(string Text, bool MayTell);

/// <summary>
/// Finds what in a report could give the reporter away: numbers, names, addresses, and words such as "my building". It marks for an officer's eye and decides
/// nothing: what it passes over can tell all the same.
/// </summary>
internal static partial class TellTales
{
    /// <summary>The whole text in parts, in its order.</summary>
    public static IEnumerable<TextPart> Mark(string text)
    {
        var end = 0;
        foreach (Match found in Pattern().Matches(text))
        {
            if (found.Index > end)
                yield return new(text[end..found.Index], false);
            yield return new(found.Value, true);
            end = found.Index + found.Length;
        }

        if (end < text.Length)
            yield return new(text[end..], false);
    }

    public static bool Any(string text) => Pattern().IsMatch(text);

    // A second is far more than 2,000 characters take; a pattern that ran away would hold up the page.
    [GeneratedRegex(
        """
        [0-9０-９][0-9０-９\-: ]*(?:号楼|号院|单元|号|室|栋|层|楼|路车|点|分)?
        |[一二三四五六七八九十]+(?:号楼|号院|单元|号|室|栋)
        |我(?:家|们家|们?小区|们?单位|公司|老公|老婆|爱人|丈夫|妻子|妈妈?|爸爸?|母亲|父亲|儿子|女儿|孩子|住)[楼下门口附近前后]*
        |(?:家|楼|小区|单位|公司|学校)(?:门口|楼下|附近)
        |(?:姓|叫|名叫)[\u4e00-\u9fff]{1,3}
        |[\u4e00-\u9fff](?:先生|女士|小姐|老师|大夫|医生|师傅)
        |[\u4e00-\u9fff]{2,8}(?:小区|花园|公寓|大厦|宿舍|新村|家园)
        |\b(?:my|our)\s+(?:building|house|home|flat|apartment|office|gate|door|school|work|dog)\b
        |\b(?:my|our)\s+(?:husband|wife|mother|father|son|daughter|child|children|kid|kids)\b
        |\b(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+\p{Lu}\w+
        |\bmy\s+name\s+is\s+\p{L}+
        |\bI\s+(?:live|work)\s+(?:in|at|on|near)\b
        |[\w.+\-]+@[\w\-]+\.[\w.\-]+
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
