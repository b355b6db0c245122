namespace TaxiCredit.Firmware.Logic.Link;

/// <summary>
/// What a unit may cost on a mobile network: a bucket of bytes for everything that it sends and connects for. Changes, incidents and attempts wait when it
/// is empty; heartbeats do not, and are paid for all the same.
/// </summary>
internal sealed class Budget
{
    /// <summary>Refill, 41.5 MB in a month of 30 days: below three times the 15 MB of normal service, for whatever chatters.</summary>
    public const int BytesPerSecond = 16;

    /// <summary>Ten connections, or sixty states, at once.</summary>
    public const int Capacity = 65536;

    /// <summary>
    /// Beside the payload, both ways: MQTT with the topic 29, TLS 29 and TCP/IP 40, PUBACK with the same 73, acknowledgements of TCP 80.
    /// </summary>
    public const int PerMessage = 251;

    /// <summary>A batch of incidents is answered by a message of the server.</summary>
    public const int PerBatch = 250 + (2 * PerMessage);

    /// <summary>A part of a package, which is asked for by a state.</summary>
    public const int PerChunk = 1024 + PerMessage;

    /// <summary>TCP and TLS handshakes with a chain of two certificates, CONNECT, SUBSCRIBE and the two retained messages.</summary>
    public const int PerConnection = 6000;

    /// <summary>What an attempt waits for: a connection, and a state and three batches over it. Else a link that keeps breaking would never deliver.</summary>
    public const int ForAttempt = 2 * PerConnection;

    /// <summary>When the bucket will be full again, in 1/16 ms.</summary>
    private long _fullAt;

    public void Spend(int bytes, long uptime)
    {
        long now = uptime * BytesPerSecond;
        if (_fullAt < now) _fullAt = now;
        _fullAt += bytes * 1000L;
    }

    /// <summary>How long to wait until so much is left, ms; 0 when there is.</summary>
    public long WaitFor(int bytes, long uptime)
    {
        long missing = _fullAt - (uptime * BytesPerSecond) - ((Capacity - bytes) * 1000L);
        return missing <= 0 ? 0 : (missing + BytesPerSecond - 1) / BytesPerSecond;
    }
}
