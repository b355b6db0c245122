using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.MonthClose;

internal sealed record ConductView(string Id, string Zh, string En, string Category, decimal Points, string Evidence, int? MaxStars, string Source);

/// <param name="Sha256">Of the text, as a close names it.</param>
/// <param name="RulesSha256">Of the rules alone: another wording leaves it as it is.</param>
internal sealed record RulebookView(
    string Id, DateOnly EffectiveFrom, string Sha256, string RulesSha256, decimal Base, IReadOnlyList<ConductView> Codes);

internal static class RulebookEndpoint
{
    public static void MapRulebooks(this RouteGroupBuilder api) =>
        api.MapGet("/rulebooks/{id}", (string id, InstalledRulebooks rulebooks) =>
                rulebooks.Texts.Where(t => t.Rules.Id == id).Select(View).ToList() is { Count: > 0 } versions
                    ? Results.Ok(versions)
                    : Refusal.Missing("rulebook-unknown", $"No rulebook '{id}' is installed or in use.").ToProblem())
            .WithSummary("Every version of a rulebook with its conduct codes").WithTags("Rulebooks").Produces<List<RulebookView>>().ProducesProblem(404)
            .Reads(Permission.ReadRoster);

    /// <summary>What anybody may read: a version as it was written, so that its hash can be worked out elsewhere.</summary>
    public static void MapRulebookTexts(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/rulebook/{from}/rulebook.json", (string from, InstalledRulebooks rulebooks) =>
                rulebooks.FindFrom(from) is { } version
                    ? Results.Bytes(version.Json, "application/json", $"{version.Rules.Id}.{from}.json")
                    : Refusal.Missing("rulebook-unknown", $"No version of the rulebook begins on '{from}'; see GET /rulebook.").ToProblem())
            .WithSummary("A version of the rulebook, byte for byte").WithTags("Rulebooks")
            .Produces<string>(contentType: "application/json").ProducesProblem(404);

    private static RulebookView View(RulebookText text) => new(
        text.Rules.Id, text.From, text.Sha256, text.RulesSha256, text.Rules.Base.ToDecimal(),
        [.. text.Rules.Codes.Select(c => new ConductView(c.Id, c.Zh, c.En, c.Category.ToString(), c.Points.ToDecimal(), c.Evidence, c.MaxStars, c.Source))]);
}
