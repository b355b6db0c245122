using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Features.Metrics;
using TaxiCredit.Dispatch.Machine;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Mqtt.Tls;

namespace TaxiCredit.Dispatch.CommandLine;

/// <summary>Finds out before anything else that another program listens where this one is to: a second server must leave the first its work.</summary>
internal static class TakenPort
{
    /// <returns>A line that says which and what to do; null if all are free.</returns>
    public static string? Find(IServiceProvider services, DispatchOptions options)
    {
        var listen = services.GetRequiredService<FrontSettings>().ListenAddress;
        if (IsTaken(listen, options.Port))
            return Tell(listen, options.Port, "--port");
        if (MetricsFeature.PortOf(services.GetRequiredService<IConfiguration>()) is { } metrics && IsTaken(IPAddress.Loopback, metrics))
            return Tell(IPAddress.Loopback, metrics, MetricsFeature.PortKey);
        var mqtt = services.GetRequiredService<IOptions<MqttSettings>>().Value;
        var address = IPAddress.Parse(mqtt.Address);
        if (mqtt.Broker is not null)
            return null;
        if (IsTaken(address, mqtt.Port))
            return Tell(address, mqtt.Port, "--mqtt-port");
        return mqtt.Tls is { } tls && IPAddress.Parse(tls.Address) is var outside && IsTaken(outside, tls.Port)
            ? Tell(outside, tls.Port, $"{TlsSettings.Section}:Port")
            : null;
    }

    private static string Tell(IPAddress address, int port, string option) =>
        $"Port {port} at {address} is in use, by this server already running or by another program; {option} takes another. Nothing was done.";

    private static bool IsTaken(IPAddress address, int port)
    {
        if (port == 0)
            return false;
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
            return false;
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return true;
        }
    }
}
