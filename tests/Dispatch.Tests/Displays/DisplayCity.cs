using System.Collections.Concurrent;
using System.Text.Json;
using Dispatch.Tests.Databases;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Displays;

internal sealed record Sent(string Topic, byte[] Payload, bool Retain)
{
    public JsonElement Json => JsonDocument.Parse(Payload.AsMemory(65)).RootElement;
}

/// <summary>
/// The real server with its broker on a free port and a database file in a folder of its own. One team; cabs c-1, c-2, … each the
/// home of d-1, d-2, …; nobody is signed on and nothing is published. The clock stands at 2018-01-02 04:00:00Z until it is advanced.
/// A log line of error level that no test expects fails the test when the city is disposed.
/// </summary>
internal sealed class DisplayCity : IAsyncDisposable
{
    public const string Keeper = "keeper";
    public const string OtherKeeper = "keeper-b";

    private readonly ErrorLog _errors = new();
    private string _token = "";
    private DispatchOptions _options = null!;

    /// <summary>Settings that are watched for changes cost an inotify instance a server, of which a user has 128 for all processes.</summary>
    static DisplayCity() => Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");

    private DisplayCity() { }

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    public LeapingTime Time { get; private set; } = new(new DateTimeOffset(2018, 1, 2, 4, 0, 0, TimeSpan.Zero));

    public DispatchOptions Options => _options;

    public long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    public WebApplication Server { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public int MqttPort => Server.Services.GetRequiredService<IBrokerAddress>().Port;

    public TwinBoard Board => Server.Services.GetRequiredService<TwinBoard>();

    public DisplayStandings Standings => Server.Services.GetRequiredService<DisplayStandings>();

    public Reconciler Windscreens => Server.Services.GetRequiredService<Reconciler>();

    public RefusedCounts Refused => Server.Services.GetRequiredService<RefusedCounts>();

    public string Folder { get; } = Directory.CreateTempSubdirectory("taxicredit-displays-").FullName;

    /// <summary>Everything that the server has published, in its order.</summary>
    public ConcurrentQueue<Sent> Sent { get; } = new();

    /// <summary>Something was added to <see cref="Sent"/>, on no particular thread.</summary>
    public event Action? Sending;

    /// <summary>A server of this city has written a warning or an error to its log, on no particular thread.</summary>
    public event Action? Warned
    {
        add => _errors.Written += value;
        remove => _errors.Written -= value;
    }

    public CabInbox Inbox => Server.Services.GetRequiredService<CabInbox>();

    /// <param name="settings">Further settings of the server: an external broker, say.</param>
    /// <param name="teams">Cabs are dealt out to so many: c-1 to t-1, c-2 to t-2, and so on.</param>
    public static async Task<DisplayCity> BuildAsync(
        int cabs = 2, bool start = true, IReadOnlyDictionary<string, string?>? settings = null, int teams = 1)
    {
        var city = new DisplayCity();
        city._options = await new DispatchOptions
        {
            Data = city.Folder, Port = 0, MqttPort = 0, Settings = settings ?? new Dictionary<string, string?>(),
        }.WithNewDatabaseAsync();
        city.Build();
        await city.WithDbAsync(async db =>
        {
            db.Settings.Add(new Setting { Name = Setting.City, Value = "displays" });
            db.Actors.Add(new Actor { Name = Keeper, Role = Role.Supervisor });
            db.Actors.Add(new Actor { Name = OtherKeeper, Role = Role.Officer });
            db.Actors.Add(new Actor { Name = "auditor", Role = Role.Auditor });
            var all = Enumerable.Range(1, teams).Select(n => new Team { Code = $"t-{n}", Name = $"Team {n}" }).ToList();
            db.Teams.AddRange(all);
            await db.SaveChangesAsync();
            for (var n = 1; n <= cabs; n++)
            {
                var cab = new Cab { Code = $"c-{n}", Plate = $"鲁K·T{n:0000}", TeamId = all[(n - 1) % teams].Id };
                db.Cabs.Add(cab);
                await db.SaveChangesAsync();
                var driver = new Driver { Code = $"d-{n}", Name = $"Driver {n}", HomeCabId = cab.Id };
                db.Drivers.Add(driver);
                await db.SaveChangesAsync();
                db.Memberships.Add(new() { DriverId = driver.Id, TeamId = cab.TeamId, CabId = cab.Id, JoinedOn = Membership.Always });
            }
            city._token = await BearerTokens.CreateAsync(db, "test", Enum.GetValues<Scope>(), city.Time.GetUtcNow(), CancellationToken.None);
            await db.SaveChangesAsync();
        });
        if (start)
            await city.StartAsync();
        return city;
    }

    public async Task StartAsync()
    {
        await Server.StartAsync();
        // What the start publishes again is out before a test begins to count.
        await Windscreens.Published.WaitAsync(Patience);
        Client = ActingClient.Of(Server.Services, new Uri(Server.Urls.First() + "/api/v1/"), _token);
    }

    /// <summary>
    /// Puts a backup in the place of the database of this city, whose server has stopped; keys and everything else in the folder stay as they are.
    /// </summary>
    public void Restore(DispatchOptions backup)
    {
        if (backup.DatabaseConnection is { } connection)
        {
            // What writes to it is announced by the name of this city's folder.
            var restored = new Npgsql.NpgsqlConnectionStringBuilder(connection) { ApplicationName = Folder };
            _options = _options with { DatabaseConnection = restored.ToString() };
            return;
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        File.Delete(_options.DatabaseFile + "-wal");
        File.Delete(_options.DatabaseFile + "-shm");
        File.Copy(backup.DatabaseFile, _options.DatabaseFile, overwrite: true);
    }

    /// <summary>A new server over the same folder.</summary>
    /// <param name="at">What its clock says; null for one that goes on.</param>
    public async Task RestartAfterStopAsync(DateTimeOffset? at = null)
    {
        if (at is { } now)
            Time = new(now);
        Build();
        await StartAsync();
    }

    /// <summary>Another server at the same database, broker and key ring, with a clock of its own that begins where this city's stands.</summary>
    public async Task<WebApplication> StartNeighbourAsync(TimeProvider time)
    {
        var neighbour = DispatchServer.Build(
            _options, services => services.MakeQuick().AddSingleton(time).AddLogging(log => log.ClearProviders().AddProvider(_errors)));
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        neighbour.Services.GetRequiredService<ICabLink>().Connected += () => connected.TrySetResult();
        await neighbour.StartAsync();
        await connected.Task.WaitAsync(Patience);
        return neighbour;
    }

    public async Task StopAsync()
    {
        Client?.Dispose();
        await Server.StopAsync();
        await Server.DisposeAsync();
    }

    public async Task WithDbAsync(Func<DispatchContext, Task> work) => await WithDbAsync(async db =>
    {
        await work(db);
        return 0;
    });

    public async Task<T> WithDbAsync<T>(Func<DispatchContext, Task<T>> work)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<DispatchContext>());
    }

