using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks.Retained;

/// <summary>As little of an MQTT 3.1.1 client as a cab needs, so that what is measured is the broker. Strings are shorter than 128 bytes.</summary>
internal static class RawCab
{
    private const ushort KeepAliveSeconds = 600;
    private const int Addresses = 200;

    private static int _next;

    /// <summary>From one of many loopback addresses: ports of one are used up by connections that have ended.</summary>
    /// <exception cref="InvalidOperationException">The broker refuses.</exception>
    public static async Task<Socket> ConnectAsync(int port, string id, string password, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(new IPAddress([127, 0, 1, (byte)(1 + (uint)Interlocked.Increment(ref _next) % Addresses)]), 0));
        await socket.ConnectAsync(IPAddress.Loopback, port, stop);
        await socket.SendAsync(
            Packet(0x10, [.. Text("MQTT"), 4, 0b1100_0010, KeepAliveSeconds >> 8, KeepAliveSeconds & 0xFF, .. Text(id), .. Text(id), .. Text(password)]), stop);
        var answer = await ReadAsync(socket, stop);
        return answer is { Type: 2, Body: [_, 0] } ? socket : throw new InvalidOperationException($"The broker refuses {id}.");
    }

    public static async Task TakeRatingAsync(Socket socket, string id, CancellationToken stop)
    {
        await socket.SendAsync(Packet(0x82, [0, 1, .. Text($"tc/v1/d/{id}/rating"), 1]), stop);
        while (await ReadAsync(socket, stop) is var packet)
        {
            if (packet.Type != 3)
                continue;
            var behindTopic = 2 + packet.Body[1];
            await socket.SendAsync(Packet(0x40, [packet.Body[behindTopic], packet.Body[behindTopic + 1]]), stop);
            await socket.SendAsync(Packet(0xE0, []), stop);
            return;
        }
    }

    /// <summary>Once, without an answer (QoS 0).</summary>
    public static async Task PublishAsync(Socket socket, string topic, byte[] payload, bool retain, CancellationToken stop)
    {
        var packet = Packet((byte)(retain ? 0x31 : 0x30), [.. Text(topic), .. payload]);
        for (var sent = 0; sent < packet.Length;)
            sent += await socket.SendAsync(packet.AsMemory(sent), stop);
    }

    private static async Task<(int Type, byte[] Body)> ReadAsync(Socket socket, CancellationToken stop)
    {
        var head = await ReadAsync(socket, 2, stop);
        var length = head[1] & 0x7F;
        if (head[1] > 0x7F)
            length |= (await ReadAsync(socket, 1, stop))[0] << 7;
        return (head[0] >> 4, await ReadAsync(socket, length, stop));
    }

    private static async Task<byte[]> ReadAsync(Socket socket, int count, CancellationToken stop)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            var more = await socket.ReceiveAsync(bytes.AsMemory(read), stop);
            read += more > 0 ? more : throw new InvalidOperationException("The broker has closed a connection.");
        }
        return bytes;
    }

    private static byte[] Packet(byte flags, byte[] body) =>
        body.Length < 0x80 ? [flags, (byte)body.Length, .. body] : [flags, (byte)(body.Length & 0x7F | 0x80), (byte)(body.Length >> 7), .. body];

    private static byte[] Text(string text) => [0, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];
}
