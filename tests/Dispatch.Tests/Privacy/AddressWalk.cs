using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.LostProperty;
using TaxiCredit.Dispatch.Features.Passengers.Checks;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Features.Recognition;
using TaxiCredit.Dispatch.Features.Roster;

namespace Dispatch.Tests.Privacy;

/// <summary>Asks for every address of pages and API, each as somebody who may.</summary>
internal sealed class AddressWalk(SmallCity city) : IDisposable
{
    /// <summary>Who asks; an officer for all others.</summary>
    private static readonly Dictionary<string, string> Asking = new()
    {
        ["/me"] = "d-2",
        ["/me/notices/{code}"] = "d-2",
        ["/me/notices/{code}/decision.pdf"] = "d-2",
        ["/me/found"] = "d-2", ["/me/repairs"] = "d-2",
        ["/me/decisions/{number}"] = "d-2",
        ["/me/decisions/{number}/decision.pdf"] = "d-2",
        ["/me/decisions/{number}/ruling.pdf"] = "d-2",
        ["/team"] = "d-1",
        ["/team/report"] = "d-1",
        ["/team/praise"] = "d-1",
        ["/bureau/audit"] = SmallCity.Auditor,
        ["/accounts"] = SmallCity.Admin,
        ["/tokens"] = SmallCity.Admin,
    };

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    private readonly Dictionary<string, string> _cookies = [];

    public void Dispose() => _client.Dispose();

    public static string AskedBy(string pattern) => Asking.GetValueOrDefault(pattern, SmallCity.Officer);

    /// <summary>Something of d-2 wherever something can be.</summary>
    public async Task FillAsync()
    {
        await city.UpholdAsync("d-2", "S01", "2017-07-03");
        await city.PostAsync("drivers/d-2/repairs", new { actor = "d-2", rule = "R01", proof = "Certificate 17." });
        await city.CloseAsync("2017-07");
        await city.RecordAsync("d-2", "S02", "2017-08-01");
        await city.PostAsync("cases", new
        {
            actor = "d-1", kind = "peerReport", driver = "d-2", code = "P01", conductOn = "2017-08-01", place = "Gate", account = "Refused a fare.",
            reporter = "d-1",
        });
        await city.PostAsync("displays", new { actor = SmallCity.Officer, id = "disp-0001", cab = "cab-2" });
        await city.WithDbAsync(async db =>
        {
            var (cab, driver) = (await db.Cabs.SingleAsync(c => c.Code == "cab-2"), await db.Drivers.SingleAsync(d => d.Code == "d-2"));
            db.Add(new Referral
            {
                DriverId = driver.Id, Year = 2017, Period = "2017-07", Reason = "R", ReferredBy = SmallCity.Officer, ReferredOn = new(2017, 8, 1),
            });
            db.Add(new FoundItem
            {
                CabId = cab.Id, DriverId = driver.Id, Kind = PropertyKind.Bag, Description = "A bag.", KeptAt = "Counter", FoundOn = new(2017, 8, 1),
                RegisteredOn = new(2017, 8, 1), RegisteredBy = "d-2",
            });
            db.Add(new StarCheck
            {
                CabId = cab.Id, Seen = 1, Confirmed = "4", Driver = "d-2", OpenedAt = DateTimeOffset.UnixEpoch, LastAt = DateTimeOffset.UnixEpoch,
            });
            db.Add(new PassengerReport
            {
                Receipt = "receipt", Submission = Guid.NewGuid(), Kind = CaseKind.Complaint, CabId = cab.Id, ConductOn = new(2017, 8, 1), ConductHour = 9,
                Place = "Gate", Account = "A detour.", ReceivedAt = DateTimeOffset.UnixEpoch, SubmittedOn = new(2017, 8, 1),
            });
            return await db.SaveChangesAsync();
        });
    }

    private static string Example(string pattern)
    {
        var number = pattern.Contains("/reports/", StringComparison.Ordinal) ? "p-000001" : "c-000001";
        var filled = pattern.Replace("{code}", pattern.Contains("/cab", StringComparison.Ordinal) ? "none" : "d-2", StringComparison.Ordinal)
            .Replace("{period}", "2017-07", StringComparison.Ordinal).Replace("{number}", number, StringComparison.Ordinal)
            .Replace("{id}", "disp-0001", StringComparison.Ordinal);
        var query = pattern switch
        {
            "/api/v1/recognition/shortlist" => "?period=2017-07",
            "/bureau/shifts" => "?driver=d-2",
            "/api/v1/desk/drivers" => "?who=d-2&day=2017-08-01",
            _ => "",
        };
        return Regex.Replace(filled, "{[^}]*}", "none") + query;
    }

    /// <summary>Asks for an address, with examples in the place of its parts.</summary>
    public async Task<(HttpStatusCode Status, string Body)> AskAsync(string pattern)
    {
        var (path, name) = (Example(pattern), AskedBy(pattern));
        if (!_cookies.TryGetValue(name, out var cookie))
            _cookies[name] = cookie = await ActingClient.EnterAsync(city.Server.Services, name);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(city.Client.BaseAddress!, path)) { Headers = { { "Cookie", cookie } } };
        if (path.StartsWith("/api", StringComparison.Ordinal))
            request.Headers.Add(ApiCallers.SessionHeader, "1");
        using var answer = await _client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What can be asked for by GET and is no file of the program's own.</summary>
    public IEnumerable<string> Patterns() => city.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is not { } methods || methods.Contains("GET"))
        .Where(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null)
        .Select(e => "/" + e.RoutePattern.RawText!.Trim('/')).Where(IsOurs).Distinct().Order(StringComparer.Ordinal);

    private static bool IsOurs(string pattern) =>
        !pattern.StartsWith("/_", StringComparison.Ordinal) && !pattern.StartsWith("/openapi", StringComparison.Ordinal) && !pattern.Contains('*')
        && (!pattern.StartsWith("/api", StringComparison.Ordinal) || pattern.StartsWith("/api/v1/", StringComparison.Ordinal));
}
