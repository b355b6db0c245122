using System.Net;
using System.Text.RegularExpressions;
using Dispatch.Tests.Pages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Passengers.Checks;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Features.Recognition;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations.Reads;

namespace Dispatch.Tests.Privacy;

/// <summary>
/// Asks for every address of pages and API, and compares whom the answer names with the lines that it left in the audit log: nobody's file is shown
/// without one. What is to be expected of an address says the document.
/// </summary>
[TestClass]
public class LooksWalkTests : CityTests, IDisposable
{
    private static readonly string Document = Path.Combine(TextsTests.Project, "..", "docs", "privacy.md");

    /// <summary>The line that an address leaves, empty for one that names drivers and shows no file, null for one that names none.</summary>
    private static readonly Dictionary<string, string?> Expected = ReadTables();

    /// <summary>Who asks; an officer for all others.</summary>
    private static readonly Dictionary<string, string> Asking = new()
    {
        ["/me"] = "d-2",
        ["/me/notices/{code}"] = "d-2",
        ["/me/notices/{code}/decision.pdf"] = "d-2",
        ["/me/repairs"] = "d-2",
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

    /// <summary>They take six published months, or a reversal after one; this city has neither.</summary>
    private static readonly HashSet<string> ShowNobody = ["/api/v1/recognition/shortlist", "/api/v1/revisions-due", "/bureau"];

    /// <summary>They are found by codes and numbers of their own, or by a ruling; <c>TakeBackTests</c> and <c>DecisionPageTests</c> open them.</summary>
    private static readonly HashSet<string> NotThere =
    [
        "/me/notices/{code}", "/me/notices/{code}/decision.pdf", "/bureau/cases/{number}/decision.pdf", "/bureau/cases/{number}/ruling.pdf",
        "/me/decisions/{number}", "/me/decisions/{number}/decision.pdf", "/me/decisions/{number}/ruling.pdf", "/api/v1/cases/{number}/objection",
    ];

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    private readonly Dictionary<string, string> _cookies = [];

    public void Dispose()
    {
        _client.Dispose();
        GC.SuppressFinalize(this);
    }

    [TestMethod]
    public async Task Addresses_OfPagesAndApi_AreAllInTheTables()
    {
        var there = Patterns().ToList();

        Assert.IsGreaterThan(60, there.Count);
        Assert.IsEmpty(there.Except(Expected.Keys).ToList(), "privacy.md lacks " + string.Join(", ", there.Except(Expected.Keys)));
        Assert.IsEmpty(Expected.Keys.Except(there).ToList(), "privacy.md has what is not there: " + string.Join(", ", Expected.Keys.Except(there)));
        await Task.CompletedTask;
    }

    [TestMethod]
    public async Task Answers_ThatNameADriver_LeaveTheLineOfTheTable()
    {
        await FillAsync();
        await TakeAsync(0);
        var faults = new List<string>();
        foreach (var pattern in Patterns().Where(Expected.ContainsKey))
        {
            var asking = Asking.GetValueOrDefault(pattern, SmallCity.Officer);
            var last = await LastAsync();
            var (status, body) = await AskAsync(Example(pattern), asking);
            // Who reported is part of the file of whom it is about.
            body = body.Replace("\"reporter\":\"d-1\"", "", StringComparison.Ordinal);
            var lines = await TakeAsync(last);
            var named = Regex.Matches(body, @"\bd-[123]\b|Driver [123]").Select(m => m.Value.Replace("Driver ", "d-", StringComparison.Ordinal)).ToHashSet();
            var expected = Expected[pattern];
            if (expected is null)
            {
                named.Remove(asking);
                if (named.Count > 0 || lines.Count > 0)
                    faults.Add($"{pattern}: names {string.Join(' ', named)}, leaves {lines.Count} lines, and is in the last table");
            }
            else if (expected.Length == 0)
            {
                if (lines.Count > 0)
                    faults.Add($"{pattern}: leaves a line, and is in the second table");
            }
            else if (status == HttpStatusCode.OK)
            {
                var told = lines.Where(line => line.Operation == expected && line.Actor == asking).Select(line => $"{line.Subject} {line.Detail}").ToList();
                if (told.Count == 0 && (named.Count > 0 || !ShowNobody.Contains(pattern)))
                    faults.Add($"{pattern}: leaves no line {expected} by {asking}");
                else if (pattern != "/bureau/audit" && expected == Looks.Audited && !named.All(driver => told.Exists(line => line.Contains(driver))))
                    faults.Add($"{pattern}: names {string.Join(' ', named)} and tells {string.Join("; ", told)}");
                else if (expected == Looks.Audited && !told.TrueForAll(line => line.Contains($" {pattern}", StringComparison.Ordinal)))
                    faults.Add($"{pattern}: tells of another address, {string.Join("; ", told)}");
            }
            else if (expected == Looks.Audited && status != HttpStatusCode.Found && !(NotThere.Contains(pattern) && status == HttpStatusCode.NotFound))
            {
                faults.Add($"{pattern}: was not shown to {asking}: {(int)status}");
            }
        }

        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    /// <summary>Something of d-2 wherever something can be.</summary>
    private async Task FillAsync()
    {
        await City.UpholdAsync("d-2", "S01", "2017-07-03");
        await City.PostAsync("drivers/d-2/repairs", new { actor = "d-2", rule = "R01", proof = "Certificate 17." });
        await City.CloseAsync("2017-07");
        await City.RecordAsync("d-2", "S02", "2017-08-01");
        await City.PostAsync("cases", new
        {
            actor = "d-1", kind = "peerReport", driver = "d-2", code = "P01", conductOn = "2017-08-01", place = "Gate", account = "Refused a fare.",
            reporter = "d-1",
        });
        await City.PostAsync("displays", new { actor = SmallCity.Officer, id = "disp-0001", cab = "cab-2" });
        await City.WithDbAsync(async db =>
        {
            var (cab, driver) = (await db.Cabs.SingleAsync(c => c.Code == "cab-2"), await db.Drivers.SingleAsync(d => d.Code == "d-2"));
            db.Add(new Referral
            {
                DriverId = driver.Id, Year = 2017, Period = "2017-07", Reason = "R", ReferredBy = SmallCity.Officer, ReferredOn = new(2017, 8, 1),
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
        var filled = pattern.Replace("{code}", pattern.StartsWith("/cab", StringComparison.Ordinal) ? "none" : "d-2", StringComparison.Ordinal)
            .Replace("{period}", "2017-07", StringComparison.Ordinal).Replace("{number}", number, StringComparison.Ordinal)
            .Replace("{id}", "disp-0001", StringComparison.Ordinal);
        var query = pattern switch
        {
            "/api/v1/recognition/shortlist" => "?period=2017-07",
            "/bureau/shifts" => "?driver=d-2",
            _ => "",
        };
        return Regex.Replace(filled, "{[^}]*}", "none") + query;
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(string path, string name)
    {
        if (!_cookies.TryGetValue(name, out var cookie))
            _cookies[name] = cookie = await ActingClient.EnterAsync(City.Server.Services, name);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(City.Client.BaseAddress!, path)) { Headers = { { "Cookie", cookie } } };
        if (path.StartsWith("/api", StringComparison.Ordinal))
            request.Headers.Add(ApiCallers.SessionHeader, "1");
        using var answer = await _client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private Task<long> LastAsync() => City.WithDbAsync(db => db.Audit.MaxAsync(a => a.Id));

    private Task<List<AuditEntry>> TakeAsync(long last) => City.WithDbAsync(async db =>
    {
        var spool = City.Server.Services.GetRequiredService<ReadSpool>();
        await new ReadsToLog(spool, TimeProvider.System, NullLogger<ReadsToLog>.Instance).RunAsync(db, CancellationToken.None);
        return await db.Audit.AsNoTracking().Where(a => a.Id > last && (a.Operation == Looks.Audited || Expected.Values.Contains(a.Operation))).ToListAsync();
    });

    /// <summary>What can be asked for by GET and is no file of the program's own.</summary>
    private IEnumerable<string> Patterns() => City.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is not { } methods || methods.Contains("GET"))
        .Where(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null)
        .Select(e => "/" + e.RoutePattern.RawText!.Trim('/')).Where(IsOurs).Distinct().Order(StringComparer.Ordinal);

    private static bool IsOurs(string pattern) =>
        !pattern.StartsWith("/_", StringComparison.Ordinal) && !pattern.StartsWith("/openapi", StringComparison.Ordinal) && !pattern.Contains('*')
        && (!pattern.StartsWith("/api", StringComparison.Ordinal) || pattern.StartsWith("/api/v1/", StringComparison.Ordinal));

    private static Dictionary<string, string?> ReadTables()
    {
        var tables = File.ReadAllText(Document).Split("\n| address |");
        var read = new Dictionary<string, string?>();
        foreach (Match row in Regex.Matches(tables[1], @"^\| `([^`]+)` \|.*\| `([a-z-]+)` \|$", RegexOptions.Multiline))
            read.Add(row.Groups[1].Value, row.Groups[2].Value);
        foreach (Match row in Regex.Matches(tables[2], @"^\| `([^`]+)` \| ", RegexOptions.Multiline))
            read.Add(row.Groups[1].Value, "");
        foreach (Match row in Regex.Matches(tables[3], @"`(/[^`]*)`"))
            read.Add(row.Groups[1].Value, null);
        return read;
    }
}
