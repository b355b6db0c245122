using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using MQTTnet.Exceptions;
using TaxiCredit.Firmware.Logic.Provisioning;

namespace TaxiCredit.VirtualCab.Conform;

/// <summary>Holds a server against PROTOCOL.md, line by line.</summary>
internal static class Conformance
{
    /// <returns>How many lines it does not hold.</returns>
    public static async Task<int> RunAsync(UnitConfig config, TimeSpan patience, TextWriter to)
    {
        await using var checks = new ServerChecks(config, patience);
        return await RunAsync(checks.All, to).ConfigureAwait(false);
    }

    /// <summary>The lines of a server that offers a package to this display.</summary>
    /// <returns>How many lines it does not hold.</returns>
    public static async Task<int> RunUpdateAsync(UnitConfig config, TimeSpan patience, TextWriter to)
    {
        await using var checks = new UpdateChecks(config, patience);
        return await RunAsync(checks.All, to).ConfigureAwait(false);
    }

    private static async Task<int> RunAsync(IReadOnlyList<ServerCheck> checks, TextWriter to)
    {
        int failed = 0;
        foreach (ServerCheck check in checks)
        {
            string? fault = await FaultOfAsync(check).ConfigureAwait(false);
            if (fault != null) failed++;
            to.WriteLine(fault == null ? $"ok     {check.Name}: {check.Must}" : $"FAILS  {check.Name}: {check.Must}: {fault}");
        }

        to.WriteLine(failed == 0 ? $"{checks.Count} lines hold" : $"{failed} of {checks.Count} lines do not hold");
        return failed;
    }

    private static async Task<string?> FaultOfAsync(ServerCheck check)
    {
        try
        {
            return await check.TryAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is MqttCommunicationException or MqttProtocolViolationException or InvalidOperationException)
        {
            return e.Message;
        }
        catch (OperationCanceledException)
        {
            return "no reply";
        }
    }
}
