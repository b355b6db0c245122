using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Dispatch.Tests.Displays;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch.Features.Accounts;

namespace Dispatch.Tests.Cases;

/// <summary>
/// A driver who polls everything that a driver, or anybody, can open. The clock stands still, so that whatever differs tells something.
/// </summary>
[TestClass]
public partial class CuriousDriverTests
{
    private static readonly string[] Addresses =
    [
        "/me", "/me?culture=en", "/team", "/drivers/d-2/report.json", "/drivers/d-2/report.pdf", "/drivers/d-2/2017-07", "/me/notices/000000000000",
        "/months", "/months/2017-07", "/api/v1/months", "/api/v1/months/2017-07", "/api/v1/months/2017-08", "/api/v1/drivers/d-2/ledger",
        "/api/v1/drivers/d-2/months/2017-08", "/api/v1/cases", "/api/v1/cases/c-000001", "/api/v1/reports", "/api/v1/recognition/shortlist?period=2017-08",
        "/bureau/cases/c-000001", "/bulletin", "/months/2017-07/bulletin", "/api/v1/statistics", "/api/v1/statistics/2017-07", "/months/2017-07/bulletin.csv",
        "/log/checkpoint", "/healthz", "/openapi/v1.json",
    ];

    [TestMethod]
    [DataRow("complaint", "S01")]
    [DataRow("peerReport", "P01")]
    public async Task Everything_BetweenSubmissionAndRelease_StaysTheSameToTheByte(string kind, string code)
    {
        var time = new LeapingTime(DateTimeOffset.UtcNow);
        await using var city = await SmallCity.BuildAsync(services => services.AddSingleton<TimeProvider>(time));
        using var driver = await BrowserOfAsync(city);
        var before = await LookAsync(driver);
        CollectionAssert.AreEqual(before, await LookAsync(driver), "the looks themselves differ");

        var reports = new List<string>();
        // Five, as from five on they would be counted in public.
        for (var n = 0; n < 5; n++)
        {
            reports.Add((await city.PostAsync("cases", new
            {
                actor = SmallCity.Officer, kind, driver = "d-2", code, conductOn = "2017-08-10", conductHour = 14, place = $"Gate {n} of my building",
                account = "As it was told.", reporter = kind == "peerReport" ? "d-1" : null,
            })).GetProperty("number").GetString()!);
        }

        AssertSame(before, await LookAsync(driver), "after the submission");

        foreach (var number in reports)
        {
            await city.PostAsync($"cases/{number}/review", new { actor = SmallCity.OtherOfficer });
            await city.PostAsync(
                $"cases/{number}/triage",
                new { actor = SmallCity.OtherOfficer, place = "市区", account = "The long way.", evidence = "A statement.", fromHour = 12, toHour = 18 });
        }

        await city.PostAsync($"cases/{reports[0]}/withdrawal", new { actor = SmallCity.OtherOfficer, reason = "Taken back." });
        AssertSame(before, await LookAsync(driver), "after the triage");

        Assert.IsNull(await city.InContextAsync(context => DemoHearing.ReleaseAsync(context, CancellationToken.None)));
        var after = await LookAsync(driver);
        Assert.AreNotEqual(before[0], after[0], "the notice is there");
        Assert.DoesNotContain("building", after[0]);
        Assert.DoesNotContain(reports[1], after[0]);
    }

    private static void AssertSame(string[] before, string[] now, string when)
    {
        for (var n = 0; n < Addresses.Length; n++)
            Assert.AreEqual(before[n], now[n], $"{Addresses[n]} tells something {when}");
    }

    private static async Task<HttpClient> BrowserOfAsync(SmallCity city)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = city.Client.BaseAddress };
        client.DefaultRequestHeaders.Add("Cookie", await ActingClient.EnterAsync(city.Server.Services, "d-2"));
        client.DefaultRequestHeaders.Add(ApiCallers.SessionHeader, "1");
        client.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("zh-CN"));
        return client;
    }

    private static async Task<string[]> LookAsync(HttpClient driver)
    {
        var seen = new string[Addresses.Length];
        for (var n = 0; n < Addresses.Length; n++)
        {
            using var answer = await driver.GetAsync(Addresses[n]);
            var body = Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync());
            seen[n] = $"{(int)answer.StatusCode}\n{Random().Replace(body, "")}";
        }

        return seen;
    }

    /// <summary>What is random in a page, whoever looks: tokens against forged forms, nonces, trace ids, signatures and marks of a PDF.</summary>
    [GeneratedRegex("""(?:__RequestVerificationToken[^>]*>|<!--Blazor-[^>]*-->|nonce="[^"]*"|"traceId":"[^"]*"|/ID \[?<[^\]]*\]?)""")]
    private static partial Regex Random();
}
