using System.Net.Http.Json;
using System.Text.Json;
using Dispatch.Tests.Databases;
using Dispatch.Tests.Exchange;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Wire;

namespace Dispatch.Tests.MonthClose;

/// <summary>
/// The program, as a process of its own, kills itself inside a close: after the tally of the k-th driver, before and after every commit up to the one
/// that publishes, and so also between that one and the first message to a windscreen. Another server goes on with the database.
/// </summary>
[TestClass]
public class KilledCloseTests
{
    private static readonly string[] Every = [Steps.DriverTallied, Steps.Committing, Steps.Committed];

    private EmptyCity _city = null!;
    private string _token = null!;
    private string _undisturbed = null!;

    [TestInitialize]
    public async Task PrepareAsync()
    {
        _city = await EmptyCity.BuildAsync(null, ClosingCity.InSmallBatches);
        await _city.FillAsync();
        _token = await _city.WithDbAsync(db => BearerTokens.CreateAsync(db, "test", [Scope.Read], DateTimeOffset.UnixEpoch, CancellationToken.None));
        await _city.Server.StartAsync();
        using (var client = ActingClient.Of(_city.Server.Services, new Uri(_city.Server.Urls.First()), _token))
        {
            for (var n = 1; n <= ClosingCity.Drivers; n++)
            {
                (await client.PostAsJsonAsync("/api/v1/displays", new { actor = SmallCity.Admin, id = $"disp-{n:D4}", cab = $"cab-{n}" }))
                    .EnsureSuccessStatusCode();
            }
        }

        await Until.StoredAsync(
            _city.Options, () => _city.WithDbAsync(async db => await db.DesiredRatings.CountAsync(r => r.Kind == RatingKind.Rated) >= ClosingCity.Drivers));
        await _city.Server.StopAsync();
        await using var undisturbed = EmptyCity.On(await _city.Options.CopyAsync(), ClosingCity.InSmallBatches);
        await undisturbed.InContextAsync(context =>
            PreviewMonth.HandleAsync(ClosingCity.Period, new(SmallCity.Officer), context, undisturbed.CloseSettings, CancellationToken.None));
        await undisturbed.SignAndPublishAsync(ClosingCity.Period);
        _undisturbed = await undisturbed.ResultAsync();
    }

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    [DataRow("driver-tallied 3")]
    [DataRow("committing 3")]
    [DataRow("committed 2")]
    [DataRow("committed 9")]
    public async Task Close_KilledAt_IsFinishedByAnotherWithTheSameResult(string step) =>
        Assert.IsTrue(await KillAndFinishAsync(step), "the step was never reached");

    [TestMethod]
    [TestCategory("slow")]
    public async Task Close_KilledAtEveryStep_IsFinishedByAnotherWithTheSameResult()
    {
        var killed = new List<string>();
        foreach (var step in Every)
        {
            for (var number = 1; await KillAndFinishAsync($"{step} {number}"); number++)
                killed.Add($"{step} {number}");
        }

        // Seven drivers; the commits of the beginning, four batches, the preview, two signatures and the publication;
        // a late write of the start may be among them.
        Assert.IsGreaterThanOrEqualTo(7 + 9 + 9, killed.Count, string.Join('\n', killed));
    }

    /// <returns>Whether the step was reached, and the process killed.</returns>
    private async Task<bool> KillAndFinishAsync(string step)
    {
        var options = await _city.Options.CopyAsync() with { Port = LoopbackPort.Take(), MqttPort = LoopbackPort.Take() };
        var killed = await CloseUntilKilledAsync(options, step);

        var later = new LaterTime(TimeSpan.FromHours(1));
        await using var other = EmptyCity.On(options, services => { ClosingCity.InSmallBatches(services); services.AddSingleton<TimeProvider>(later); });
        await AssertEveryWindscreenIsPublishedAsync(other, step);
        await other.Server.StartAsync();
        await FinishAsync(other);
        await other.Server.StopAsync();
        await AssertEveryWindscreenIsPublishedAsync(other, step);
        Assert.AreEqual(_undisturbed, await other.ResultAsync(), step);
        return killed;
    }

    private async Task<bool> CloseUntilKilledAsync(DispatchOptions options, string step)
    {
        await using var server = await ServerProcess.StartAsync(options, step, ClosingCity.BatchDrivers);
        await using var beside = DispatchServer.Build(options, services => services.MakeQuick());
        using var client = ActingClient.Of(beside.Services, new Uri(server.Address), _token);
        try
        {
            var preview = await PostAsync("preview", new { actor = SmallCity.Officer });
            var digest = preview.GetProperty("digest").GetString();
            await PostAsync("signatures", new { actor = SmallCity.Officer, digest });
            await PostAsync("signatures", new { actor = SmallCity.Supervisor, digest });
            await PostAsync("publication", new { actor = SmallCity.Officer });
            return false;
        }
        catch (HttpRequestException)
        {
            await server.WaitForExitAsync();
            return true;
        }

        async Task<JsonElement> PostAsync(string what, object body)
        {
            var response = await client.PostAsJsonAsync($"/api/v1/months/{ClosingCity.Period}/{what}", body);
            var text = await response.Content.ReadAsStringAsync();
            Assert.IsTrue(response.IsSuccessStatusCode, $"{step}, {what}: {text}");
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
    }

    /// <summary>A begun close resumes by itself; people do what was left to do.</summary>
    private static async Task FinishAsync(EmptyCity city)
    {
        if (!await city.WithDbAsync(db => db.Closes.AnyAsync(c => c.Period == ClosingCity.Period)))
        {
            await city.InContextAsync(context =>
                PreviewMonth.HandleAsync(ClosingCity.Period, new(SmallCity.Officer), context, city.CloseSettings, CancellationToken.None));
        }

        await Until.StoredAsync(city.Options, () => city.WithDbAsync(async db => !await db.Closes.AnyAsync(c => c.Status == CloseStatus.Open)));
        await city.SignAndPublishAsync(ClosingCity.Period);
    }

    private static async Task AssertEveryWindscreenIsPublishedAsync(EmptyCity city, string step)
    {
        var shown = await city.WithDbAsync(db => db.DesiredRatings.AsNoTracking().Where(r => r.Kind == RatingKind.Rated).ToListAsync());
        var published = await city.WithDbAsync(db => (from close in db.Closes
                                                      where close.Status == CloseStatus.Published
                                                      join rating in db.Ratings on close.Id equals rating.CloseId
                                                      join driver in db.Drivers on rating.DriverId equals driver.Id
                                                      select driver.Code + " " + close.Period + " " + rating.Stars).ToListAsync());
        Assert.HasCount(ClosingCity.Drivers, shown, step);
        foreach (var rating in shown)
            CollectionAssert.Contains(published, $"{rating.Driver} {rating.Period} {rating.Stars}", step);
    }

    /// <summary>The system's clock, so much further on that every lease of the process that was killed is over.</summary>
    private sealed class LaterTime(TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + later;
    }
}
