using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dispatch.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Health;

namespace Dispatch.Tests.Health;

/// <summary>What probes and people are told of the server's health.</summary>
[TestClass]
public class HealthTests : CityTests
{
    private static readonly string[] Names = ["database", "disk", "keys", "broker", "log", "outbox", "jobs", "leader", "roster", "clock", "backup"];

    private HealthBoard Board => City.Server.Services.GetRequiredService<HealthBoard>();

    [TestMethod]
    public async Task Readiness_AskedByAnybody_IsNamesAndNoMore()
    {
        using var anybody = new HttpClient { BaseAddress = City.Client.BaseAddress };
        await Board.LookAsync(CancellationToken.None);

        var answer = await anybody.GetFromJsonAsync<JsonElement>("/readyz");

        Assert.IsTrue(answer.GetProperty("ok").GetBoolean(), $"{answer}");
        CollectionAssert.AreEqual(Names, answer.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()).ToArray());
        foreach (var check in answer.GetProperty("checks").EnumerateArray())
        {
            Assert.IsInRange(0L, 60L, check.GetProperty("age").GetInt64());
            Assert.AreEqual(JsonValueKind.Null, check.GetProperty("detail").ValueKind);
            Assert.AreEqual(JsonValueKind.Null, check.GetProperty("state").ValueKind);
        }

        Assert.AreEqual("alive", await anybody.GetStringAsync("/livez"));
        Assert.AreEqual("healthy", await anybody.GetStringAsync("/healthz"));
        Assert.AreEqual(HttpStatusCode.Unauthorized, (await anybody.GetAsync("/api/v1/health")).StatusCode);
    }

    [TestMethod]
    public async Task Readiness_AskedByWhoMayReadJobs_HasDetails()
    {
        using var auditor = (await City.EnterAsync(SmallCity.Auditor)).Browser;
        using var driver = await City.EnterDriverAsync("d-2");
        await Board.LookAsync(CancellationToken.None);

        StringAssert.Contains((await auditor.GoAsync("/readyz")).Html, "MiB free");
        Assert.DoesNotContain("MiB free", (await driver.GoAsync("/readyz")).Html);
        StringAssert.Contains($"{await City.GetAsync("health")}", "MiB free");
    }

    [TestMethod]
    public async Task Database_ThatTakesNoWrite_IsNotReadyAndTellsWhatToDo()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        var gate = City.Server.Services.GetRequiredService<WriteGate>();
        gate.Close("the file was taken away");
        await Board.LookAsync(CancellationToken.None);

        using var ready = await City.Client.GetAsync("/readyz");
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.AreEqual(HttpStatusCode.OK, (await City.Client.GetAsync("/readyz?exclude=database")).StatusCode);
        using var health = await City.Client.GetAsync("/healthz");
        Assert.AreEqual((HttpStatusCode.ServiceUnavailable, "database failed"), (health.StatusCode, await health.Content.ReadAsStringAsync()));
        Assert.AreEqual("alive", await City.Client.GetStringAsync("/livez"));
        await officer.GoAsync("/bureau/health");
        StringAssert.Contains(officer.Html, "data-check=\"database\" data-state=\"Failed\"");
        StringAssert.Contains(officer.Text, "the file was taken away");
        StringAssert.Contains(officer.Text, "put the right file back");

        gate.Open();
        await Board.LookAsync(CancellationToken.None);
        Assert.AreEqual(HttpStatusCode.OK, (await City.Client.GetAsync("/readyz")).StatusCode);
    }

    [TestMethod]
    public async Task Page_AskedByADriver_IsNotTheirs()
    {
        using var driver = await City.EnterDriverAsync("d-2");

        Assert.AreEqual(HttpStatusCode.Forbidden, (await driver.GoAsync("/bureau/health")).Status);
    }
}
