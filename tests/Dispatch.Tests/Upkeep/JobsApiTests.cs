using System.Net;
using System.Text.Json;
using TaxiCredit.Dispatch.Jobs;

namespace Dispatch.Tests.Upkeep;

[TestClass]
public sealed class JobsApiTests
{
    private static readonly DateTimeOffset Start = new(2018, 1, 2, 9, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public async Task List_ByEachRole_IsForTheBureau()
    {
        await using var city = await SmallCity.BuildAsync();
        foreach (var actor in new[] { SmallCity.Officer, SmallCity.Supervisor, SmallCity.Auditor, SmallCity.Admin })
            Assert.AreEqual(JsonValueKind.Array, (await city.GetAsync($"jobs?actor={actor}")).ValueKind, actor);
        foreach (var actor in new[] { "d-1", "d-2" })
            await SmallCity.AssertRefusalAsync(await city.Client.GetAsync($"/api/v1/jobs?actor={actor}"), HttpStatusCode.Forbidden, "actor-not-allowed");
    }

    [TestMethod]
    public async Task List_AfterARun_TellsOfIt()
    {
        await using var city = await SmallCity.BuildAsync();
        await city.WithDbAsync(async db =>
        {
            var failed = new JobRun
            {
                Name = "a-job", Server = "host/1", StartedAt = Start, Duration = 1_500, Outcome = JobOutcome.Failed, Fault = "IOException",
                NextAt = Start.AddHours(1),
            };
            await db.RecordAsync(failed, CancellationToken.None);
            return 0;
        });

        var job = (await city.GetAsync($"jobs?actor={SmallCity.Admin}")).EnumerateArray().Single(one => one.GetProperty("name").GetString() == "a-job");

        Assert.AreEqual(
            "{\"name\":\"a-job\",\"server\":\"host/1\",\"startedAt\":\"2018-01-02T09:00:00+00:00\",\"durationMs\":1500,\"outcome\":\"failed\","
                + "\"fault\":\"IOException\",\"succeededAt\":null,\"nextAt\":\"2018-01-02T10:00:00+00:00\"}",
            job.GetRawText());
    }
}
