using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Accounts;

/// <summary>A request that is refused after the right was found, whatever the right is.</summary>
/// <param name="Body">Properties of a JSON object, or text of another type; null for none. ACTOR stands for whoever sends it.</param>
/// <param name="Type">The body's media type. Routing refuses another one before it asks who sends it.</param>
internal sealed record ApiRequest(Permission Permission, string Method, string Path, string? Body = null, string Type = "application/json")
{
    /// <summary>A read that names no driver is about everybody.</summary>
    public bool IsAboutEverybody => Method == "GET" && !Path.Contains("/months/", StringComparison.Ordinal);

    public bool NamesADriver => $"{Path} {Body}".Contains("d-2", StringComparison.Ordinal);

    /// <summary>The same about another driver.</summary>
    public ApiRequest About(string driver) => this with
    {
        Path = Path.Replace("d-2", driver, StringComparison.Ordinal),
        Body = Body?.Replace("d-2", driver, StringComparison.Ordinal),
    };

    public HttpRequestMessage ToMessage(string actor) => new(HttpMethod.Parse(Method), "/api/v1/" + Path)
    {
        Content = Body is null ? null : new StringContent(BodyOf(actor), Encoding.UTF8, Type),
    };

    private string BodyOf(string actor) => Type == "application/json" ? $"{{ {Body!.Replace("ACTOR", actor, StringComparison.Ordinal)} }}" : Body!;

    /// <summary>The rule that refuses a request; empty if it was carried out.</summary>
    public static async Task<string> RefusalAsync(HttpClient client, HttpRequestMessage request, Uri address)
    {
        request.RequestUri = new Uri(address, request.RequestUri!);
        using var answer = await client.SendAsync(request);
        return answer.IsSuccessStatusCode
            ? ""
            : (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString()!.Split(':')[^1];
    }

    public override string ToString() => $"{Permission}: {Method} {Path}";
}

/// <summary>An address of the API with what it asks for.</summary>
internal sealed record ApiAddress(string Method, string Pattern, EndpointRight Right)
{
    public bool Is(ApiRequest request) => Method == request.Method
        && Regex.IsMatch("/api/v1/" + request.Path.Split('?')[0], "^" + Regex.Replace(Pattern.TrimEnd('/'), "{[^}]*}", "[^/]+") + "$");
}

/// <summary>Every address of the API with every right that it may ask for, about d-2 where it is about a driver.</summary>
internal static class ApiRequests
{
    private const string Case = """ "driver": "d-2", "code": "none", "conductOn": "2017-08-01", "place": "P", "account": "A" """;

