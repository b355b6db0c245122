using System.Text;
using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.Bench;

/// <summary>A link without a network: records what the logic does, and reports what the test says.</summary>
internal sealed class FakeLink : ILink
{
    public LinkInbox Inbox { get; } = new LinkInbox();

    public int Attempt { get; private set; }

    public int Opens { get; private set; }

    public int Closes { get; private set; }

    public string Password { get; private set; } = "";

    public bool IsOpen { get; private set; }

    public string[] Subscribed { get; private set; } = [];

    public int Subscriptions { get; private set; }

    public List<Sent> Messages { get; } = [];

    /// <summary>Attempts succeed at once, and the broker acknowledges everything.</summary>
    public bool IsBrokerUp { get; set; }

    /// <summary>The passwords that the broker lets in; null for any.</summary>
    public Func<string, bool>? Accepts { get; set; }

    /// <summary>Every password that was tried.</summary>
    public List<string> Passwords { get; } = [];

    /// <summary>A fault to plant: a refused password is reported like any attempt that failed.</summary>
    public bool SwallowsRefusals { get; set; }

    /// <summary>Whether the TLS handshake succeeds; null where there is none.</summary>
    public Func<bool>? Handshakes { get; set; }

    public bool IsAlive { get; set; } = true;

    /// <summary>The broker grants subscriptions.</summary>
    public bool Grants { get; set; } = true;

    public void Open(int attempt, string password)
    {
        Passwords.Add(password);
        Attempt = attempt;
        Password = password;
        Opens++;
        Subscribed = [];
        bool isBroken = IsBrokerUp && Handshakes?.Invoke() == false;
        bool isDenied = IsBrokerUp && !isBroken && Accepts?.Invoke(password) == false;
        IsOpen = IsBrokerUp && !isDenied && !isBroken;
        if (isBroken) Inbox.Add(LinkReport.Closed, attempt, "", null);
        else if (isDenied) Inbox.Add(SwallowsRefusals ? LinkReport.Closed : LinkReport.Denied, attempt, "", null);
        else if (IsBrokerUp) Inbox.Add(LinkReport.Opened, attempt, "", null);
    }

    public void Close()
    {
        IsOpen = false;
        Closes++;
        Subscribed = [];
    }

    public void Subscribe(string[] topics)
    {
        Subscribed = topics;
        Subscriptions++;
        if (Grants) Inbox.Add(LinkReport.Subscribed, Attempt, "", null);
    }

    public void Publish(int id, string topic, byte[] payload, bool retain)
    {
        Messages.Add(new Sent(id, topic, payload, retain));
        if (IsBrokerUp) Inbox.Add(LinkReport.Delivered, id, "", null);
    }

    /// <summary>The connection breaks.</summary>
    public void Break()
    {
        IsOpen = false;
        Inbox.Add(LinkReport.Closed, Attempt, "", null);
    }

    public void Deliver(string topic, byte[] payload) => Inbox.Add(LinkReport.Message, 0, topic, payload);

    internal sealed record Sent(int Id, string Topic, byte[] Payload, bool Retain)
    {
        public string Json => Encoding.UTF8.GetString(Payload, 65, Payload.Length - 65);
    }
}
