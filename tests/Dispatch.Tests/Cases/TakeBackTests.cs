using System.Net;
using System.Net.Http.Json;
using Dispatch.Tests.Accounts;
using Dispatch.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Features.Prospects;
using TaxiCredit.Dispatch.Operations.Reads;

namespace Dispatch.Tests.Cases;

/// <summary>The ten seconds in which a decision can be taken back, and what happens at their end.</summary>
[TestClass]
public class TakeBackTests : CityTests
{
    private static readonly object Upheld = new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out." };

    [TestMethod]
    [DataRow(9_999, false)]
    [DataRow(10_000, true)]
    [DataRow(10_001, true)]
    public async Task Confirmed_AfterSoManyMilliseconds_IsTakenOrNot(int milliseconds, bool isTaken)
    {
        var number = await ConfirmedAsync();
        var (id, at) = await City.WithDbAsync(async db => await db.PendingDecisions.SingleAsync() is var pending ? (pending.CaseId, pending.At) : default);

        var done = await City.InContextAsync(context =>
            FinishDecisions.FinishAsync(id, at.AddMilliseconds(milliseconds), context, new ProspectForecast(), CancellationToken.None));

        Assert.AreEqual(isTaken ? null : "decision-gone", done.Refusal?.Code);
        Assert.AreEqual(isTaken ? 1 : 0, (await City.GetAsync("drivers/d-2/ledger")).GetArrayLength());
        Assert.AreEqual(isTaken, FinishDecisions.IsOver(at, at.AddMilliseconds(milliseconds)));
    }

    [TestMethod]
    public async Task TakeBack_Within_LeavesTheCaseOpenAndBooksNothing()
    {
        var number = await ConfirmedAsync();

        await City.RefusedAsync(TakeBackOf(number), new { actor = SmallCity.OtherOfficer }, HttpStatusCode.UnprocessableEntity, "another-decided");
        await City.RefusedAsync($"cases/{number}/decision", Upheld, HttpStatusCode.Conflict, "decision-pending");
        await City.RefusedAsync($"cases/{number}/withdrawal", new { actor = SmallCity.Officer, reason = "R" }, HttpStatusCode.Conflict, "decision-pending");
        var open = await City.PostAsync(TakeBackOf(number), new { actor = SmallCity.Officer });
        await City.RefusedAsync(TakeBackOf(number), new { actor = SmallCity.Officer }, HttpStatusCode.Conflict, "no-decision-pending");

        Assert.AreEqual("underReview", open.GetProperty("status").GetString());
        Assert.AreEqual(0, (await City.GetAsync("drivers/d-2/ledger")).GetArrayLength());
        Assert.IsFalse(await City.WithDbAsync(db => db.Decisions.AnyAsync()));
    }

    [TestMethod]
    public async Task TakeBack_TenSecondsOld_IsRefusedAndTheNextRunBooks()
    {
        var number = await ConfirmedAsync();
        await City.WithDbAsync(async db =>
        {
            var pending = await db.PendingDecisions.SingleAsync();
            db.Remove(pending);
            await db.SaveChangesAsync();
            db.Add(new PendingDecision
            {
                CaseId = pending.CaseId, Verdict = pending.Verdict, Code = pending.Code, Reason = pending.Reason, Corroboration = null, By = pending.By,
                At = DateTimeOffset.UtcNow.AddSeconds(-10),
            });
            return await db.SaveChangesAsync();
        });

        // The server's own job may have been faster.
        var response = await City.InContextAsync(context => TakeBackDecision.HandleAsync(number, new(SmallCity.Officer), context, CancellationToken.None));
        Assert.IsTrue(response.Refusal?.Code is "take-back-over" or "case-already-decided", response.Refusal?.Code);
        await City.InContextAsync(async context =>
        {
            await FinishDecisions.RunAsync(context, new ProspectForecast(), NullLogger.Instance, CancellationToken.None);
            return 0;
        });

        Assert.AreEqual("upheld", (await City.GetAsync($"cases/{number}")).GetProperty("status").GetString());
        Assert.AreEqual(1, (await City.GetAsync("drivers/d-2/ledger")).GetArrayLength());
    }

