using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.World;

/// <summary>
/// Network, broker and client at their worst, M2Mqtt's documented faults included: a message whose connection breaks before
/// its PUBACK is not sent again and nobody says so; a client gives up on a message and stays "connected"; a connection is
/// dead and nobody notices; attempts fail, are refused, or never end.
/// </summary>
internal sealed class FaultyLink(World world, Random chance) : ILink
{
    private int _attempt;
    private bool _isDead;

    public LinkInbox Inbox { get; } = new LinkInbox();

    public bool IsOpen { get; private set; }

    public bool IsAlive => true;

    public void Open(int attempt, string password)
    {
        _attempt = attempt;
        _isDead = false;
        IsOpen = false;
        int fate = world.IsCalm ? 9 : chance.Next(10);
        if (!world.IsNetworkUp) fate = 0;
        if (fate == 1) return;
        if (fate < 4)
        {
            Inbox.Add(LinkReport.Closed, attempt, "", null);
            return;
        }

        IsOpen = true;
        Inbox.Add(LinkReport.Opened, attempt, "", null);
    }

    public void Close() => IsOpen = false;

    public void Subscribe(string[] topics)
    {
        if (!IsOpen || _isDead) return;

        // A SUBSCRIBE that is lost, or a broker that does not answer it: the connection is deaf.
        if (!world.IsCalm && chance.Next(20) == 0) return;
        Inbox.Add(LinkReport.Subscribed, _attempt, "", null);
        world.SendRetained();
    }

    public void Publish(int id, string topic, byte[] payload, bool retain)
    {
        if (!IsOpen || _isDead) return;
        int fate = world.IsCalm ? 99 : chance.Next(100);
        if (fate < 3)
        {
            // Broken before the PUBACK: the message may have arrived or not.
            if (fate == 0) world.Arrive(topic, payload);
            Break();
        }
        else if (fate < 5)
        {
            Inbox.Add(LinkReport.Failed, id, "", null);
        }
        else if (fate < 6)
        {
            _isDead = true;
        }
        else
        {
            Inbox.Add(LinkReport.Delivered, id, "", null);
            world.Arrive(topic, payload);
        }
    }

    public void Break()
    {
        if (!IsOpen) return;
        IsOpen = false;
        Inbox.Add(LinkReport.Closed, _attempt, "", null);
    }

    /// <returns>Whether the message reached the cab.</returns>
    public bool Deliver(string topic, byte[] payload)
    {
        if (!IsOpen || _isDead) return false;
        Inbox.Add(LinkReport.Message, 0, topic, payload);
        return true;
    }
}
