using System.Text.Json;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Cases.Hearing;

/// <summary>
/// What a notice says: the conduct, the rule, day, hours and place as released, what happened as it is told, what it rests on, what may follow, how and until
/// when to answer, and who may help.
/// </summary>
/// <param name="Points">Points that the rulebook gives for the conduct.</param>
/// <param name="MaxStars">Most stars with such an entry; null for no such limit.</param>
internal sealed record NoticeContent(
    string Code, string ConductZh, string ConductEn, string RuleZh, string RuleEn, DateOnly On, int? FromHour, int? ToHour, string Place, string Account,
    string Evidence, decimal Points, int? MaxStars, DateOnly AnswerBy, string DeskZh, string DeskEn, string HelpZh, string HelpEn)
{
    public static NoticeContent Of(Case report, Triage told, ConductCode conduct, DateOnly answerBy, HearingSettings settings) => new(
        conduct.Id, conduct.Zh, conduct.En, conduct.SourceZh ?? conduct.Source, conduct.Source, report.ConductOn, told.FromHour, told.ToHour, told.Place,
        told.Account, told.Evidence, conduct.Points.ToDecimal(), conduct.MaxStars, answerBy, settings.DeskZh, settings.DeskEn, settings.HelpZh,
        settings.HelpEn);

    /// <summary>The first item that a notice must have and this one lacks; null if it has all.</summary>
    public string? FindLack()
    {
        (string Name, string Value)[] items =
        [
            ("conduct", ConductZh), ("conduct", ConductEn), ("rule", RuleZh), ("rule", RuleEn), ("place", Place), ("account", Account), ("evidence", Evidence),
            ("way to answer", DeskZh), ("way to answer", DeskEn), ("help", HelpZh), ("help", HelpEn),
        ];
        if (items.FirstOrDefault(item => string.IsNullOrWhiteSpace(item.Value)).Name is { } lack)
            return lack;
        if (Points == 0)
            return "points";
        return On == default ? "day" : AnswerBy == default ? "last day for the answer" : null;
    }

    public string ToJson() => JsonSerializer.Serialize(this);

    public static NoticeContent Read(string json) => JsonSerializer.Deserialize<NoticeContent>(json)!;
}
