using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TaxiCredit.Scoring.Rulebooks;

/// <summary>
/// SHA-256 of what a rulebook makes of a credit file. Two texts with the same rules have the same hash, whatever their words, their order of codes and their
/// white space.
/// </summary>
/// <remarks>
/// <para>
/// What counts: id, effectiveFrom, base, floor, ceiling, window, ageing, merit, stars and from of each band, largestDrop, probationDaysOnShift, deadlines;
/// of each code id, category, points, maxStars and cap; of each repair id, points, cleanMonths, everyMonths and makesGood.
/// </para>
/// <para>
/// What does not: <c>$schema</c>, name, zh and en, evidence, source and sources, labels of bands. Nothing is computed from them.
/// </para>
/// <para>
/// The form is lines of UTF-8, each ended by LF, fields separated by <c>|</c>: <c>taxicredit-rules-1</c>, then the rules in the order above, codes and
/// repairs by id, points in hundredths, words in lower case, <c>-</c> for what is not there. ADR 0033.
/// </para>
/// </remarks>
public static class RulesHash
{
    /// <summary>64 lower-case hex digits.</summary>
    public static string Of(Rulebook rulebook) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Lines(rulebook)))));

    private static IEnumerable<string> Lines(Rulebook rules)
    {
        yield return Line("taxicredit-rules-1");
        yield return Line(rules.Id, Day(rules.EffectiveFrom));
        yield return Line("points", rules.Base.Hundredths, rules.Floor.Hundredths, rules.Ceiling.Hundredths);
        yield return Line("window", rules.Window.Kind, rules.Window.Months);
        foreach (var step in rules.Ageing) yield return Line("ageing", step.FromMonths, step.WeightPercent);
        yield return Line("merit", rules.Merit.Limit.Hundredths, rules.Merit.OffsetPercent, rules.Merit.Age);
        foreach (var band in rules.Stars) yield return Line("stars", band.Stars, band.From.Hundredths);
        yield return Line("largest-drop", rules.LargestDrop);
        yield return Line("probation", rules.ProbationDaysOnShift);
        var days = rules.Deadlines;
        yield return Line("deadlines", days.CaseDays, days.ComplexCaseDays, days.ObjectionDays, days.RulingWorkingDays);
        // Later than the form: a rulebook that does not say otherwise keeps its hash.
        if (days.HearingDays != Deadlines.UsualHearingDays) yield return Line("hearing", days.HearingDays);
        foreach (var code in rules.Codes.OrderBy(code => code.Id, StringComparer.Ordinal))
            yield return Line("code", code.Id, code.Category, code.Points.Hundredths, code.MaxStars, code.Cap?.Count, code.Cap?.Per);
        foreach (var repair in rules.Repair.OrderBy(repair => repair.Id, StringComparer.Ordinal))
        {
            yield return Line("repair", repair.Id, repair.Points.Hundredths, repair.CleanMonths, repair.EveryMonths);
            // As with the hearing.
            if (repair.MakesGood) yield return Line("makes-good", repair.Id);
        }
    }

    private static string Line(params object?[] fields) => string.Join('|', fields.Select(Field)) + '\n';

    private static string Field(object? field) => field switch
    {
        null => "-",
        Enum or bool => field.ToString()!.ToLowerInvariant(),
        _ => Convert.ToString(field, CultureInfo.InvariantCulture)!,
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
