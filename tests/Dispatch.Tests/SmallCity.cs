using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dispatch.Tests.Databases;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Features.Prospects;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests;

/// <summary>
/// The real server on a free port with a real database in a folder of its own: team t-1 with cab-1 (d-1, its leader) and cab-2 (d-2),
/// team t-2 with cab-3 (d-3). Everybody has been signed on to the home cab since 2017-01-01. At the bureau it is 2017-08-15.
/// </summary>
internal sealed class SmallCity : IAsyncDisposable
{
    public const string Officer = "officer-a";
    public const string OtherOfficer = "officer-b";
    public const string Supervisor = "supervisor-a";
    public const string Auditor = "auditor-a";
    public const string Admin = "admin-a";

    // By provider: a city that was settled once, at a server that has stopped, with the token of its API.
    private static readonly ConcurrentDictionary<DatabaseProvider, Lazy<Task<(DispatchOptions Options, string Token)>>> Settled = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("taxicredit-").FullName;

    private SmallCity() { }

    public WebApplication Server { get; private set; } = null!;

    /// <summary>Acts for whom a body names, and else with a token that has every scope; see <see cref="ActingClient"/>.</summary>
    public HttpClient Client { get; private set; } = null!;

    public DispatchOptions Options { get; private set; } = null!;

    public static Task<SmallCity> BuildAsync() => BuildAsync(_ => { });

    /// <param name="change">What this server has instead of its own.</param>
    public static async Task<SmallCity> BuildAsync(Action<IServiceCollection> change)
    {
        var settled = await Settled.GetOrAdd(TestDatabases.Provider, _ => new(SettleOnceAsync)).Value;
        var city = new SmallCity();
        city.Options = await city.NewOptions.WithDatabaseOfAsync(settled.Options);
        await city.PrepareAsync(change);
        await city.StartAsync(settled.Token);
        return city;
    }

    private DispatchOptions NewOptions => new() { Data = _folder, Port = 0, MqttPort = LoopbackPort.Take() };

    private static async Task<(DispatchOptions Options, string Token)> SettleOnceAsync()
    {
        var city = new SmallCity();
        city.Options = await city.NewOptions.WithNewDatabaseAsync();
        await city.PrepareAsync();
        var token = await city.WithDbAsync(async db =>
        {
            db.Actors.AddRange(
                new Actor { Name = Officer, Role = Role.Officer }, new Actor { Name = OtherOfficer, Role = Role.Officer },
                new Actor { Name = Supervisor, Role = Role.Supervisor }, new Actor { Name = Auditor, Role = Role.Auditor },
                new Actor { Name = Admin, Role = Role.Admin });
            return await BearerTokens.CreateAsync(db, "test", Enum.GetValues<Scope>(), DateTimeOffset.UnixEpoch, CancellationToken.None);
        });
        await city.SetTodayAsync(new DateOnly(2017, 1, 1));
        await city.StartAsync(token);
        await city.SettleAsync();
        await city.WithDbAsync(db => db.Set<Session>().ExecuteDeleteAsync());
        await city.SetTodayAsync(new DateOnly(2017, 8, 15));
        await city.StopAsync();
        await city.Options.ClearPoolAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(city._folder, recursive: true);
        return (city.Options, token);
    }

    /// <summary>From now on the bureau's date is that of the clock.</summary>
    public Task KeepCalendarAsync() => WithDbAsync(async db =>
    {
        db.Remove(await db.Settings.SingleAsync(s => s.Name == Setting.BureauDate));
        await db.SaveChangesAsync();
        await Server.Services.GetRequiredService<BureauTime>().LoadAsync(db, CancellationToken.None);
        return 0;
    });

    public Task SetTodayAsync(DateOnly today) => WithDbAsync(async db =>
    {
        await Server.Services.GetRequiredService<BureauTime>().SetAsync(db, today, CancellationToken.None);
        return 0;
    });

