using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;
using MQTTnet.Exceptions;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>
/// A connection on which no packet is longer than <see cref="MaxBytes"/>. MQTTnet allocates what a packet's header announces, up to
/// 256 MiB and before it knows who is there; this looks at the header first, as it goes by. It also ends what MQTTnet lets pass: flags that the
/// standard reserves, packets that only a server sends, and a second CONNECT.
/// </summary>
/// <param name="refused">Why the connection ends: a longer packet was announced, or one that no client may send.</param>
internal sealed class PacketLimit(IMqttChannel channel, Action<RefusedBecause> refused) : IMqttChannel
{
    /// <summary>Bytes behind the fixed header: the longest payload of the contract and four times the longest packet around it.</summary>
    public const int MaxBytes = 4_096;

    private const int Connect = 1;
    private const int Publish = 3;
    private const int PubAck = 4;
    private const int PubRec = 5;
    private const int PubRel = 6;
    private const int PubComp = 7;
    private const int Subscribe = 8;
    private const int Unsubscribe = 10;
    private const int PingReq = 12;
    private const int Disconnect = 14;
    private const int Auth = 15;

    private bool _isFirst = true;
    private bool _isInLength;
    private int _length;
    private int _shift;
    private int _bodyLeft;

    public X509Certificate2 ClientCertificate => channel.ClientCertificate;

    public EndPoint RemoteEndPoint => channel.RemoteEndPoint;

    public EndPoint LocalEndPoint => channel.LocalEndPoint;

    public bool IsSecureConnection => channel.IsSecureConnection;

    public Task ConnectAsync(CancellationToken cancellationToken) => channel.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => channel.DisconnectAsync(cancellationToken);

    public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken) =>
        channel.WriteAsync(buffer, isEndOfPacket, cancellationToken);

    /// <exception cref="MqttProtocolViolationException">A longer packet is announced, or one that no client may send.</exception>
    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        var read = await channel.ReadAsync(buffer, offset, count, cancellationToken);
        if (FindFault(buffer.AsSpan(offset, read)) is not { } because)
            return read;
        refused(because);
        throw new MqttProtocolViolationException(
            because is RefusedBecause.Length ? $"A packet of more than {MaxBytes} bytes was announced." : "A packet came that no client may send.");
    }

    public void Dispose() => channel.Dispose();

    /// <summary>Follows the packets: a byte of flags, a length in up to four bytes of seven bits each, lowest first, and the body.</summary>
    private RefusedBecause? FindFault(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_bodyLeft > 0)
            {
                var body = Math.Min(_bodyLeft, bytes.Length);
                _bodyLeft -= body;
                bytes = bytes[body..];
                continue;
            }
            var header = bytes[0];
            bytes = bytes[1..];
            if (!_isInLength)
            {
                if (!IsOfAClient(header, _isFirst))
                    return RefusedBecause.Form;
                (_isFirst, _isInLength, _length, _shift) = (false, true, 0, 0);
                continue;
            }
            _length |= (header & 0x7F) << _shift;
            _shift += 7;
            if (_length > MaxBytes || _shift > 28)
                return RefusedBecause.Length;
            if ((header & 0x80) == 0)
                (_isInLength, _bodyLeft) = (false, _length);
        }
        return null;
    }

    /// <summary>Whether a client may send it: MQTT 3.1.1, tables 2.1 and 2.2; AUTH is of MQTT 5. The first is CONNECT, and no other is.</summary>
    private static bool IsOfAClient(byte header, bool isFirst)
    {
        var (type, flags) = (header >> 4, header & 0x0F);
        return type switch
        {
            Connect => isFirst && flags == 0,
            _ when isFirst => false,
            Publish => (flags & 0b0110) != 0b0110,
            PubRel or Subscribe or Unsubscribe => flags == 0b0010,
            PubAck or PubRec or PubComp or PingReq or Disconnect or Auth => flags == 0,
            _ => false,
        };
    }
}
