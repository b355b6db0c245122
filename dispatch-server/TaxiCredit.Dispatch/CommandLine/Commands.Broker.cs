using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Features.Displays.Mosquitto;
using TaxiCredit.Dispatch.Mqtt;

namespace TaxiCredit.Dispatch.CommandLine;

internal static partial class Commands
{
    /// <summary>Writes what Mosquitto has to know of the displays. Exit code 2: settings are invalid; 1: the files could not be written.</summary>
    public static Task<int> BrokerAccessAsync(DispatchOptions options, string folder) => WithDatabaseAsync(options, async (services, db) =>
    {
        BrokerSettings? settings;
        try
        {
            settings = services.GetRequiredService<IOptions<MqttSettings>>().Value.Broker;
        }
        catch (OptionsValidationException faults)
        {
            return Fail(faults.Message);
        }
        if (settings is null)
            return Fail($"{BrokerSettings.Section} names no broker; the embedded one asks the registry itself. See docs/operations.md.");
        if (settings.CabPort is null || settings.CabPort == settings.Port)
            return Fail($"{BrokerSettings.Section}:CabPort: cabs take a listener of their own, at another port than the servers'.");

        try
        {
            var displays = await services.GetRequiredService<MosquittoAccess>().WriteAsync(folder, settings, db, CancellationToken.None);
            Console.WriteLine($"wrote {displays} displays and '{settings.User}' to {folder}; have Mosquitto read them: SIGHUP");
            return 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The files were not written: {failure.Message}");
            return NotCarriedOut;
        }
    });
}
