using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Machine;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Demo;

/// <summary>
/// What the demo leaves in its data folder for those outside the server: a token for the API, and each cab's <c>config.json</c>. All of it mode 0600.
/// </summary>
internal static class DemoFiles
{
    public static async Task WriteAsync(IServiceProvider services, DispatchOptions options, int count, CancellationToken stop)
    {
        var context = services.GetRequiredService<OperationContext>();
        var token = Path.Combine(options.Data, "demo-token");
        if (!File.Exists(token))
            WriteSecret(token, await BearerTokens.CreateAsync(context.Db, "demo", [Scope.Read, Scope.ReadFiles], context.Now, stop));
        await DemoAccounts.MakeAsync(context.Db, stop);
        await ProvisionAsync(context, services.GetRequiredService<DisplayServices>(), options, count, stop);
    }

    /// <summary>Gives the first cabs a display each, by the ordinary operation. Those that have one keep it and learn the broker's port again.</summary>
    private static async Task ProvisionAsync(OperationContext context, DisplayServices displays, DispatchOptions options, int count, CancellationToken stop)
    {
        var cabs = await context.Db.Cabs.AsNoTracking().OrderBy(c => c.Code).Take(count).Select(c => c.Code).ToListAsync(stop);
        await using var batch = await context.BeginAsync(stop);
        foreach (var cab in cabs)
        {
            var id = cab.Replace("cab-", "disp-", StringComparison.Ordinal);
            var file = Path.Combine(options.Data, "cabs", id, "config.json");
            if (File.Exists(file))
            {
                var unit = JsonNode.Parse(await File.ReadAllTextAsync(file, stop))!;
                unit["port"] = displays.Broker.Port;
                WriteSecret(file, unit.ToJsonString());
                continue;
            }

            var provisioned = await ProvisionDisplay.HandleAsync(new ProvisionDisplay(DemoActors.Admin, id, cab), context, displays, stop);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            WriteSecret(file, JsonSerializer.Serialize(provisioned.Value));
        }

        await batch.CommitAsync(stop);
    }

    private static void WriteSecret(string file, string content)
    {
        using var writer = new StreamWriter(file, PrivateFile.Making(FileMode.Create));
        writer.Write(content);
    }
}