    public async Task<T> WithDbAsync<T>(Func<DispatchContext, Task<T>> work)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<DispatchContext>());
    }

    /// <summary>Posts and expects success.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        var response = await Client.PostAsJsonAsync("/api/v1/" + path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.IsTrue(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    public Task<JsonElement> GetAsync(string path) => Client.GetFromJsonAsync<JsonElement>("/api/v1/" + path);

    /// <summary>Posts and expects problem details with this status and rule.</summary>
    public async Task RefusedAsync(string path, object body, HttpStatusCode status, string rule)
    {
        var response = await Client.PostAsJsonAsync("/api/v1/" + path, body);
        await AssertRefusalAsync(response, status, rule);
    }

    public static async Task AssertRefusalAsync(HttpResponseMessage response, HttpStatusCode status, string rule)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.AreEqual(status, response.StatusCode, text);
        Assert.AreEqual("application/problem+json", response.Content.Headers.ContentType?.MediaType, text);
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.AreEqual($"urn:taxicredit:refusal:{rule}", problem.GetProperty("type").GetString(), text);
        Assert.IsFalse(string.IsNullOrWhiteSpace(problem.GetProperty("detail").GetString()));
    }

    /// <summary>Records a case and upholds it; returns the ledger sequence.</summary>
    public async Task<long> UpholdAsync(string driver, string code, string conductOn, string kind = "complaint")
    {
        var number = (await RecordAsync(driver, code, conductOn, kind)).GetProperty("number").GetString();
        var decided = await DecideAsync(number!, new { actor = Officer, verdict = "upheld", reason = "Borne out by the meter." });
        return decided.GetProperty("ledgerSequence").GetInt64();
    }

    /// <summary>Hears the driver, if nobody has yet, confirms a decision and takes it without waiting; returns the case.</summary>
    public async Task<JsonElement> DecideAsync(string number, object decision)
    {
        await HearAsync(number);
        await PostAsync($"cases/{number}/decision", decision);
        await FinishAsync(number);
        return await GetAsync($"cases/{number}");
    }

    /// <summary>Triages a case, sends its notice and records an answer on paper.</summary>
    public async Task HearAsync(string number) =>
        Assert.IsNull(await InContextAsync(context => DemoHearing.HearAsync(number, Supervisor, context, CancellationToken.None)));

    /// <summary>Takes a decision as if its ten seconds were over.</summary>
    public Task FinishAsync(string number) => InContextAsync(async context =>
    {
        var id = await context.Db.Cases.Where(c => c.Number == number).Select(c => c.Id).SingleAsync();
        return await FinishDecisions.FinishAsync(id, DateTimeOffset.MaxValue, context, new ProspectForecast(), CancellationToken.None);
    });

    public async Task<T> InContextAsync<T>(Func<OperationContext, Task<T>> work)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<OperationContext>());
    }

    /// <summary>Records a case with the token, so that everybody at the bureau may decide it.</summary>
    public Task<JsonElement> RecordAsync(string driver, string code, string conductOn, string kind = "complaint") =>
        PostAsync("cases", new { kind, driver, code, conductOn, place = "Chengshan Road", account = "As the passenger tells it." });

    /// <summary>Previews, signs by two and publishes.</summary>
    public async Task<JsonElement> CloseAsync(string period)
    {
        var preview = await PostAsync($"months/{period}/preview", new { actor = Officer });
        return await SignAndPublishAsync(period, preview.GetProperty("digest").GetString()!);
    }

    public async Task<JsonElement> SignAndPublishAsync(string period, string digest)
    {
        await PostAsync($"months/{period}/signatures", new { actor = Officer, digest });
        await PostAsync($"months/{period}/signatures", new { actor = Supervisor, digest });
        return await PostAsync($"months/{period}/publication", new { actor = Officer });
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Options.DropDatabaseAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task PrepareAsync(Action<IServiceCollection>? change = null)
    {
        Server = DispatchServer.Build(Options, services =>
        {
            services.MakeQuick();
            change?.Invoke(services);
        });
        await Server.PrepareAsync("small", CancellationToken.None);
    }

    private async Task StartAsync(string token)
    {
        await Server.StartAsync();
        Client = ActingClient.Of(Server.Services, new Uri(Server.Urls.First()), token);
    }

    private async Task StopAsync()
    {
        Client.Dispose();
        await Server.StopAsync();
        await Server.DisposeAsync();
    }

    private async Task SettleAsync()
    {
        await PostAsync("teams", new { actor = Officer, code = "t-1", name = "First" });
        await PostAsync("teams", new { actor = Officer, code = "t-2", name = "Second" });
        foreach (var (cab, team) in new[] { (1, 1), (2, 1), (3, 2) })
        {
            await PostAsync("cabs", new { actor = Officer, code = $"cab-{cab}", plate = $"鲁K·T000{cab}", team = $"t-{team}" });
            await PostAsync("drivers", new { actor = Officer, code = $"d-{cab}", name = $"Driver {cab}", homeCab = $"cab-{cab}" });
            await PostAsync("shifts/on", new { actor = Officer, driver = $"d-{cab}", cab = $"cab-{cab}" });
        }

        var led = await Client.PutAsJsonAsync("/api/v1/teams/t-1/leader", new { actor = Officer, driver = "d-1" });
        Assert.AreEqual(HttpStatusCode.NoContent, led.StatusCode);
    }
}
