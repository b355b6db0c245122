using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Dispatch.Tests.Accounts;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;

namespace Dispatch.Tests.Databases;

/// <summary>A lock that another process holds, a full disk and a file that is gone, on SQLite: people are told soon, and nothing is lost silently.</summary>
[TestClass]
public sealed class OutageTests
{
    /// <summary>Milliseconds: below SQLite's own patience of half a minute, and above what a busy machine adds to the two seconds that are promised.</summary>
    private const int Soon = 10_000;

    private static readonly object Case = new
    {
        kind = "complaint", driver = "d-2", code = "S01", conductOn = "2017-08-10", place = "Chengshan Road", account = "As the passenger tells it.",
    };

    [TestMethod]
    public async Task Lock_HeldByAnotherProcess_IsAnsweredSoonAndKeepsNoReader()
    {
        await using var city = await SmallCity.BuildAsync();
        using var driver = await city.EnterDriverAsync("d-2");
        var hoursAgo = DateTimeOffset.UtcNow.AddHours(-1);
        await city.WithDbAsync(db => db.Set<Session>().ExecuteUpdateAsync(row => row.SetProperty(s => s.SeenAt, hoursAgo)));
        await using (await HoldAsync(city.Options.DatabaseFile))
        {
            await AssertSentAwayAsync(() => city.Client.PostAsJsonAsync("/api/v1/cases", Case), "database-busy", "2");
            foreach (var path in new[] { "/me", "/months", "/account" })
            {
                var clock = Stopwatch.StartNew();
                await driver.GoAsync(path);
                Assert.AreEqual((path, HttpStatusCode.OK), (driver.Path, driver.Status), driver.Text);
                Assert.IsLessThan(Soon, clock.ElapsedMilliseconds, path);
            }

            await driver.GoAsync("/me");
            var post = Stopwatch.StartNew();
            await driver.SubmitAsync("sign-off");
            Assert.AreEqual(HttpStatusCode.ServiceUnavailable, driver.Status, driver.Text);
            Assert.IsLessThan(Soon, post.ElapsedMilliseconds);
            StringAssert.Contains(driver.Text, "nothing you entered was stored");
        }

        Assert.AreEqual(HttpStatusCode.Created, (await city.Client.PostAsJsonAsync("/api/v1/cases", Case)).StatusCode);
    }

    [TestMethod]
    public async Task Disk_Full_IsAnsweredSoonAndTakesWritesWhenThereIsRoom()
    {
        await using var city = await SmallCity.BuildAsync();
        await using var disk = await SmallDisk.MountAsync(megabytes: 20);
        var options = city.Options with { Data = disk.Path, MqttPort = LoopbackPort.Take() };
        await city.Options.ClearPoolAsync();
        File.Copy(city.Options.DatabaseFile, options.DatabaseFile);
        await using var server = DispatchServer.Build(options, services => services.MakeQuick());
        await server.PrepareAsync("small", CancellationToken.None);
        await server.StartAsync();
        try
        {
            using var client = ActingClient.Of(server.Services, new Uri(server.Urls.First()), city.Client.DefaultRequestHeaders.Authorization!.Parameter!);
            (await client.PostAsJsonAsync("/api/v1/cases", Case)).EnsureSuccessStatusCode();
            await disk.FillAsync();

            await AssertSentAwayAsync(() => client.PostAsJsonAsync("/api/v1/cases", Case), "disk-full", "60");
            Assert.AreEqual(HttpStatusCode.OK, (await client.GetAsync("/months")).StatusCode);

            disk.Empty();
            Assert.AreEqual(HttpStatusCode.Created, (await client.PostAsJsonAsync("/api/v1/cases", Case)).StatusCode);
        }
        finally
        {
            await server.StopAsync();
            await options.ClearPoolAsync();
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task DatabaseFile_DeletedOrReplaced_IsNoticedAndTakesNoWrite(bool isReplaced)
    {
        await using var city = await SmallCity.BuildAsync();
        var (file, aside) = (city.Options.DatabaseFile, city.Options.DatabaseFile + ".aside");
        File.Move(file, aside);
        if (isReplaced)
            File.Copy(aside, file);
        // It looks every two seconds by itself, and is at it for less than one.
        Assert.IsLessThanOrEqualTo(TimeSpan.FromSeconds(2), DatabaseFileWatch.Every);
        var watch = city.Server.Services.GetServices<IHostedService>().OfType<DatabaseFileWatch>().Single();

        watch.Look();

        // As one of the server's own jobs would open it.
        await city.Options.ClearPoolAsync();
        await AssertSentAwayAsync(() => city.Client.PostAsJsonAsync("/api/v1/cases", Case), "database-gone", "10");
        Assert.AreEqual(isReplaced, File.Exists(file), "An empty file has taken the place of the one that was deleted.");
        File.Move(aside, file, overwrite: true);
        watch.Look();
        Assert.AreEqual(HttpStatusCode.Created, (await city.Client.PostAsJsonAsync("/api/v1/cases", Case)).StatusCode);
    }

    private static async Task AssertSentAwayAsync(Func<Task<HttpResponseMessage>> ask, string rule, string retryAfter)
    {
        var clock = Stopwatch.StartNew();
        using var answer = await ask();
        Assert.IsLessThan(Soon, clock.ElapsedMilliseconds);
        await SmallCity.AssertRefusalAsync(answer, HttpStatusCode.ServiceUnavailable, rule);
        Assert.AreEqual(retryAfter, answer.Headers.RetryAfter?.ToString());
    }

    /// <summary>Holds the write lock as another process would: over a connection of its own.</summary>
    private static async Task<IAsyncDisposable> HoldAsync(string file)
    {
        var other = new SqliteConnection($"Data Source={file};Pooling=False");
        await other.OpenAsync();
        await using var begin = other.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        await begin.ExecuteNonQueryAsync();
        return other;
    }
}
