using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dispatch.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Operations;

/// <summary>An operation under a key of the client's is done once.</summary>
[TestClass]
public class OnceTests : CityTests
{
    private static readonly object Report = Of("As the passenger tells it.");

    [TestMethod]
    public async Task RecordCase_SameKeyAndContentTwice_IsRecordedOnce()
    {
        var first = await RecordedAsync("press-1", Report);
        var again = await RecordedAsync("press-1", Report);

        Assert.AreEqual(first, again);
        Assert.AreEqual(1, await CasesAsync());
        Assert.HasCount(1, (await City.AuditOfAsync(first)).Where(line => line.Operation == "record-case").ToList());
    }

    [TestMethod]
    public async Task RecordCase_SameKeyTenTimesAtOnce_IsRecordedOnce()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RecordedAsync("press-1", Report)));

        Assert.HasCount(1, numbers.Distinct().ToList());
        Assert.AreEqual(1, await CasesAsync());
    }

    [TestMethod]
    public async Task RecordCase_SameKeyAndOtherContent_IsRefusedAndChangesNothing()
    {
        await RecordedAsync("press-1", Report);

        await City.UnchangedAsync(async () =>
            await SmallCity.AssertRefusalAsync(await SendAsync("press-1", Of("Something else.")), HttpStatusCode.UnprocessableEntity, "key-reused"));
    }

    [TestMethod]
    public async Task RecordCase_SameKeyOfAnotherPerson_IsAnotherCase()
    {
        await RecordedAsync("press-1", Report);
        await RecordedAsync("press-1", Of("As the passenger tells it.", SmallCity.OtherOfficer));

        Assert.AreEqual(2, await CasesAsync());
    }

    [TestMethod]
    public async Task RecordCase_RefusedUnderAKey_IsRecordedWhenItIsMended()
    {
        await SmallCity.AssertRefusalAsync(await SendAsync("press-1", Of("")), HttpStatusCode.BadRequest, "account-length");

        await RecordedAsync("press-1", Report);
        Assert.AreEqual(1, await CasesAsync());
    }

    [TestMethod]
    public async Task RecordCase_WithoutAKey_IsRecordedEachTime()
    {
        await RecordedAsync(null, Report);
        await RecordedAsync(null, Report);

        Assert.AreEqual(2, await CasesAsync());
    }

    [TestMethod]
    [DataRow(1, true)]
    [DataRow(64, true)]
    [DataRow(65, false)]
    public async Task Key_ByItsLength_IsTakenFrom1To64(int length, bool taken)
    {
        var answer = await SendAsync(new string('k', length), Report);

        if (taken)
            Assert.AreEqual(HttpStatusCode.Created, answer.StatusCode);
        else
            await SmallCity.AssertRefusalAsync(answer, HttpStatusCode.BadRequest, "key-form");
    }

    [TestMethod]
    [DataRow(29, 1)]
    [DataRow(30, 1)]
    [DataRow(31, 0)]
    public async Task Keys_OlderThan30Days_AreForgotten(int days, int left)
    {
        await City.WithDbAsync(async db =>
        {
            db.Add(new OperationKey
            {
                Operation = "record-case", Actor = SmallCity.Officer, Key = "old", Content = new string('0', 64), Subject = "c-000001",
                // Half a minute of slack: the server's clock is the system's.
                At = DateTimeOffset.UtcNow.AddDays(-days).AddSeconds(30),
            });
            return await db.SaveChangesAsync();
        });

        await using var scope = City.Server.Services.CreateAsyncScope();
        await Once.Job.RunAsync(new JobContext(scope.ServiceProvider, lease: null), CancellationToken.None);

        Assert.AreEqual(left, await City.WithDbAsync(db => db.Set<OperationKey>().CountAsync()));
    }

    private static object Of(string account, string actor = SmallCity.Officer) =>
        new { actor, kind = "complaint", driver = "d-2", code = "S01", conductOn = "2017-08-01", place = "Chengshan Road", account };

    private async Task<string> RecordedAsync(string? key, object report)
    {
        var answer = await SendAsync(key, report);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.AreEqual(HttpStatusCode.Created, answer.StatusCode, text);
        return JsonSerializer.Deserialize<JsonElement>(text).GetProperty("number").GetString()!;
    }

    private async Task<HttpResponseMessage> SendAsync(string? key, object report)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/cases") { Content = JsonContent.Create(report) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await City.Client.SendAsync(request);
    }

    private Task<int> CasesAsync() => City.WithDbAsync(db => db.Cases.CountAsync());
}
