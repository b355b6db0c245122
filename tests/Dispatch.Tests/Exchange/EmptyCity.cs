using System.Text;
using Dispatch.Tests.Databases;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Cases.Repairs;
using TaxiCredit.Dispatch.Features.Exchange;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Exchange;

/// <summary>A server that is not started, with an empty database, and a folder for files. At the bureau it is 2018-01-02.</summary>
internal sealed class EmptyCity : IAsyncDisposable
{
    public const string RosterHeader = "driver,name,cab,plate,team,team_name,leads_since,on_shift_since,signed_on_to";

    public const string CasesHeader =
        "number,kind,driver,code,conduct_on,conduct_hour,place,account,reporter,property_yuan,submitted_on,submitted_by,"
        + "status,decided_on,decided_by,decided_code,reason,corroboration,reversed_on,reversal_reason";

    /// <summary>Two drivers of one team.</summary>
    public const string Roster = RosterHeader + "\r\n"
        + "d-1,王伟,cab-1,鲁K·T0001,t-1,海鸥班组,2017-01-01,2017-01-01,cab-1\r\n"
        + "d-2,李娜,cab-2,鲁K·T0002,t-1,海鸥班组,,2017-01-01,\r\n";

    private EmptyCity(DispatchOptions options, Action<IServiceCollection>? replace)
    {
        Options = options;
        Server = DispatchServer.Build(options, services =>
        {
            services.MakeQuick();
            replace?.Invoke(services);
        });
    }

    public DispatchOptions Options { get; }

    public WebApplication Server { get; }

    public CloseSettings CloseSettings => Server.Services.GetRequiredService<CloseSettings>();

    public string Folder => Options.Data;

    public static Task<EmptyCity> BuildAsync() => BuildAsync(null);

    /// <param name="connection">A PostgreSQL database that is not one of the run's.</param>
    public static async Task<EmptyCity> BuildAsync(string? connection, Action<IServiceCollection>? replace = null)
    {
        var options = new DispatchOptions { Data = Directory.CreateTempSubdirectory("taxicredit-import-").FullName, Port = 0, MqttPort = 0 };
        var city = new EmptyCity(
            connection is null
                ? await options.WithNewDatabaseAsync()
                : options with { DatabaseProvider = "postgres", DatabaseConnection = connection },
            replace);
        await city.Server.PrepareAsync("imported", CancellationToken.None);
        await city.WithDbAsync(async db =>
        {
            await city.Server.Services.GetRequiredService<BureauTime>().SetAsync(db, new DateOnly(2018, 1, 2), CancellationToken.None);
            return 0;
        });
        return city;
    }

    /// <summary>Another server on a database that there is already, with its folder.</summary>
    public static EmptyCity On(DispatchOptions options, Action<IServiceCollection>? replace = null) => new(options, replace);

    public string Write(string name, string content, Encoding? encoding = null)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, content, encoding ?? new UTF8Encoding(false));
        return path;
    }

    public async Task<T> WithDbAsync<T>(Func<DispatchContext, Task<T>> work)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<DispatchContext>());
    }

    public async Task<T> InContextAsync<T>(Func<OperationContext, Task<T>> work)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<OperationContext>());
    }

    public Task<Outcome<ImportReport>> ImportAsync(string rosterFile, string casesFile, TextWriter? progress = null) =>
        ImportAsync(new(rosterFile, casesFile), progress);

    public async Task<Outcome<ImportReport>> ImportAsync(ImportCity files, TextWriter? progress = null)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        return await ImportCity.HandleAsync(
            files, scope.ServiceProvider.GetRequiredService<OperationContext>(),
            new ImportProgress(progress ?? TextWriter.Null, TimeProvider.System), CancellationToken.None);
    }

    public Task<Outcome<ImportReport>> ImportTextAsync(string cases, string roster = Roster, Encoding? encoding = null) =>
        ImportAsync(Write("roster.csv", roster, encoding), Write("cases.csv", cases, encoding));

    public Task<Outcome<ExportReport>> ExportAsync(CityFiles files) =>
        InContextAsync(context => ExportCity.HandleAsync(files.Export, context, CancellationToken.None));

    public async Task AssertNothingStoredAsync() => Assert.AreEqual(0, await WithDbAsync(async db =>
        await db.Drivers.CountAsync() + await db.Teams.CountAsync() + await db.Cabs.CountAsync() + await db.Cases.CountAsync()
        + await db.Ledger.CountAsync() + await db.Objections.CountAsync() + await db.Repairs.CountAsync() + await db.Audit.CountAsync()));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        if (Options.DatabaseConnection?.Contains("city_", StringComparison.Ordinal) != false)
            await Options.DropDatabaseAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
