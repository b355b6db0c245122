using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>Stands in for the link until the configuration has been read, after the first light; without a configuration it stays.</summary>
internal sealed class LazyLink : ILink
{
    private readonly LinkInbox _none = new LinkInbox();
    private ILink? _link;

    public LinkInbox Inbox => _link == null ? _none : _link.Inbox;

    public bool IsAlive => _link == null || _link.IsAlive;

    public void Use(ILink link) => _link = link;

    public void Open(int attempt, string password) => _link?.Open(attempt, password);

    public void Close() => _link?.Close();

    public void Subscribe(string[] topics) => _link?.Subscribe(topics);

    public void Publish(int id, string topic, byte[] payload, bool retain) => _link?.Publish(id, topic, payload, retain);
}
