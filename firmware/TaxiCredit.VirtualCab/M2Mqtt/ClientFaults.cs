using System;
using System.Collections.Concurrent;

namespace TaxiCredit.VirtualCab.M2Mqtt;

/// <summary>
/// How the stand-in of the device's client behaves for one display: what the real one does in every way known, and how often. The adapter makes its clients
/// itself, so that they find their display by its client id; the network is the display's too.
/// </summary>
internal sealed class ClientFaults(int seed)
{
    private static readonly ConcurrentDictionary<string, ClientFaults> All = new(StringComparer.Ordinal);

    private readonly Random _chance = new(seed);

    /// <summary>Of so many messages one is lost, as are those after it, while the client stays "connected"; 0 for none.</summary>
    public int DeafOneIn { get; init; }

    /// <summary>Of so many messages one breaks the connection before its PUBACK; it is not sent again. 0 for none.</summary>
    public int BreakOneIn { get; init; }

    /// <summary>The client gives up on one of so many messages, and stays connected.</summary>
    public int GiveUpOneIn { get; init; }

    /// <summary>PUBACK is handled before <c>Publish</c> has returned, as far as the broker is quick enough.</summary>
    public bool IsAckEarly { get; init; } = true;

    /// <summary>Between two attempts to send a message, three in all.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What Connect waits for after its CONNECT, whatever becomes of the socket: a thread that never returns.</summary>
    public System.Threading.ManualResetEventSlim? Hang { get; init; }

    /// <summary>Cuts every connection, and lets none be made.</summary>
    public bool IsNetworkDown { get; set; }

    /// <summary>The client in use.</summary>
    public nanoFramework.M2Mqtt.MqttClient? Client { get; set; }

    public static ClientFaults Of(string displayId) => All.GetOrAdd(displayId, _ => new ClientFaults(0));

    public static void Set(string displayId, ClientFaults faults) => All[displayId] = faults;

    public bool Happens(int oneIn)
    {
        if (oneIn == 0) return false;
        lock (_chance) return _chance.Next(oneIn) == 0;
    }
}
