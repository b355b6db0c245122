using System;
using System.Collections.Generic;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.VirtualCab.Mqtt;

/// <summary>
/// Makes a good client behave like the device's, M2Mqtt 5.1, at its worst: a QoS 1 message whose connection breaks before
/// its PUBACK is lost silently; the client gives up on a message and stays connected; it is
/// "connected" and nothing arrives any more; it queues without bound and sends everything at once, late.
/// </summary>
internal sealed class M2MqttFaults(IVirtualLink good, int seed) : IVirtualLink
{
    private const int OneIn = 12;

    private readonly Random _chance = new(seed);
    private readonly Queue<(int Id, string Topic, byte[] Payload, bool Retain)> _held = new();
    private bool _isDead;

    public LinkInbox Inbox => good.Inbox;

    public void Open(int attempt, string password)
    {
        _isDead = false;
        _held.Clear();
        good.Open(attempt, password);
    }

    public void Close() => good.Close();

    public void Subscribe(string[] topics) => good.Subscribe(topics);

    public void Publish(int id, string topic, byte[] payload, bool retain)
    {
        if (_isDead) return;
        switch (_chance.Next(4 * OneIn))
        {
            case 0:
                good.SetNetworkDown(true);
                good.SetNetworkDown(false);
                return;
            case 1:
                good.Inbox.Add(LinkReport.Failed, id, "", null);
                return;
            case 2:
                _isDead = true;
                return;
            case < OneIn:
                _held.Enqueue((id, topic, payload, retain));
                return;
            default:
                while (_held.TryDequeue(out (int Id, string Topic, byte[] Payload, bool Retain) late))
                {
                    good.Publish(late.Id, late.Topic, late.Payload, late.Retain);
                }

                good.Publish(id, topic, payload, retain);
                return;
        }
    }

    public void SetNetworkDown(bool isDown) => good.SetNetworkDown(isDown);

    public void Dispose() => good.Dispose();
}