    [TestMethod]
    public async Task Confirmed_ServerKilledWithinTheTenSeconds_IsTakenOnceByTheNext()
    {
        var number = (await City.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString()!;
        await City.HearAsync(number);
        await using (var killed = await ServerProcess.StartAsync(City.Options with { Port = LoopbackPort.Take(), MqttPort = LoopbackPort.Take() }))
        {
            using var there = ActingClient.Of(
                City.Server.Services, new Uri(killed.Address), City.Client.DefaultRequestHeaders.Authorization!.Parameter!);
            using var confirmed = await there.PostAsJsonAsync($"/api/v1/cases/{number}/decision", Upheld);
            Assert.AreEqual(HttpStatusCode.OK, confirmed.StatusCode);
        }

        Assert.AreEqual(1, await City.WithDbAsync(db => db.PendingDecisions.CountAsync()), "it lies in the database, not in the server that is gone");
        await City.FinishAsync(number);
        await City.FinishAsync(number);

        Assert.AreEqual(1, (await City.GetAsync("drivers/d-2/ledger")).GetArrayLength());
        Assert.AreEqual("upheld", (await City.GetAsync($"cases/{number}")).GetProperty("status").GetString());
    }

    [TestMethod]
    public async Task Answer_InTheTenSeconds_DropsTheDecisionThatDidNotReadIt()
    {
        var number = await ConfirmedAsync();

        await City.PostAsync($"cases/{number}/answer", new { actor = "d-2", stance = "beyondControl", cause = "traffic", text = "An accident ahead." });

        Assert.IsFalse(await City.WithDbAsync(db => db.PendingDecisions.AnyAsync()));
        Assert.AreEqual("underReview", (await City.GetAsync($"cases/{number}")).GetProperty("status").GetString());
    }

    [TestMethod]
    public async Task Document_OfADecision_SaysWhatWasFoundHeardAndBooked()
    {
        var number = await ConfirmedAsync();
        await City.FinishAsync(number);

        var document = await City.WithDbAsync(db => db.Decisions.SingleAsync());
        var content = DecisionContent.Read(document.Content);

        Assert.AreEqual("2017-000001", document.Number);
        Assert.AreEqual((Verdict.Upheld, "S01", -50m, 15), (content.Verdict, content.Code, content.Points, content.ObjectionDays));
        Assert.AreEqual(new StarsForecast("2017-08", 4, 3), content.Stars);
        Assert.IsNotNull(content.Answer);
        Assert.IsNotNull(content.Evidence);
    }

    [TestMethod]
    public async Task Document_OpenedByBureauAndDriver_IsAPdfAndEachLookIsOnRecord()
    {
        var number = await ConfirmedAsync();
        await City.FinishAsync(number);
        var code = await City.WithDbAsync(db => db.Notices.Select(n => n.Code).SingleAsync());
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        client.DefaultRequestHeaders.Add("Cookie", await ActingClient.EnterAsync(City.Server.Services, "d-2"));

        StringAssert.StartsWith((await officer.GoAsync($"/bureau/cases/{number}/decision.pdf")).Html, "%PDF-1.");
        StringAssert.StartsWith(await client.GetStringAsync(new Uri(City.Client.BaseAddress!, $"/me/notices/{code}/decision.pdf")), "%PDF-1.");
        using var page = await client.GetAsync(new Uri(City.Client.BaseAddress!, $"/me/notices/{code}"));
        Assert.AreEqual(HttpStatusCode.OK, page.StatusCode);

        var looks = await City.WithDbAsync(async db =>
        {
            await new ReadsToLog(City.Server.Services.GetRequiredService<ReadSpool>(), TimeProvider.System, NullLogger<ReadsToLog>.Instance)
                .RunAsync(db, CancellationToken.None);
            return await db.Audit.Where(a => a.Operation == Looks.Audited && a.Subject == "d-2").OrderBy(a => a.Id)
                .Select(a => a.Actor + " " + a.Detail).ToListAsync();
        });
        Assert.IsTrue(looks.Exists(look => look.StartsWith($"{SmallCity.Officer} /bureau/cases/{{number}}/decision.pdf", StringComparison.Ordinal)));
        Assert.IsTrue(looks.Exists(look => look.StartsWith("d-2 /me/notices/{code}/decision.pdf", StringComparison.Ordinal)));
        Assert.IsTrue(looks.Exists(look => look.StartsWith("d-2 /me/notices/{code} ", StringComparison.Ordinal)), string.Join('\n', looks));
    }

    private static string TakeBackOf(string number) => $"cases/{number}/decision/taking-back";

    private async Task<string> ConfirmedAsync()
    {
        var number = (await City.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString()!;
        await City.HearAsync(number);
        await City.PostAsync($"cases/{number}/decision", Upheld);
        return number;
    }
}
