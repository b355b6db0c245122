using System.Buffers;
using System.Collections;
using System.Collections.Concurrent;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>
/// What the embedded broker keeps for cabs, and who reads it. A topic below a display's id has one reader at most, so that finding him is one
/// look-up; MQTTnet's own way goes through all that is retained at each subscription and through all sessions at each publication, which a
/// city's cabs together make quadratic. Thread-safe.
/// </summary>
internal sealed class Mailboxes
{
    private readonly ConcurrentDictionary<string, Mailbox> _boxes = new(StringComparer.Ordinal);

    public void Publish(string topic, ReadOnlyMemory<byte> payload, bool retain) => Of(topic).Publish(payload, retain);

    /// <summary>The session reads a topic from now on, what is retained first.</summary>
    /// <param name="most">QoS that it takes; no message has more than 1.</param>
    public void Open(string topic, MqttSessionStatus session, MqttQualityOfServiceLevel most) => Of(topic).Open(session, most);

    /// <summary>The session reads no more; one that has taken its place stays.</summary>
    /// <param name="items">Of the session, by which it is known.</param>
    public void Close(string topic, IDictionary items) => Of(topic).Close(items);

    private Mailbox Of(string topic) => _boxes.GetOrAdd(topic, static topic => new(topic));

    private sealed class Mailbox(string topic)
    {
        // One at a time, so that a reader never gets the older of two after the newer.
        private readonly Lock _gate = new();
        private ReadOnlyMemory<byte>? _retained;
        private MqttSessionStatus? _reader;
        private MqttQualityOfServiceLevel _most;

        public void Publish(ReadOnlyMemory<byte> payload, bool retain)
        {
            lock (_gate)
            {
                // As everywhere in MQTT: nothing, retained, means that nothing is kept; and nobody is told of that.
                if (retain)
                    _retained = payload.IsEmpty ? null : payload;
                if (!payload.IsEmpty)
                    Send(payload, retain: false);
            }
        }

        public void Open(MqttSessionStatus session, MqttQualityOfServiceLevel most)
        {
            lock (_gate)
            {
                (_reader, _most) = (session, most);
                if (_retained is { } payload)
                    Send(payload, retain: true);
            }
        }

        public void Close(IDictionary items)
        {
            lock (_gate)
            {
                if (ReferenceEquals(_reader?.Items, items))
                    _reader = null;
            }
        }

        private void Send(ReadOnlyMemory<byte> payload, bool retain)
        {
            try
            {
                _reader?.TryEnqueueApplicationMessage(
                    new MqttApplicationMessage
                    {
                        Topic = topic,
                        Payload = new ReadOnlySequence<byte>(payload),
                        QualityOfServiceLevel = _most == MqttQualityOfServiceLevel.AtMostOnce ? _most : MqttQualityOfServiceLevel.AtLeastOnce,
                        Retain = retain,
                    },
                    out _);
            }
            catch (ObjectDisposedException)
            {
                // Another connection has taken the session's place and has not subscribed yet.
                _reader = null;
            }
        }
    }
}
