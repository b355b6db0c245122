using System.Net;
using Dispatch.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Outbox;

namespace Dispatch.Tests.Bureau;

/// <summary>What an admin sees of messages that could not be delivered, and decides.</summary>
[TestClass]
public class OutboxPageTests : CityTests
{
    [TestMethod]
    public async Task Failed_TriedAgain_LeavesThePage()
    {
        var id = await FailAsync("timeout");
        using var admin = (await City.EnterAsync(SmallCity.Admin)).Browser;
        StringAssert.Contains((await admin.GoAsync("/bureau")).Text, "1 message could not be delivered");
        StringAssert.Contains((await admin.GoAsync("/outbox")).Text, "sms to +8613800138000");
        StringAssert.Contains(admin.Text, "no answer in time");

        await admin.SubmitAsync($"retry-{id}");

        Assert.Contains("data-testid=\"none-failed\"", admin.Html);
        Assert.AreEqual((OutboxStatus.Pending, 0), await StateAsync(id));
        Assert.DoesNotContain("could not be delivered", (await admin.GoAsync("/bureau")).Text);
    }

    [TestMethod]
    public async Task Failed_GivenUp_TakesAReasonThatStaysOnRecord()
    {
        var id = await FailAsync("smtp-554");
        using var admin = (await City.EnterAsync(SmallCity.Admin)).Browser;
        StringAssert.Contains((await admin.GoAsync("/outbox")).Text, "smtp-554", "a fault without words is told by its code");

        await admin.SubmitAsync($"discard-{id}", ($"Reason.{id}", " "));
        Assert.AreEqual((OutboxStatus.Failed, 1), await StateAsync(id));
        Assert.Contains($"id=\"reason-{id}-fault\"", admin.Html);
        await admin.SubmitAsync($"discard-{id}", ($"Reason.{id}", "Told by telephone."));

        Assert.AreEqual((OutboxStatus.Discarded, 1), await StateAsync(id));
        var line = await City.WithDbAsync(db => db.Set<AuditEntry>().SingleAsync(a => a.Operation == "discard-message"));
        Assert.AreEqual((SmallCity.Admin, "sms desk-notice: Told by telephone."), (line.Actor, line.Detail));
    }

    [TestMethod]
    [DataRow(0, false)]
    [DataRow(1, true)]
    [DataRow(500, true)]
    [DataRow(501, false)]
    public async Task Discard_ByLengthOfReason_IsTakenFrom1To500(int length, bool taken)
    {
        var id = await FailAsync("timeout");
        var body = new { actor = SmallCity.Admin, reason = new string('r', length) };

        if (taken)
            await City.PostAsync($"outbox/{id}/discard", body);
        else
            await City.RefusedAsync($"outbox/{id}/discard", body, HttpStatusCode.BadRequest, "reason-length");
    }

    [TestMethod]
    public async Task Decide_NoFailedMessage_IsRefused()
    {
        var id = await FailAsync("timeout");
        await City.PostAsync($"outbox/{id}/retry", new { actor = SmallCity.Admin });

        await City.RefusedAsync($"outbox/{id}/retry", new { actor = SmallCity.Admin }, HttpStatusCode.Conflict, "message-not-failed");
        await City.RefusedAsync("outbox/999/retry", new { actor = SmallCity.Admin }, HttpStatusCode.NotFound, "message-unknown");
    }

    [TestMethod]
    [DataRow(SmallCity.Officer)]
    [DataRow(SmallCity.Supervisor)]
    [DataRow(SmallCity.Auditor)]
    [DataRow("d-2")]
    public async Task Outbox_ByAnybodyElse_IsRefused(string actor)
    {
        var id = await FailAsync("timeout");

        await City.RefusedAsync($"outbox/{id}/retry", new { actor }, HttpStatusCode.Forbidden, "actor-not-allowed");
        await SmallCity.AssertRefusalAsync(await City.Client.GetAsync($"/api/v1/outbox/failed?actor={actor}"), HttpStatusCode.Forbidden, "actor-not-allowed");
    }

    [TestMethod]
    public async Task List_ByAnAdmin_TellsWhatWaitsAndWhy()
    {
        await FailAsync("timeout");

        var failed = (await City.GetAsync($"outbox/failed?actor={SmallCity.Admin}"))[0];

        Assert.AreEqual("sms", failed.GetProperty("channel").GetString());
        Assert.AreEqual("timeout", failed.GetProperty("fault").GetString());
        Assert.AreEqual(0, failed.GetProperty("waiting").GetInt32());
    }

    /// <summary>A message that has failed for good, on a channel that this server has not.</summary>
    private Task<long> FailAsync(string reason) => City.WithDbAsync(async db =>
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        var message = db.AddToOutbox("sms", "+8613800138000", "desk-notice", """{"subject":"a","text":"b"}""", DateTimeOffset.UnixEpoch);
        message.FailAttempt(new(reason, IsFinal: true), 20, 1, DateTimeOffset.UnixEpoch);
        await write.SaveAsync(CancellationToken.None);
        return message.Id;
    });

    private Task<(OutboxStatus Status, int Attempts)> StateAsync(long id) => City.WithDbAsync(async db =>
    {
        var message = await db.Set<OutboxMessage>().AsNoTracking().SingleAsync(m => m.Id == id);
        return (message.Status, message.Attempts);
    });
}
