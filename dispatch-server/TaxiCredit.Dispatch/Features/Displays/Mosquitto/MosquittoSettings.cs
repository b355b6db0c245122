using System.Net;
using TaxiCredit.Dispatch.Mqtt;

namespace TaxiCredit.Dispatch.Features.Displays.Mosquitto;

/// <summary>The part of <c>mosquitto.conf</c> that this server needs; <c>docs/operations.md</c> gives the reasons at length.</summary>
internal static class MosquittoSettings
{
    public static string Write(string folder, BrokerSettings settings) => $"""
        # Written by TaxiCredit.Dispatch from its settings; changes here are lost.
        allow_anonymous false
        password_file {Path.Combine(folder, MosquittoAccess.PasswordFile)}
        acl_file {Path.Combine(folder, MosquittoAccess.AccessFile)}

        # 1,000 by default, and what a subscriber does not take at once beyond that is lost: the states of a city.
        max_queued_messages 0
        max_inflight_messages 1000

        # Without it an acknowledgement waits for the client's delayed one: 64 messages in 44 ms instead of 2.
        set_tcp_nodelay true

        # Bytes: a payload has up to 1,024. A longer packet ends its connection before it is read.
        max_packet_size {PacketLimit.MaxBytes}

        # The server fills it from the database at every connection; an old file could only bring back what is no longer true.
        persistence false

        # Servers: two of them side by side have one name and must not push each other out.
        listener {settings.Port} {AddressOf(settings)}
        {Certificate(folder, settings.Tls)}
        # Cabs: the client id is the user name, so that no cab can push another one out.
        listener {settings.CabPort ?? settings.Port} {(settings.CabTls ?? settings.Tls ? "" : "127.0.0.1")}
        use_username_as_clientid true
        {Certificate(folder, settings.CabTls ?? settings.Tls)}
        """;

    /// <summary>An address, not a name; all of the machine's where only a name is known.</summary>
    private static string AddressOf(BrokerSettings settings) => IPAddress.TryParse(settings.Host, out _) || !settings.Tls ? settings.Host : "";

    private static string Certificate(string folder, bool tls) =>
        tls ? $"certfile {Path.Combine(folder, "broker.crt")}\nkeyfile {Path.Combine(folder, "broker.key")}\n" : "";
}
