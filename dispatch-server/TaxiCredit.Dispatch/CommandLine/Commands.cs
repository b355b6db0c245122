using System.Data.Common;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Verification;
using TaxiCredit.Dispatch.Machine;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.CommandLine;

/// <summary>What the program does for each word of the command line; the result is the exit code.</summary>
internal static partial class Commands
{
    public static async Task<int> ServeAsync(DispatchOptions options)
    {
        await using var app = DispatchServer.Build(options);
        if (TakenPort.Find(app.Services, options) is { } taken)
        {
            await Console.Error.WriteLineAsync(taken);
            return CommandRun.Failed;
        }

        await app.PrepareAsync("rongcheng", CancellationToken.None);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var context = scope.ServiceProvider.GetRequiredService<OperationContext>();
            await FirstAdmin.RefuseDemoAsync(context.Db, CancellationToken.None);
            await OfficeCheck.WarnAsync(context.Db, app.Services.GetRequiredService<ILogger<Actor>>(), CancellationToken.None);
            if (await FirstAdmin.InviteAsync(context, CancellationToken.None) is { } secret)
                Console.WriteLine($"first admin {OwnAddress(app.Services, options)}/invitation/{secret}  good once, for a day");
        }

        await app.StartAsync();
        var broker = app.Services.GetRequiredService<IBrokerAddress>();
        Console.WriteLine($"ready {OwnAddress(app.Services, options)}  {(broker.Tls ? "mqtts" : "mqtt")} {broker.Host}:{broker.Port}");
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Exit code 0: no difference; 1: a difference; 2: no database there, or one of another version, or invalid settings.</summary>
    public static Task<int> VerifyAsync(DispatchOptions options) => WithReadOnlyAsync(options, async (_, db) =>
    {
        var proven = await VerifyCity.RunAsync(db, Console.WriteLine, CancellationToken.None);
        Console.WriteLine(proven?.ToString() ?? "not verified");
        return proven is null ? 1 : 0;
    });

    /// <summary>Runs against a database that this cannot write to, as it was at one moment.</summary>
    private static async Task<int> WithReadOnlyAsync(DispatchOptions options, Func<IServiceProvider, DispatchContext, Task<int>> run)
    {
        await using var app = Build(options);
        try
        {
            await using var db = await ReadOnlyDatabase.OpenAsync(app.Services.GetRequiredService<DatabaseSettings>(), CancellationToken.None);
            await using var moment = await db.BeginReadAsync(CancellationToken.None);
            return await run(app.Services, db);
        }
        catch (Exception fault) when (fault is InvalidDataException or DbException)
        {
            return Fail(fault.Message);
        }
    }

    public static Task<int> TokenAsync(DispatchOptions options, string name, string[] scopes) => WithDatabaseAsync(options, async (services, _) =>
    {
        var context = services.GetRequiredService<OperationContext>();
        var made = await MakeToken.HandleAsync(new("", name, scopes), SystemUser.Name, context, CancellationToken.None);
        if (made.Refusal is { } refusal)
            return Fail(refusal.Detail);

        Console.WriteLine(made.Value);
        return 0;
    });

    public static Task<int> ActorAsync(DispatchOptions options, string name, string roleName) => WithDatabaseAsync(options, async (services, _) =>
    {
        if (!Enum.TryParse<Role>(roleName, ignoreCase: true, out var role))
            return Fail($"'{roleName}' is not a role at the bureau: --role officer|supervisor|auditor|admin.");

        var context = services.GetRequiredService<OperationContext>();
        var added = await AddActor.HandleAsync(new(name, role, SystemUser.Name), context, CancellationToken.None);
        return added.Refusal is { } refusal ? Fail(refusal.Detail) : 0;
    });

    /// <summary>Prints a link by which an admin gets in again. Exit code 2: no admin is named so.</summary>
    public static Task<int> ResetAdminAsync(DispatchOptions options, string name) => WithDatabaseAsync(options, async (services, _) =>
    {
        var context = services.GetRequiredService<OperationContext>();
        var reset = await ResetAdmin.HandleAsync(new(name, SystemUser.Name), context, CancellationToken.None);
        if (reset.Refusal is { } refusal)
            return Fail(refusal.Detail);

        Console.WriteLine($"{OwnAddress(services, options)}/invitation/{reset.Value}  good once, for a day");
        return 0;
    });

    private static string OwnAddress(IServiceProvider services, DispatchOptions options) =>
        services.GetRequiredService<FrontSettings>().OwnAddress(options.Port);

    /// <summary>Runs against the database of a folder without serving it.</summary>
    private static async Task<int> WithDatabaseAsync(DispatchOptions options, Func<IServiceProvider, DispatchContext, Task<int>> run)
    {
        await using var app = Build(options);
        try
        {
            await app.PrepareAsync("rongcheng", CancellationToken.None);
        }
        catch (OptionsValidationException faults)
        {
            return Fail(faults.Message);
        }

        await using var scope = app.Services.CreateAsyncScope();
        return await run(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<DispatchContext>());
    }

    /// <summary>A server that is not started. What it logs goes to standard error: standard output is what the command was asked for.</summary>
    private static WebApplication Build(DispatchOptions options) => DispatchServer.Build(
        options, services => services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return CommandRun.NotUnderstood;
    }
}
