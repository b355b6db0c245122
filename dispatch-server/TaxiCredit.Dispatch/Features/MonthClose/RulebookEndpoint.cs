using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.MonthClose;

internal sealed record ConductView(string Id, string Zh, string En, string Category, decimal Points, string Evidence, int? MaxStars, string Source);

internal sealed record RulebookView(string Id, DateOnly EffectiveFrom, string Sha256, decimal Base, IReadOnlyList<ConductView> Codes);

internal static class RulebookEndpoint
{
    public static void MapRulebooks(this RouteGroupBuilder api) =>
        api.MapGet("/rulebooks/{id}", (string id, InstalledRulebooks rulebooks) =>
                rulebooks.Versions.Where(v => v.Id == id).Select(v => View(v, rulebooks)).ToList() is { Count: > 0 } versions
                    ? Results.Ok(versions)
                    : Refusal.Missing("rulebook-unknown", $"No rulebook '{id}' is installed.").ToProblem())
            .WithSummary("Every version of a rulebook with its conduct codes").WithTags("Rulebooks").Produces<List<RulebookView>>().ProducesProblem(404)
            .Reads(Permission.ReadRoster);

    private static RulebookView View(Rulebook rulebook, InstalledRulebooks rulebooks) => new(
        rulebook.Id, rulebook.EffectiveFrom, rulebooks.HashOf(rulebook), rulebook.Base.ToDecimal(),
        [.. rulebook.Codes.Select(c => new ConductView(c.Id, c.Zh, c.En, c.Category.ToString(), c.Points.ToDecimal(), c.Evidence, c.MaxStars, c.Source))]);
}
