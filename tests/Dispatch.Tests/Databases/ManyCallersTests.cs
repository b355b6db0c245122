using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Dispatch.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.MonthClose;

namespace Dispatch.Tests.Databases;

/// <summary>Many who ask or write at once, on a server in which one of them writes for long.</summary>
[TestClass]
public class ManyCallersTests : CityTests
{
    private WriteGate Gate => City.Server.Services.GetRequiredService<WriteGate>();

    [TestMethod]
    [DecidedByDatabase("locks: who waits for the write lock holds no connection")]
    public async Task Readers_WhileAHundredWritersWait_Read()
    {
        using var browser = await City.EnterDriverAsync("d-2");
        await using var scope = City.Server.Services.CreateAsyncScope();
        var write = await scope.ServiceProvider.GetRequiredService<DispatchContext>().BeginWriteAsync(CancellationToken.None);
        var writers = Enumerable.Range(0, 100).Select(i => City.Client.PostAsJsonAsync("/api/v1/cases", new
        {
            kind = "complaint", driver = "d-2", code = "S01", conductOn = "2017-08-10", place = "Chengshan Road", account = $"As passenger {i} tells it.",
        })).ToList();
        await Until.SoAsync(() => Gate.Waiting == 100, look => Gate.Queued += look);

        foreach (var path in new[] { "/me", "/months", "/account" })
        {
            var clock = Stopwatch.StartNew();
            await browser.GoAsync(path);
            Assert.AreEqual((path, HttpStatusCode.OK), (browser.Path, browser.Status));
            Assert.IsLessThan(9_000, clock.ElapsedMilliseconds, path);
        }

        await write.DisposeAsync();
        // On a busy machine the pages may have taken the ten seconds after which who waits is sent away.
        foreach (var writer in writers)
            Assert.IsTrue((await writer).StatusCode is HttpStatusCode.Created or HttpStatusCode.ServiceUnavailable, $"{(await writer).StatusCode}");
    }

    [TestMethod]
    public async Task Session_LastUsedHoursAgo_IsStoredAsUsedBesideThePage()
    {
        using var browser = await City.EnterDriverAsync("d-2");
        var hoursAgo = DateTimeOffset.UtcNow.AddHours(-3);
        await City.WithDbAsync(db => db.Set<Session>().ExecuteUpdateAsync(row => row.SetProperty(s => s.SeenAt, hoursAgo)));

        await browser.GoAsync("/me");

        Assert.AreEqual("/me", browser.Path);
        await Until.StoredAsync(City.Options, () => City.WithDbAsync(db => db.Set<Session>().AnyAsync(s => s.SeenAt > hoursAgo.AddHours(2))));
    }

    [TestMethod]
    public async Task Chain_AskedByManyOfWhomSomeLeave_IsReadOnceForAll()
    {
        var entry = await City.UpholdAsync("d-2", "S01", "2017-08-10");
        var chain = City.Server.Services.GetRequiredService<ChainVerification>();
        using var left = new CancellationTokenSource();
        await left.CancelAsync();

        var asked = Enumerable.Range(0, 30).Select(i => chain.ContinueAsync(patience: null, i % 2 == 0 ? left.Token : CancellationToken.None)).ToList();

        foreach (var stays in asked.Where((_, i) => i % 2 == 1))
            Assert.AreEqual((entry, true, true), ((await stays).Entries, (await stays).Verified, (await stays).IsWhole));
        foreach (var gone in asked.Where((_, i) => i % 2 == 0))
            await Assert.ThrowsAsync<OperationCanceledException>(() => gone);
    }

    [TestMethod]
    public async Task Chances_OfAMonthJustPublished_AreKnownToAllWhoAsk()
    {
        await City.UpholdAsync("d-2", "S01", "2017-07-10");
        await City.CloseAsync("2017-07");
        var chances = City.Server.Services.GetRequiredService<RatingChances>();

        var told = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ =>
            City.WithDbAsync(db => chances.OfAsync("d-2", db, patience: null, CancellationToken.None))));

        foreach (var one in told)
            Assert.AreEqual(("2017-07", 3, false), (one.Certainty!.Period, one.Certainty.Drivers, one.IsPending));
    }
}
