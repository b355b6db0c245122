using System.Collections.Concurrent;
using Dispatch.Tests.Databases;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Ledger;

namespace Dispatch.Tests.Crooked;

/// <summary>
/// A city in which nothing coincides, so that a test on it tells apart what a tidy city lets pass for the same. <see cref="CrookedYear"/> plays it once
/// for all tests, by the operations and on a clock that goes from 2017-07-01 on; each test gets a copy of the database, at noon of 2018-01-03.
/// What is crooked, and what that tells apart:
/// <list type="bullet">
/// <item>Who submits a case never decides it, and where a peer reports, a third person records it: submitter, decider and reporter.</item>
/// <item>Two officers and two supervisors take every part by turns: a right of the role from a part in the case, and whoever previews from whoever signs
/// or publishes.</item>
/// <item>Drivers and cabs were added in another order than that of their codes: order by id from order by code.</item>
/// <item>Three cases were imported under the bureau's own numbers, in falling order: a case's id from its number. Cases are decided in another order than
/// they were submitted: the order of cases from the order of the ledger. More than 200 of them make two pages.</item>
/// <item>2017-09, 2017-10 and 2017-11 are published and 2017-10 is revised, which took 2017-11 along: the newest close from the newest month, the first
/// revision from the one that counts. d-30 has other stars in each revision.</item>
/// <item>t-9 was led by d-80, then by d-60, and by d-80 again; t-1 by d-30, and by nobody since 2017-08-20: who leads from who has led, and the first
/// appointment from the present one. t-5 is d-10 alone: a team without members to lead.</item>
/// <item>d-80 and d-20 share cab-7, d-60 and d-50 share cab-3: the cab from the driver, and a team mate from the other driver of one's own cab.</item>
/// <item>In September d-80 drives two shifts a day and d-20 the night, over midnight: shifts from days, and who drove a cab from who drove it that hour.</item>
/// <item>d-20 drives a cab of another team: the home cab from the cab of the shift.</item>
/// <item>d-50 signed off after 20 days, unrated, and d-70 after 67, rated; neither came back. d-90 was added between two closes and never drove: a driver
/// without an open shift, without enough days, and without any.</item>
/// <item>d-40 has 204 live entries, 190 of them merits of which the rulebook counts 15: more than any buffer or page begins with.</item>
/// </list>
/// </summary>
internal sealed class CrookedCity : IAsyncDisposable
{
    public const string Admin = "admin";
    public const string Officer = "officer-wei";
    public const string OtherOfficer = "officer-an";
    public const string Supervisor = "supervisor-zhou";
    public const string OtherSupervisor = "supervisor-bai";

    /// <summary>Fewer drivers than the city has, so that no close is done in one go.</summary>
    public static readonly CloseSettings SmallBatches = new() { BatchDrivers = 2 };

    public static readonly DateOnly Today = new(2018, 1, 3);

    private static readonly ConcurrentDictionary<DatabaseProvider, Lazy<Task<DispatchOptions>>> Originals = new();

    private bool _isStarted;

    private CrookedCity(DispatchOptions options, DateOnly today)
    {
        Options = options;
        Time = new FakeTimeProvider(BureauTime.BeginOf(today).AddHours(12));
        Server = DispatchServer.Build(options, services =>
        {
            services.AddSingleton<TimeProvider>(Time).WithoutFirstPreview();
            Count.Watch(services);
        });
    }

    public DispatchOptions Options { get; }

    public FakeTimeProvider Time { get; }

    public QueryCount Count { get; } = new();

    /// <summary>Ready to start; a test that asks over HTTP starts it.</summary>
    public WebApplication Server { get; }

    public static async Task<CrookedCity> CopyAsync()
    {
        var original = await Originals.GetOrAdd(TestDatabases.Provider, _ => new(PlayAsync)).Value;
        return await PreparedAsync(await NewOptions().WithDatabaseOfAsync(original), Today);
    }

    public async Task<T> InContextAsync<T>(Func<OperationContext, Task<T>> work)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<OperationContext>());
    }

    public Task<T> WithDbAsync<T>(Func<DispatchContext, Task<T>> work) => InContextAsync(context => work(context.Db));

    /// <summary>Starts the server.</summary>
    /// <returns>A machine's client, with a token that the admin has made.</returns>
    public async Task<HttpClient> StartAsync()
    {
        await Server.StartAsync();
        _isStarted = true;
        var token = (await InContextAsync(context => MakeToken.HandleAsync(new(Admin, "test", Scopes.All), context, default))).Value;
        return ActingClient.Of(Server.Services, new Uri(Server.Urls.First() + "/api/v1/"), token);
    }

    /// <summary>The one entry that a decision booked for a driver under a code.</summary>
    public Task<long> SequenceOfAsync(string driver, string code) => WithDbAsync(db =>
        db.Ledger.Where(e => e.Driver == driver && e.Code == code && e.Kind == EntryKind.Decision).Select(e => e.Sequence).SingleAsync());

    public async ValueTask DisposeAsync()
    {
        if (_isStarted)
            await Server.StopAsync();
        await Server.DisposeAsync();
        await Options.DropDatabaseAsync();
        Directory.Delete(Options.Data, recursive: true);
    }

    private static DispatchOptions NewOptions() => new() { Data = Directory.CreateTempSubdirectory("taxicredit-crooked-").FullName, Port = 0, MqttPort = 0 };

    private static async Task<CrookedCity> PreparedAsync(DispatchOptions options, DateOnly today)
    {
        var city = new CrookedCity(options, today);
        await city.Server.PrepareAsync("crooked", CancellationToken.None);
        return city;
    }

    private static async Task<DispatchOptions> PlayAsync()
    {
        var city = await PreparedAsync(await NewOptions().WithNewDatabaseAsync(), CrookedYear.Begin);
        await new CrookedYear(city).PlayAsync();
        await city.Server.DisposeAsync();
        // With the last connection closed SQLite moves the write-ahead log into the file that is copied, and PostgreSQL's can be copied at all.
        await city.Options.ClearPoolAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(city.Options.Data, recursive: true);
        return city.Options;
    }
}
