using System.Threading.Channels;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Mqtt;

/// <param name="Payload">Neither authenticated nor checked for length yet.</param>
/// <param name="IsRetained">A broker had kept it and sent it because this server subscribed: its time of publication is unknown.</param>
internal sealed record CabMessage(string Topic, ReadOnlyMemory<byte> Payload, DateTimeOffset ReceivedAt, bool IsRetained = false);

/// <summary>
/// What cabs have published, in the order of its arrival, until the one reader takes it in batches. When it is full the broker
/// waits, and with it, before their PUBACK, the cabs. A display has its share of it, see <see cref="CabQuota"/>.
/// </summary>
internal sealed class CabInbox(ICabIdentities cabs, RefusedCounts refused)
{
    private const int Room = 20_000;

    private readonly CabQuota _quota = new();

    private readonly Channel<CabMessage> _messages =
        Channel.CreateBounded<CabMessage>(new BoundedChannelOptions(Room) { SingleReader = true });

    /// <summary>Waits for room. A message beyond its display's quota is counted and dropped.</summary>
    public ValueTask PutAsync(CabMessage message, CancellationToken stop)
    {
        // What the broker has kept comes from the subscription and not from a cab: one a display.
        if (message.IsRetained || !Topics.TrySplit(message.Topic, out var displayCode, out _) || !cabs.IsKnown(displayCode)
            || _quota.TryTake(displayCode, message.ReceivedAt))
            return _messages.Writer.WriteAsync(message, stop);
        refused.Add(displayCode, RefusedBecause.Rate);
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits for the first message and takes what else is there.</summary>
    /// <param name="batch">Is emptied and filled.</param>
    public async Task TakeAsync(List<CabMessage> batch, int most, CancellationToken stop)
    {
        batch.Clear();
        batch.Add(await _messages.Reader.ReadAsync(stop));
        while (batch.Count < most && _messages.Reader.TryRead(out var message))
            batch.Add(message);
    }
}
