using System.Net;
using System.Net.Sockets;

namespace TaxiCredit.Dispatch.Machine;

/// <summary>Where HTTP is listened for, and which proxies are believed when they say who asks.</summary>
internal sealed class FrontSettings
{
    public const string Section = "Http";

    /// <summary>More proxies than these one behind the other are a mistake in counting.</summary>
    public const int MaxHops = 5;

    private IReadOnlyList<IPNetwork>? _networks;

    /// <summary>Beside a proxy on this machine: one address of it, or 0.0.0.0 or :: for all.</summary>
    public string Listen { get; set; } = "127.0.0.1";

    /// <summary>
    /// Addresses and networks (10.0.3.0/24) of proxies on other machines, separated by spaces or commas. This machine's own are always believed; all
    /// others are refused.
    /// </summary>
    public string Proxies { get; set; } = "";

    /// <summary>Proxies that a request comes through, 1 to <see cref="MaxHops"/>. With more, each but the last must be one of <see cref="Proxies"/>.</summary>
    public int Hops { get; set; } = 1;

    /// <exception cref="InvalidDataException">A setting cannot be.</exception>
    public static FrontSettings Read(IConfiguration configuration)
    {
        var settings = new FrontSettings();
        settings.Listen = configuration[$"{Section}:{nameof(Listen)}"] ?? settings.Listen;
        settings.Proxies = configuration[$"{Section}:{nameof(Proxies)}"] ?? "";
        settings.Hops = int.TryParse(configuration[$"{Section}:{nameof(Hops)}"] ?? "1", out var hops) ? hops : 0;
        return settings.FindFault() is { } fault ? throw new InvalidDataException(fault) : settings;
    }

    public IPAddress ListenAddress => IPAddress.Parse(Listen);

    public IReadOnlyList<IPNetwork> Networks => _networks ??= [.. Words(Proxies).Select(TryNetwork).OfType<IPNetwork>()];

    /// <summary>Where a person at this machine finds the server.</summary>
    public string OwnAddress(int port)
    {
        var listen = ListenAddress;
        return $"http://{new IPEndPoint(IPAddress.Any.Equals(listen) || IPAddress.IPv6Any.Equals(listen) ? IPAddress.Loopback : listen, port)}";
    }

    /// <summary>This machine, or a proxy that is named. Null is a connection without an address: a socket of this machine.</summary>
    public bool IsTrusted(IPAddress? address) =>
        address is null || IPAddress.IsLoopback(address) || Networks.Any(network => network.Contains(AddressGroup.Unmapped(address)));

    private string? FindFault()
    {
        if (!IPAddress.TryParse(Listen, out var listen) || listen.ToString() != Listen)
            return $"{Section}:{nameof(Listen)} is '{Listen}'; it takes an address of this machine, as 127.0.0.1, 10.0.3.7, 0.0.0.0 or ::";
        if (Words(Proxies).FirstOrDefault(word => TryNetwork(word) is null) is { } wrong)
            return $"{Section}:{nameof(Proxies)} has '{wrong}'; it takes addresses and networks, as 10.0.3.7 or 10.0.3.0/24, and none that holds every address";
        if (Hops is < 1 or > MaxHops)
            return $"{Section}:{nameof(Hops)} is not 1 to {MaxHops}";
        return !IPAddress.IsLoopback(listen) && Networks.Count == 0
            ? $"{Section}:{nameof(Listen)} is {Listen}, where other machines reach it without TLS: name the proxy in front in {Section}:{nameof(Proxies)}"
            : null;
    }

    private static string[] Words(string text) =>
        text.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IPNetwork? TryNetwork(string word)
    {
        if (IPAddress.TryParse(word, out var address))
            return new(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        return IPNetwork.TryParse(word, out var network) && network.PrefixLength > 0 ? network : null;
    }
}