    public async Task<Outcome<UnitConfig>> TryProvisionAsync(string id, string cab, string actor = Keeper)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        return await ProvisionDisplay.HandleAsync(
            new(actor, id, cab), scope.ServiceProvider.GetRequiredService<OperationContext>(),
            scope.ServiceProvider.GetRequiredService<DisplayServices>(), CancellationToken.None);
    }

    public async Task<UnitConfig> ProvisionAsync(int n) => (await TryProvisionAsync($"disp-{n:0000}", $"c-{n}")).Value;

    /// <summary>A provisioned cab on the broker, subscribed to its topics.</summary>
    public async Task<TestCab> ConnectNewCabAsync(int n) => await TestCab.ConnectAsync(await ProvisionAsync(n), MqttPort);

    public Task SignOnAsync(int driver, int cab) => PostShiftAsync(async db =>
    {
        var now = Time.GetUtcNow();
        db.Shifts.Add(new Shift
        {
            DriverId = (await db.Drivers.SingleAsync(d => d.Code == $"d-{driver}")).Id,
            CabId = (await db.Cabs.SingleAsync(c => c.Code == $"c-{cab}")).Id,
            OnAt = now,
            OnDay = BureauTime.DayOf(now),
        });
    });

    public Task SignOffAsync(int driver) => PostShiftAsync(async db =>
    {
        var shift = await db.Shifts.SingleAsync(s => s.Driver.Code == $"d-{driver}" && s.OffAt == null);
        (shift.OffAt, shift.OffDay) = (Time.GetUtcNow(), BureauTime.DayOf(Time.GetUtcNow()));
    });

    /// <summary>Ends one shift and begins another without telling the reconciler.</summary>
    public async Task MoveUnseenAsync(int driver, int toCab)
    {
        await SignOffAsync(driver);
        await SignOnAsync(driver, toCab);
    }

    /// <summary>Goes over all windscreens and publishes everything that may be published, before this returns.</summary>
    public async Task PassAsync()
    {
        await using var scope = Server.Services.CreateAsyncScope();
        var cabIds = await scope.ServiceProvider.GetRequiredService<DispatchContext>().Cabs.Select(c => c.Id).ToListAsync();
        await scope.ServiceProvider.GetRequiredService<ReconcilePass>().RunAsync(cabIds, publishAll: true, CancellationToken.None);
    }

    public async Task NudgeAsync(params int[] cabs)
    {
        var codes = cabs.Select(n => $"c-{n}").ToList();
        Windscreens.Nudge(await WithDbAsync(db => db.Cabs.Where(c => codes.Contains(c.Code)).Select(c => c.Id).ToListAsync()));
    }

    /// <summary>Publishes a month with stars for drivers d-1, d-2, …; null is unrated.</summary>
    public async Task PublishAsync(string period, params int?[] stars)
    {
        await WithDbAsync(async db =>
        {
            var close = new Close { Period = period, Revision = 1 };
            db.Closes.Add(close);
            await db.SaveChangesAsync();
            foreach (var driver in await db.Drivers.OrderBy(d => d.Id).ToListAsync())
            {
                var n = int.Parse(driver.Code[2..], System.Globalization.CultureInfo.InvariantCulture);
                if (n <= stars.Length)
                {
                    db.Ratings.Add(new Rating
                    {
                        CloseId = close.Id, DriverId = driver.Id, Points = 100_000, Stars = stars[n - 1], DaysOnShift = 60, PreviousStars = null,
                    });
                }
            }
            await db.SaveChangesAsync();
            // A published close takes no ratings any more.
            (close.Status, close.PublishedAt) = (CloseStatus.Published, Time.GetUtcNow());
            await CloseForm.AppendLeavesAsync([close], db, CancellationToken.None);
            await db.SaveChangesAsync();
        });
        Windscreens.NudgeAll();
    }

    /// <summary>Waits until a twin is as it should be.</summary>
    public async Task<TwinSnapshot> AwaitTwinAsync(string display, Func<TwinSnapshot, bool> isSo)
    {
        await AwaitAllTwinsAsync(1, twin => twin.Display == display && isSo(twin));
        return Board.All.Single(twin => twin.Display == display);
    }

    /// <summary>Waits until so many twins are as they should be.</summary>
    public Task AwaitAllTwinsAsync(int count, Func<TwinSnapshot, bool> isSo) => AwaitAllTwinsAsync(Board, count, isSo);

    public static async Task AwaitAllTwinsAsync(TwinBoard board, int count, Func<TwinSnapshot, bool> isSo)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = board.Subscribe(_ => Look());
        Look();
        await seen.Task.WaitAsync(Patience);

        void Look()
        {
            if (board.All.Count(isSo) >= count)
                seen.TrySetResult();
        }
    }

    /// <summary>Waits until something that came in was refused for this reason.</summary>
    public async Task AwaitRefusedAsync(string reason, long times = 1)
    {
        using var listener = new RefusedListener(Server.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
        await listener.UntilAsync(() => Refused.Of(null).GetValueOrDefault(reason) >= times).WaitAsync(Patience);
    }

    /// <summary>Waits for the next connection to the broker.</summary>
    public async Task AwaitConnectedAsync()
    {
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Services.GetRequiredService<ICabLink>().Connected += () => connected.TrySetResult();
        await connected.Task.WaitAsync(Patience);
    }

    /// <summary>Waits for an error in the log, which this test expects, and strikes it.</summary>
    public async Task AwaitErrorAsync()
    {
        await _errors.First.WaitAsync(Patience);
        _errors.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _options.DropDatabaseAsync();
        Directory.Delete(Folder, recursive: true);
        Assert.IsEmpty(_errors.Lines, string.Join('\n', _errors.Lines));
    }

    private async Task PostShiftAsync(Func<DispatchContext, Task> change) => await WithDbAsync(async db =>
    {
        await change(db);
        await db.SaveChangesAsync();
    });

    private void Note(Sent sent)
    {
        Sent.Enqueue(sent);
        Sending?.Invoke();
    }

    public void Build() => Server = DispatchServer.Build(
        _options,
        services => services
            .MakeQuick()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<ICabLink>(all => new RecordedLink((ICabLink)all.GetRequiredService<IBrokerAddress>(), Note))
            .AddLogging(log => log.ClearProviders().AddProvider(_errors)));

    /// <summary>The broker's own link, and a note of what went through it and when.</summary>
    private sealed class RecordedLink(ICabLink link, Action<Sent> note) : ICabLink
    {
        public event Action? Connected
        {
            add => link.Connected += value;
            remove => link.Connected -= value;
        }

        public event Action? Lost
        {
            add => link.Lost += value;
            remove => link.Lost -= value;
        }

        public BrokerLink Link => link.Link;

        public event Action<string>? Told
        {
            add => link.Told += value;
            remove => link.Told -= value;
        }

        public Task TellAsync(string what) => link.TellAsync(what);

        public Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken stop)
        {
            note(new(topic, payload.ToArray(), retain));
            return link.PublishAsync(topic, payload, retain, stop);
        }
    }

    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>A line of warning level or above was written.</summary>
        public event Action? Written;

        public Task First => _first.Task;

        public IReadOnlyCollection<string> Lines => _lines;

        public void Clear() => _lines.Clear();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error)
            {
                _lines.Enqueue($"{formatter(state, exception)} {exception}");
                _first.TrySetResult();
            }

            if (IsEnabled(logLevel))
                Written?.Invoke();
        }

        public void Dispose() { }
    }
}
