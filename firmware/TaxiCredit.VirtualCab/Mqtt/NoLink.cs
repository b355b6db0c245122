using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.VirtualCab.Mqtt;

/// <summary>No network at all, for simulated time: every attempt fails. Messages can still be injected.</summary>
internal sealed class NoLink : IVirtualLink
{
    public LinkInbox Inbox { get; } = new LinkInbox();

    public bool IsAlive => true;

    public void Open(int attempt, string password) => Inbox.Add(LinkReport.Closed, attempt, "", null);

    public void Close()
    {
        // Nothing is open.
    }

    public void Subscribe(string[] topics)
    {
        // Nothing is ever open.
    }

    public void Publish(int id, string topic, byte[] payload, bool retain)
    {
        // Nothing is ever open.
    }

    public void SetNetworkDown(bool isDown)
    {
        // It always is.
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
