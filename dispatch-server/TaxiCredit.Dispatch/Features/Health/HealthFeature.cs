using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Health;

/// <param name="Age">s since the look.</param>
/// <param name="State">Only for those who may read jobs.</param>
/// <param name="Detail">As <paramref name="State"/>.</param>
internal sealed record HealthView(string Name, bool Ok, long Age, HealthState? State, string? Detail)
{
    public static HealthView Of(HealthLine line, DateTimeOffset now, bool isTrusted) => new(
        line.Name, line.Finding.State != HealthState.Failed, (long)Math.Max(0, (now - line.At).TotalSeconds),
        isTrusted ? line.Finding.State : null, isTrusted ? line.Finding.Detail : null);
}

/// <param name="Ok">False if one of the checks has failed.</param>
internal sealed record ReadinessView(bool Ok, IReadOnlyList<HealthView> Checks);

/// <summary>Whether this server lives, whether it is ready, and why not.</summary>
internal static class HealthFeature
{
    /// <summary>Query parameter, as the probes of Kubernetes have it: a balancer need not take pages away because a broker is gone.</summary>
    private const string Exclude = "exclude";

    public static void AddHealth(this IServiceCollection services)
    {
        foreach (var check in HealthChecks.All)
            services.AddSingleton(check);
        services.AddSingleton<HealthBoard>().AddHostedService(all => all.GetRequiredService<HealthBoard>());
    }

    /// <param name="isTrusted">Whether whoever asks may read details.</param>
    public static void MapHealth(this IEndpointRouteBuilder routes, Func<HttpContext, bool> isTrusted)
    {
        routes.MapGet("/livez", () => Results.Text("alive")).ExcludeFromDescription();
        routes.MapGet("/healthz", (HealthBoard board) => WhyNot(board.All) is { } failed
            ? Results.Text(failed, statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("healthy")).ExcludeFromDescription();
        routes.MapGet("/readyz", (HttpContext context, HealthBoard board, TimeProvider time) =>
        {
            var view = ViewOf(Find(board, context.Request.Query[Exclude]), time.GetUtcNow(), isTrusted(context));
            return Results.Json(view, statusCode: view.Ok ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).ExcludeFromDescription();
    }

    public static void MapHealthDetails(this RouteGroupBuilder api) =>
        api.MapGet("/health", (HealthBoard board, TimeProvider time) => ViewOf(board.All, time.GetUtcNow(), isTrusted: true))
            .WithSummary("What the server looks at, with figures").WithTags("Upkeep").ProducesProblem(403).Reads(Permission.ReadJobs);

    /// <summary>The first check that has failed; null if none has, and something was looked at.</summary>
    private static string? WhyNot(IReadOnlyList<HealthLine> lines) => lines.Count == 0
        ? "nothing looked at yet"
        : lines.FirstOrDefault(line => line.Finding.State == HealthState.Failed) is { } failed ? $"{failed.Name} failed" : null;

    private static List<HealthLine> Find(HealthBoard board, IReadOnlyList<string?> without) => [.. board.All.Where(line => !without.Contains(line.Name))];

    private static ReadinessView ViewOf(IReadOnlyList<HealthLine> lines, DateTimeOffset now, bool isTrusted) =>
        new(WhyNot(lines) is null, [.. lines.Select(line => HealthView.Of(line, now, isTrusted))]);
}
