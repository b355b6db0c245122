using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;
using MQTTnet.Exceptions;

namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>
/// A connection on which no packet is longer than <see cref="MaxBytes"/>. MQTTnet allocates what a packet's header announces, up to
/// 256 MiB and before it knows who is there; this looks at the header first, as it goes by.
/// </summary>
/// <param name="refused">A longer packet was announced; the connection ends.</param>
internal sealed class PacketLimit(IMqttChannel channel, Action refused) : IMqttChannel
{
    /// <summary>Bytes behind the fixed header: the longest payload of the contract and four times the longest packet around it.</summary>
    public const int MaxBytes = 4_096;

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

    /// <exception cref="MqttProtocolViolationException">A longer packet is announced.</exception>
    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        var read = await channel.ReadAsync(buffer, offset, count, cancellationToken);
        if (IsWithin(buffer.AsSpan(offset, read)))
            return read;
        refused();
        throw new MqttProtocolViolationException($"A packet of more than {MaxBytes} bytes was announced.");
    }

    public void Dispose() => channel.Dispose();

    /// <summary>Follows the packets: a byte of flags, a length in up to four bytes of seven bits each, lowest first, and the body.</summary>
    private bool IsWithin(ReadOnlySpan<byte> bytes)
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
                (_isInLength, _length, _shift) = (true, 0, 0);
                continue;
            }
            _length |= (header & 0x7F) << _shift;
            _shift += 7;
            if (_length > MaxBytes || _shift > 28)
                return false;
            if ((header & 0x80) == 0)
                (_isInLength, _bodyLeft) = (false, _length);
        }
        return true;
    }
}
