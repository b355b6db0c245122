using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Cases.Decisions;

/// <summary>What the document of a decision says, as it was when it was taken.</summary>
/// <param name="Code">Conduct that was found, or the alleged one of a case that was dismissed.</param>
/// <param name="Evidence">What it rests on, as the driver was told; null without a hearing.</param>
/// <param name="Stance">How the driver answered; null for no answer.</param>
/// <param name="HeardBy">Last day for the answer; null without a hearing.</param>
/// <param name="Points">Booked; 0 for a dismissal.</param>
/// <param name="Stars">What the entry does to the running month; null where nothing was booked.</param>
/// <param name="ObjectionDays">Days in which the driver may object, by the rulebook.</param>
internal sealed record DecisionContent(
    string Case, string Driver, Verdict Verdict, CaseKind Kind, string Code, string ConductZh, string ConductEn, string RuleZh, string RuleEn,
    DateOnly On, int? FromHour, int? ToHour, string Place, string? Evidence, string? Authority, Stance? Stance, BeyondControl? Cause, string? Answer,
    DateOnly? HeardBy, DateOnly DecidedOn, string Reason, decimal Points, int? MaxStars, StarsForecast? Stars, int ObjectionDays)
{
    public static DecisionContent Read(string json) => JsonSerializer.Deserialize<DecisionContent>(json)!;

    /// <summary>Makes the document of a case that has just been decided. Call under the write lock.</summary>
    public static async Task AddDocumentAsync(Case report, ConductCode? found, StarsForecast? stars, OperationContext context, CancellationToken stop)
    {
        var db = context.Db;
        var conduct = found ?? context.Rulebooks.InForceOn(report.ConductOn).Value.Find(report.Code)!;
        var told = await db.Triages.AsNoTracking().SingleOrDefaultAsync(t => t.CaseId == report.Id, stop);
        var heardBy = await db.Notices.Where(n => n.CaseId == report.Id).Select(n => (DateOnly?)n.AnswerBy).SingleOrDefaultAsync(stop);
        var answer = await db.Answers.AsNoTracking().Where(a => a.CaseId == report.Id).OrderByDescending(a => a.Round).FirstOrDefaultAsync(stop);
        var isOfAuthority = told is null && report.Kind == CaseKind.Infringement;
        var content = new DecisionContent(
            report.Number, report.Driver.Code, found is null ? Verdict.Dismissed : Verdict.Upheld, report.Kind, conduct.Id, conduct.Zh, conduct.En,
            conduct.SourceZh ?? conduct.Source, conduct.Source, report.ConductOn, told?.FromHour, told?.ToHour,
            told?.Place ?? (isOfAuthority ? report.Place : ""), told?.Evidence, report.Authority, answer?.Stance, answer?.Cause, answer?.Text, heardBy,
            report.DecidedOn!.Value, report.Reason!, found?.Points.ToDecimal() ?? 0, found?.MaxStars, stars,
            CaseQueue.DeadlinesOf(context).ObjectionDays);
        var year = context.Today.Year;
        db.Add(new DecisionDocument
        {
            CaseId = report.Id,
            Year = year,
            Serial = 1 + (await db.Decisions.Where(d => d.Year == year).MaxAsync(d => (int?)d.Serial, stop) ?? 0),
            Content = JsonSerializer.Serialize(content),
            MadeAt = context.Now,
        });
    }
}
