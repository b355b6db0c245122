using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Cases.Objections;

/// <summary>What the document of a ruling says: decision, objection, outcome with its reason, what counts now.</summary>
/// <param name="Decision">Number of the decision's document; null for a decision of a version without documents.</param>
/// <param name="Points">Of the decision.</param>
/// <param name="Ruled">Conduct that stands now: that of the decision, or of the amendment; null where nothing counts.</param>
/// <param name="PointsNow">What counts now; 0 where nothing does.</param>
/// <param name="WasStayed">The points counted nothing between objection and ruling.</param>
/// <param name="Reason">Null where time ended it.</param>
internal sealed record RulingContent(
    string Driver, string? Decision, string Code, string ConductZh, string ConductEn, decimal Points, DateOnly DecidedOn, DateOnly ObjectedOn, string Statement,
    bool HasFile, Ruling Outcome, string? Ruled, string? RuledZh, string? RuledEn, decimal PointsNow, bool WasStayed, DateOnly RuleBy, DateOnly RuledOn,
    string? Reason)
{
    public static RulingContent Read(string json) => JsonSerializer.Deserialize<RulingContent>(json)!;

    /// <summary>Makes the document of an objection that has just ended. Call under the write lock.</summary>
    /// <param name="stands">Conduct that stands now; null where nothing counts.</param>
    public static async Task AddDocumentAsync(
        Case report, Objection objection, LedgerRowInForce decided, ConductCode? stands, Points points, OperationContext context, CancellationToken stop)
    {
        var db = context.Db;
        var decision = await db.Decisions.AsNoTracking().SingleOrDefaultAsync(d => d.CaseId == report.Id, stop);
        var content = new RulingContent(
            report.Driver.Code, decision?.Number, decided.Conduct.Id, decided.Conduct.Zh, decided.Conduct.En, decided.Points.ToDecimal(),
            report.DecidedOn!.Value, objection.On, objection.Statement, objection.File is not null, objection.Outcome!.Value, stands?.Id, stands?.Zh,
            stands?.En, stands is null ? 0 : points.ToDecimal(), objection.IsStayed, objection.RuleBy, objection.RuledOn!.Value, objection.Reason);
        var year = context.Today.Year;
        db.Add(new RulingDocument
        {
            CaseId = report.Id,
            Year = year,
            Serial = 1 + (await db.Rulings.Where(d => d.Year == year).MaxAsync(d => (int?)d.Serial, stop) ?? 0),
            Content = JsonSerializer.Serialize(content),
            MadeAt = context.Now,
        });
    }
}
