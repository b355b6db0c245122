using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Accounts;

namespace Dispatch.Tests.Accounts;

[TestClass]
public class TokenTests : CityTests
{
    /// <summary>The only operations that answer without a token.</summary>
    private static readonly string[] Public =
        [
            "/api/v1/months", "/api/v1/months/{period}", "/api/v1/statistics", "/api/v1/statistics/{period}", "/months/{period}/bulletin.csv",
            "/rulebook/{from}/rulebook.json", "/log/checkpoint", "/log/key",
        ];

    [TestMethod]
    public async Task Api_EveryOperationButThePublicOnes_WantsAToken()
    {
        using var stranger = new HttpClient { BaseAddress = City.Client.BaseAddress };
        var document = await stranger.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        var asked = 0;
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                using var request = new HttpRequestMessage(HttpMethod.Parse(operation.Name), Regex.Replace(path.Name, "{[^}]*}", "1"));
                if (operation.Name is "post" or "put")
                    request.Content = new StringContent("{}", Encoding.UTF8, TypeOf(operation.Value));
                var answer = await stranger.SendAsync(request);
                if (Public.Contains(path.Name))
                    Assert.AreNotEqual(HttpStatusCode.Unauthorized, answer.StatusCode, path.Name);
                else
                    await SmallCity.AssertRefusalAsync(answer, HttpStatusCode.Unauthorized, "token-required");
                asked++;
            }
        }

        Assert.IsGreaterThan(20, asked, "the document lists the operations");
    }

    /// <summary>What the document says that an operation takes; routing refuses another type before it asks for the token.</summary>
    private static string TypeOf(JsonElement operation) => operation.TryGetProperty("requestBody", out var body)
        ? body.GetProperty("content").EnumerateObject().First().Name
        : "application/json";

    [TestMethod]
    [DataRow("00000000000000000000000000000000")]
    [DataRow("")]
    public async Task Api_WrongToken_IsRefused(string token)
    {
        City.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        await SmallCity.AssertRefusalAsync(await City.Client.GetAsync("/api/v1/drivers"), HttpStatusCode.Unauthorized, "token-required");
    }

    [TestMethod]
    public async Task Api_RevokedToken_IsRefused()
    {
        await City.WithDbAsync(db => db.ApiTokens.ExecuteUpdateAsync(t => t.SetProperty(x => x.RevokedAt, DateTimeOffset.UnixEpoch)));

        await SmallCity.AssertRefusalAsync(await City.Client.GetAsync("/api/v1/drivers"), HttpStatusCode.Unauthorized, "token-required");
    }

    [TestMethod]
    public async Task Database_NoTable_HoldsTheTokenItself()
    {
        var token = City.Client.DefaultRequestHeaders.Authorization!.Parameter!;

        var stored = await City.WithDbAsync(db => db.ApiTokens.Select(t => t.Sha256).SingleAsync());

        Assert.AreNotEqual(token, stored);
        Assert.AreEqual(64, stored.Length);
    }
}
