using System.Net;
using System.Net.Http.Json;
using Dispatch.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;

namespace Dispatch.Tests.Ledger;

[TestClass]
public class AppendTogetherTests : CityTests
{
    private const int Each = 20;

    /// <summary>Times that a caller comes again after being sent away.</summary>
    private const int Patience = 10;

    [TestMethod]
    public async Task Append_TwoConnectionsAtOnce_LoseNothingAndKeepOneChain()
    {
        await Task.WhenAll(AppendAsync("d-1"), AppendAsync("d-2"));

        await AssertOneChainAsync();

        async Task AppendAsync(string code)
        {
            for (var n = 0; n < Each; n++)
            {
                await City.WithDbAsync(async db =>
                {
                    await using var write = await db.BeginWriteAsync(CancellationToken.None);
                    var driver = await db.Drivers.SingleAsync(d => d.Code == code);
                    var day = new DateOnly(2017, 8, 15);
                    var row = await db.AppendAsync(
                        new(driver.Id, driver.Code, EntryKind.Decision, "S10", Points.FromWhole(-5), null, day, day, "", null), new { n },
                        CancellationToken.None);
                    await write.SaveAsync(CancellationToken.None);
                    return row;
                });
            }
        }
    }

    [TestMethod]
    public async Task Decide_InTwoProcessesAtOnce_LoseNothingAndKeepOneChain()
    {
        await using var other = await ServerProcess.StartAsync(City.Options with { Port = LoopbackPort.Take(), MqttPort = LoopbackPort.Take() });
        using var elsewhere = ActingClient.Of(
            City.Server.Services, new Uri(other.Address), City.Client.DefaultRequestHeaders.Authorization!.Parameter!);

        var (ones, others) = (await HeardAsync("d-1"), await HeardAsync("d-2"));
        await Task.WhenAll(DecideAsync(City.Client, ones), DecideAsync(elsewhere, others));
        await FinishedAsync();

        await AssertOneChainAsync();

        async Task<List<string>> HeardAsync(string driver)
        {
            var numbers = new List<string>();
            for (var n = 0; n < Each; n++)
            {
                numbers.Add((await City.RecordAsync(driver, "S10", "2017-08-15")).GetProperty("number").GetString()!);
                await City.HearAsync(numbers[^1]);
            }

            return numbers;
        }

        static async Task DecideAsync(HttpClient server, List<string> numbers)
        {
            foreach (var number in numbers)
            {
                var decided = await SendAsync();
                // Two processes share no queue of writers: who is told to come again does.
                for (var again = 0; again < Patience && decided.StatusCode == HttpStatusCode.ServiceUnavailable; again++)
                    decided = await SendAsync();
                Assert.IsTrue(decided.IsSuccessStatusCode, await decided.Content.ReadAsStringAsync());

                Task<HttpResponseMessage> SendAsync() => server.PostAsJsonAsync(
                    $"/api/v1/cases/{number}/decision", new { actor = SmallCity.Officer, verdict = "upheld", reason = "Seen." });
            }
        }
    }

    /// <summary>Decisions are taken by either server once their ten seconds are over; here at once.</summary>
    private async Task FinishedAsync()
    {
        foreach (var number in await City.WithDbAsync(db => db.PendingDecisions.Select(d => db.Set<Case>().Single(c => c.Id == d.CaseId).Number).ToListAsync()))
            await City.FinishAsync(number);
    }

    private async Task AssertOneChainAsync()
    {
        var chain = await City.WithDbAsync(db => ChainVerification.FromStartAsync(db, CancellationToken.None));

        Assert.IsTrue(chain.Verified, chain.Fault);
        Assert.AreEqual(2L * Each, chain.Entries);
        var drivers = await City.WithDbAsync(db => db.Ledger.GroupBy(e => e.Driver).OrderBy(g => g.Key).Select(g => g.Count()).ToListAsync());
        CollectionAssert.AreEqual(new[] { Each, Each }, drivers);
    }
}
