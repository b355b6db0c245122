namespace TaxiCredit.Firmware.Logic.Ports;

/// <summary>
/// An MQTT connection to the broker. No call blocks: what happens is reported through <see cref="Inbox"/>. The adapter
/// makes a new client for every attempt, connects with a clean session and a last will, and neither reconnects nor
/// subscribes by itself.
/// </summary>
internal interface ILink
{
    /// <summary>What the link reports, in the order in which it happened.</summary>
    LinkInbox Inbox { get; }

    /// <summary>False when what carries out attempts has died, or does not return and cannot be replaced: only a restart helps.</summary>
    bool IsAlive { get; }

    /// <summary>Starts an attempt; ends in an Opened, Denied or Closed report that carries <paramref name="attempt"/>.</summary>
    /// <param name="attempt">Number of the attempt; reports of other attempts are ignored.</param>
    /// <param name="password">Password; user name and client id are the display id.</param>
    void Open(int attempt, string password);

    /// <summary>Ends the connection or the attempt, without the last will. Nothing more is reported for it.</summary>
    void Close();

    /// <summary>Subscribes at QoS 1; ends in a Subscribed report with the attempt once the broker has granted everything, or in a Failed one.</summary>
    void Subscribe(string[] topics);

    /// <summary>Publishes a message at QoS 1; a Delivered or a Failed report with <paramref name="id"/> may follow.</summary>
    void Publish(int id, string topic, byte[] payload, bool retain);
}
