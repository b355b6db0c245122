using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>Section <c>Mqtt:Broker</c> of the configuration: an external broker, MQTT 5, instead of the embedded one.</summary>
internal sealed class BrokerSettings
{
    public const string Section = $"{MqttSettings.Section}:Broker";

    public const string DefaultUser = "taxicredit_server";

    /// <summary>Name or address.</summary>
    public string Host { get; init; } = "";

    /// <summary>1 to 65,535.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>Its underscore is in no display id.</summary>
    public string User { get; init; } = DefaultUser;

    /// <summary>Belongs in the environment (<c>Mqtt__Broker__Password</c>), not in a file of settings.</summary>
    public string Password { get; init; } = "";

    /// <summary>TLS 1.2 or later; the broker's certificate must name <see cref="Host"/>.</summary>
    public bool Tls { get; init; }

    /// <summary>PEM of the authority that signed the broker's certificate; without it those of the machine count. New units get it too.</summary>
    public string? CaFile { get; init; }

    /// <summary>Where cabs find the broker if not where this server does, as new units are told.</summary>
    public string? CabHost { get; init; }

    public int? CabPort { get; init; }

    public bool? CabTls { get; init; }

    /// <summary>Folder in which Mosquitto's password file and access list are kept up with the registry; none by default.</summary>
    public string? AccessFolder { get; init; }

    /// <summary>Mosquitto's <c>pid_file</c>: who stands in it is sent SIGHUP after a change in <see cref="AccessFolder"/>.</summary>
    public string? PidFile { get; init; }

    /// <summary>The first setting that cannot be, or null.</summary>
    public string? FindFault() => this switch
    {
        { Host: "" } => $"{Section}:Host is empty; it takes the broker's name or address.",
        { Port: < 1 or > ushort.MaxValue } => $"{Section}:Port is {Port}; 1 to 65535.",
        { CabPort: < 1 or > ushort.MaxValue } => $"{Section}:CabPort is {CabPort}; 1 to 65535.",
        { Password: "" } => $"{Section}:Password is empty; give it by the environment, Mqtt__Broker__Password.",
        { CaFile: { } ca } when !File.Exists(ca) => $"{Section}:CaFile is '{ca}', which is no file.",
        { PidFile: not null, AccessFolder: null } => $"{Section}:PidFile belongs to AccessFolder.",
        _ when Topics.IsDisplayCode(User) || User is "" || User.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-')) =>
            $"{Section}:User is '{User}'; letters, digits, '_' and '-', and no name that a display can have: {DefaultUser}.",
        _ => null,
    };
}
