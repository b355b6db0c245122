using System.Net;

namespace TaxiCredit.Dispatch.Mqtt.Tls;

/// <summary>Section <c>Mqtt:Tls</c> of the configuration: a listener of the embedded broker that cabs reach over a network. Absent: none.</summary>
internal sealed class TlsSettings
{
    public const string Section = $"{MqttSettings.Section}:Tls";

    /// <summary>Name by which cabs find this server, as their <c>config.json</c> and the certificate have it.</summary>
    public string Host { get; init; } = "";

    /// <summary>IP address to listen on; by default all of IPv4.</summary>
    public string Address { get; init; } = "0.0.0.0";

    /// <summary>1 to 65,535; 0 takes a free one.</summary>
    public int Port { get; init; } = 8883;

    /// <summary>Where cabs connect, if what stands in front of this server listens elsewhere.</summary>
    public int? CabPort { get; init; }

    /// <summary>Folder that <c>broker-ca</c> made: certificate, key and authorities, and renewal by this server. Instead of the three files.</summary>
    public string? Folder { get; init; }

    /// <summary>PEM: the certificate, and behind it those between it and the authority.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM: the certificate's private key.</summary>
    public string? KeyFile { get; init; }

    /// <summary>PEM: the one or two authorities that units are told to trust.</summary>
    public string? CaFile { get; init; }

    /// <summary>Seconds from the first packet of TCP to an accepted CONNECT, 5 to 300. A unit on a slow network takes some for TLS alone.</summary>
    public int ConnectSeconds { get; init; } = 30;

    /// <summary>Connections of one address (of IPv6 its first 64 bits) that have not come to an accepted CONNECT, 1 to 10,000.</summary>
    public int MaxWaitingPerAddress { get; init; } = 250;

    /// <summary>The first setting that cannot be, or null. Dates are not asked: a server starts with an expired certificate, and says so.</summary>
    public string? FindFault() => this switch
    {
        { Host: "" } => $"{Section}:Host is empty; it takes the name by which cabs find this server, as the certificate has it.",
        _ when Uri.CheckHostName(Host) is UriHostNameType.Unknown or UriHostNameType.Basic =>
            $"{Section}:Host is '{Host}'; it takes a host name or an address.",
        _ when !IPAddress.TryParse(Address, out _) => $"{Section}:Address is '{Address}'; it takes an IP address of this machine, or 0.0.0.0 for all.",
        { Port: < 0 or > ushort.MaxValue } => $"{Section}:Port is {Port}; 0 to 65535.",
        { CabPort: < 1 or > ushort.MaxValue } => $"{Section}:CabPort is {CabPort}; 1 to 65535.",
        { ConnectSeconds: < 5 or > 300 } => $"{Section}:ConnectSeconds is {ConnectSeconds}; 5 to 300.",
        { MaxWaitingPerAddress: < 1 or > 10_000 } => $"{Section}:MaxWaitingPerAddress is {MaxWaitingPerAddress}; 1 to 10000.",
        { Folder: not null, CertificateFile: null, KeyFile: null, CaFile: null }
            or { Folder: null, CertificateFile: not null, KeyFile: not null, CaFile: not null } =>
            CertificateSet.Read(this, out var fault) is null ? fault : null,
        _ => $"{Section} takes Folder, which broker-ca makes, or else CertificateFile, KeyFile and CaFile.",
    };
}
