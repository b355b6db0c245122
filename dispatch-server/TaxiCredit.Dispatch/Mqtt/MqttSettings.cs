using System.Net;
using TaxiCredit.Dispatch.Mqtt.Tls;

namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>Section <c>Mqtt</c> of the configuration.</summary>
internal sealed class MqttSettings
{
    public const string Section = "Mqtt";

    /// <summary>IP address that the embedded broker listens on without TLS, for cabs on this machine: of loopback alone.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>1 to 65,535; 0 takes a free one.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>Messages that may wait for one cab. Beyond it the oldest is dropped and counted; the reconciler repeats what a cab did not get.</summary>
    public int MaxPendingPerCab { get; init; } = 100;

    /// <summary>Null for the embedded broker.</summary>
    public BrokerSettings? Broker { get; init; }

    /// <summary>Null for an embedded broker that no real cab reaches.</summary>
    public TlsSettings? Tls { get; init; }

    /// <summary>The first setting that cannot be, or null.</summary>
    public string? FindFault() => this switch
    {
        { Broker: not null, Tls: not null } =>
            $"{TlsSettings.Section} belongs to the embedded broker, and {BrokerSettings.Section} names another; take one away.",
        { Broker: { } external } => external.FindFault(),
        { Port: < 0 or > ushort.MaxValue } => $"{Section}:Port is {Port}; 0 to 65535.",
        { MaxPendingPerCab: < 8 } => $"{Section}:MaxPendingPerCab is {MaxPendingPerCab}; 8 or more.",
        _ when !IPAddress.TryParse(Address, out var address) || !IPAddress.IsLoopback(address) =>
            $"{Section}:Address is '{Address}'; without TLS the embedded broker listens on loopback alone. For real cabs set {TlsSettings.Section}.",
        _ => Tls?.FindFault(),
    };
}
