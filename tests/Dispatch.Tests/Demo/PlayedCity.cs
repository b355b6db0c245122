using Dispatch.Tests.Databases;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Demo;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Demo;

/// <summary>The synthetic year in a real database. It is played once for all tests, each of which gets a copy of the folder.</summary>
internal sealed class PlayedCity : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Original = new(PlayAsync);

    private readonly string _folder;

    private PlayedCity(string folder)
    {
        _folder = folder;
        Server = DemoServer.Build(new DispatchOptions { Data = folder, Port = 0, MqttPort = LoopbackPort.Take() }, services => services.MakeQuick());
    }

    public WebApplication Server { get; }

    public string DatabaseFile => Path.Combine(_folder, "dispatch.db");

    public IServiceProvider Services => Server.Services;

    public static async Task<PlayedCity> CopyAsync()
    {
        var city = await EmptyAsync(await Original.Value);
        await city.Server.PrepareAsync(DemoCity.Name, CancellationToken.None);
        return city;
    }

    /// <summary>A server whose folder is empty, or holds a copy of another folder's database.</summary>
    public static async Task<PlayedCity> EmptyAsync(string? from = null)
    {
        var folder = Directory.CreateTempSubdirectory("taxicredit-demo-").FullName;
        if (from is not null)
        {
            await using var original = File.OpenRead(Path.Combine(from, "dispatch.db"));
            await using var copy = File.Create(Path.Combine(folder, "dispatch.db"));
            await original.CopyToAsync(copy);
        }

        return new PlayedCity(folder);
    }

    public async Task<T> InContextAsync<T>(Func<OperationContext, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<OperationContext>());
    }

    public Task<T> WithDbAsync<T>(Func<DispatchContext, Task<T>> work) => InContextAsync(context => work(context.Db));

    public Task SetTodayAsync(DateOnly today) => WithDbAsync(async db =>
    {
        await Services.GetRequiredService<BureauTime>().SetAsync(db, today, CancellationToken.None);
        return 0;
    });

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<string> PlayAsync()
    {
        var city = await EmptyAsync();
        await city.Server.PrepareAsync(DemoCity.Name, CancellationToken.None);
        await DemoCity.PlayOnceAsync(city.Services, CancellationToken.None);
        await city.Server.DisposeAsync();
        // With the last connection closed SQLite moves the write-ahead log into the file that is copied.
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(city._folder, recursive: true);
        return city._folder;
    }
}