    public static readonly ApiRequest[] All =
    [
        new(Permission.ReadRoster, "GET", "actors"),
        new(Permission.ReadRoster, "GET", "teams"),
        new(Permission.ReadRoster, "GET", "cabs"),
        new(Permission.ReadRoster, "GET", "drivers"),
        new(Permission.ReadRoster, "GET", "rulebooks/none"),
        new(Permission.ReadCases, "GET", "cases"),
        new(Permission.ReadCases, "GET", "cases/c-999999"),
        new(Permission.ReadFile, "GET", "drivers/d-2/ledger"),
        new(Permission.ReadFile, "GET", "drivers/d-2/months/2017-07"),
        new(Permission.ReadReports, "GET", "reports"),
        new(Permission.ReadReports, "GET", "reports/none/photo"),
        new(Permission.ReadReports, "GET", "losses"),
        new(Permission.ReadReports, "GET", "losses/counts"),
        new(Permission.ReadReports, "GET", "found"),
        new(Permission.ReadReports, "GET", "checks"),
        new(Permission.ReadDisplays, "GET", "displays"),
        new(Permission.ReadDisplays, "GET", "displays/none"),
        new(Permission.ReadDisplays, "GET", "displays/none/incidents"),
        new(Permission.ReadShortlist, "GET", "recognition/shortlist?period=2017-07"),
        new(Permission.ReadShortlist, "GET", "recognition/referrals"),
        new(Permission.ReadJobs, "GET", "jobs"),
        new(Permission.ReadJobs, "GET", "health"),
        new(Permission.ReadMonths, "GET", "revisions-due"),
        new(Permission.ReadMonths, "GET", "months/none/readiness"),
        new(Permission.ReadRoster, "GET", "calendar"),
        new(Permission.ManageOutbox, "GET", "outbox/failed"),
        new(Permission.ManageOutbox, "POST", "outbox/999/retry"),
        new(Permission.ManageOutbox, "POST", "outbox/999/discard", """ "reason": "R" """),
        new(Permission.EditRoster, "GET", "cabs/stickers?team=none"),
        new(Permission.RecordCase, "POST", "cases", $""" "kind": "complaint", {Case} """),
        new(Permission.ReportPeer, "POST", "cases", $""" "kind": "peerReport", {Case}, "reporter": "ACTOR" """),
        new(Permission.Praise, "POST", "cases", $""" "kind": "merit", {Case} """),
        new(Permission.DecideCase, "POST", "cases/c-999999/decision", """ "verdict": "upheld", "reason": "R" """),
        new(Permission.DecideCase, "POST", "cases/c-999999/review", ""),
        new(Permission.DecideCase, "POST", "cases/c-999999/recusal"),
        new(Permission.DecideCase, "POST", "cases/c-999999/complex", """ "reason": "R" """),
        new(Permission.DecideCase, "POST", "cases/c-999999/withdrawal", """ "reason": "R" """),
        new(Permission.DecideCase, "POST", "cases/c-999999/merging", """ "into": "c-999998", "reason": "R" """),
        new(Permission.DecideCase, "POST", "cases/c-999999/reassignment", """ "driver": "none", "reason": "R" """),
        new(Permission.DecideCase, "POST", "cases/c-999999/triage", """ "place": "P", "account": "A", "evidence": "E" """),
        new(Permission.DecideCase, "POST", "cases/c-999999/decision/taking-back"),
        new(Permission.AnswerNotice, "POST", "cases/none/answer", """ "stance": "disputed" """),
        new(Permission.ReadCases, "GET", "cases/c-999999/objection"),
        new(Permission.DecideCase, "POST", "cases/c-999999/service", """ "means": "paper", "on": "2017-08-15", "proof": "P" """),
        new(Permission.ObjectToDecision, "POST", "cases/none/objection", """ "statement": "S" """),
        new(Permission.RuleOnObjection, "POST", "cases/c-999999/objection/ruling", """ "outcome": "confirmed", "reason": "R" """),
        new(Permission.ReadFile, "GET", "drivers/d-2/repairs"),
        new(Permission.AskRepair, "POST", "drivers/d-2/repairs", """ "rule": "none" """),
        new(Permission.ReadCases, "GET", "repairs"),
        new(Permission.DecideRepair, "POST", "repairs/r-999999/decision", """ "outcome": "granted", "reason": "R" """),
        new(Permission.ReverseEntry, "POST", "ledger/999/reversal", """ "reason": "R" """),
        new(Permission.ReadContact, "POST", "reports/none/contact", """ "reason": "R" """),
        new(Permission.DecideCase, "POST", "cases/c-999999/giving-back", ""),
        new(Permission.ReadReports, "GET", "desk/drivers?who=nobody&day=2017-08-01"),
        new(Permission.RecordCase, "POST", "desk/calls", Case),
        new(Permission.ReadContact, "POST", "losses/none/contact", """ "reason": "R" """),
        new(Permission.ReviewReports, "POST", "losses/none/release", ""),
        new(Permission.ReviewReports, "POST", "losses/none/closing", """ "reason": "R" """),
        new(Permission.ReviewReports, "POST", "found/none/match", """ "loss": "none" """),
        new(Permission.ReviewReports, "POST", "found/none/unmatch", ""),
        new(Permission.ReviewReports, "POST", "found/none/passing-on", """ "to": "R" """),
        new(Permission.ReviewReports, "POST", "found/none/merit", """ "code": "none", "verified": "R" """),
        new(Permission.KeepFound, "POST", "losses/none/answer", """ "wasFound": false """),
        new(Permission.KeepFound, "POST", "found/none/handing-over", """ "code": "123456" """),
        new(Permission.KeepFound, "POST", "found",
            """ "driver": "d-2", "cab": "none", "kind": "bag", "description": "R", "keptAt": "R", "foundOn": "2017-08-15" """),
        new(Permission.ReviewReports, "POST", "reports/none/release", ""),
        new(Permission.ReviewReports, "POST", "reports/none/rejection", """ "reason": "R" """),
        new(Permission.ReviewReports, "POST", "reports/none/assignment", """ "driver": "d-2", "code": "none" """),
        new(Permission.ReviewReports, "POST", "checks/999/closing", """ "finding": "F" """),
        new(Permission.SignOn, "POST", "shifts/on", """ "driver": "d-2", "cab": "none" """),
        new(Permission.SignOn, "POST", "shifts/claim", """ "driver": "d-2", "cab": "none" """),
        new(Permission.SignOff, "POST", "shifts/off", """ "driver": "d-2" """),
        new(Permission.MoveShift, "POST", "shifts/move", """ "driver": "d-2", "cab": "none" """),
        new(Permission.CorrectShift, "POST", "shifts/999/correction", """ "onAt": "2026-01-01T00:00:00Z", "reason": "R" """),
        new(Permission.ReadFile, "GET", "drivers/d-2/shifts"),
        new(Permission.PreviewMonth, "POST", "months/none/preview", ""),
        new(Permission.SignMonth, "POST", "months/none/signatures", """ "digest": "none" """),
        new(Permission.SignMonth, "POST", "months/none/signatures/withdrawal"),
        new(Permission.PublishMonth, "POST", "months/none/publication", ""),
        new(Permission.ReviseMonth, "POST", "months/none/revisions", """ "reason": "R" """),
        new(Permission.ReadDisplays, "GET", "holds"),
        new(Permission.DecideHold, "POST", "holds/999/decision", """ "reason": "R" """),
        new(Permission.CommandDisplay, "POST", "displays/none/commands", """ "do": "none" """),
        new(Permission.ProvisionDisplay, "POST", "displays", """ "id": "disp-0001", "cab": "none" """),
        new(Permission.ProvisionDisplay, "POST", "displays/none/replace", """ "id": "disp-0001", "to": "stock", "reason": "why" """),
        new(Permission.ProvisionDisplay, "POST", "displays/none/take-out", """ "to": "stock", "reason": "why" """),
        new(Permission.ProvisionDisplay, "POST", "displays/none/move", """ "cab": "none" """),
        new(Permission.ProvisionDisplay, "POST", "displays/none/keys/renew", ""),
        new(Permission.ProvisionDisplay, "POST", "workshop/units", "unit,cab\n", "text/csv"),
        new(Permission.ReadDisplays, "GET", "workshop/missing"),
        new(Permission.ReadDisplays, "GET", "displays/units"),
        new(Permission.ReadDisplays, "GET", "displays/units/none"),
        new(Permission.RotateKeys, "POST", "displays/none/keys/rotate", ""),
        new(Permission.EditRoster, "POST", "registers", "", "application/octet-stream"),
        new(Permission.EditRoster, "GET", "registers/none"),
        new(Permission.EditRoster, "POST", "registers/none/application", """ "digest": "D", "reason": "" """),
        new(Permission.EditRoster, "POST", "teams", """ "code": "NO ONE", "name": "N" """),
        new(Permission.EditRoster, "POST", "cabs", """ "code": "NO ONE", "plate": "N", "team": "none" """),
        new(Permission.EditRoster, "POST", "cabs/none/plate", """ "plate": "鲁K·T0009", "reason": "R" """),
        new(Permission.ReadRoster, "GET", "cabs/none/plates"),
        new(Permission.EditRoster, "POST", "drivers", """ "code": "NO ONE", "name": "N", "homeCab": "none" """),
        new(Permission.ReadRoster, "GET", "drivers/none/memberships"),
        new(Permission.EditRoster, "POST", "drivers/none/team", """ "cab": "none", "reason": "R" """),
        new(Permission.EditRoster, "POST", "drivers/none/name", """ "name": "N", "reason": "R" """),
        new(Permission.EditRoster, "POST", "drivers/none/leaving", """ "reason": "R", "on": "1999-01-01" """),
        new(Permission.EditRoster, "POST", "drivers/none/return", """ "cab": "none", "reason": "R" """),
        new(Permission.EditRoster, "POST", "drivers/none/memberships/undoing", """ "reason": "R" """),
        new(Permission.AppointLeader, "PUT", "teams/none/leader", """ "driver": "d-2" """),
        new(Permission.AppointLeader, "POST", "teams/none/leader/removal", ""),
        new(Permission.ReferDriver, "POST", "recognition/referrals", """ "driver": "none", "period": "2017-07", "reason": "R" """),
    ];

    /// <summary>Addresses that ask for a right, as the server has them.</summary>
    public static IEnumerable<ApiAddress> Addresses(WebApplication server) => Endpoints(server)
        .Where(e => e.Metadata.GetMetadata<EndpointRight>() is not null)
        .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
            .Select(method => new ApiAddress(method, Pattern(e), e.Metadata.GetMetadata<EndpointRight>()!)));

    /// <summary>Addresses of the API that ask for none.</summary>
    public static List<string> Unguarded(WebApplication server) =>
        [.. Endpoints(server).Where(e => e.Metadata.GetMetadata<EndpointRight>() is null).Select(Pattern)];

    private static IEnumerable<RouteEndpoint> Endpoints(WebApplication server) => server.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>().Where(e => Pattern(e).StartsWith("/api/v1/", StringComparison.Ordinal));

    private static string Pattern(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');
}
