using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using nanoFramework.M2Mqtt.Messages;

namespace TaxiCredit.VirtualCab.M2Mqtt;

/// <summary>The few packets of MQTT 3.1.1 that a cab sends and receives.</summary>
internal static class Packets
{
    public const int ConnectAck = 2;
    public const int Publish = 3;
    public const int PublishAck = 4;
    public const int SubscribeAck = 9;

    private const int MaxLength = 1 << 20;

    public static byte[] OfConnect(string clientId, string user, string password, string willTopic, string willMessage, ushort keepAlive) => Framed(0x10, body =>
    {
        Write(body, "MQTT");

        // Level 4; user name, password, last will retained at QoS 1, clean session.
        body.Write([4, 0b1110_1110]);
        Write(body, keepAlive);
        foreach (string text in (string[])[clientId, willTopic, willMessage, user, password]) Write(body, text);
    });

    public static byte[] OfSubscribe(ushort id, string[] topics, MqttQoSLevel[] levels) => Framed(0x82, body =>
    {
        Write(body, id);
        for (int i = 0; i < topics.Length; i++)
        {
            Write(body, topics[i]);
            body.WriteByte((byte)levels[i]);
        }
    });

    public static byte[] OfPublish(ushort id, string topic, byte[] message, bool retain, bool isAgain) =>
        Framed((byte)(0x32 | (retain ? 1 : 0) | (isAgain ? 8 : 0)), body =>
        {
            Write(body, topic);
            Write(body, id);
            body.Write(message);
        });

    public static byte[] OfPublishAck(ushort id) => [0x40, 2, (byte)(id >> 8), (byte)id];

    public static byte[] OfPing { get; } = [0xC0, 0];

    public static byte[] OfDisconnect { get; } = [0xE0, 0];

    /// <summary>Reads one packet.</summary>
    /// <exception cref="IOException">The connection has ended, or what came is no packet.</exception>
    public static (byte First, byte[] Body) Read(Stream from)
    {
        byte first = ReadByte(from);
        int length = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = ReadByte(from);
            length |= (part & 0x7F) << shift;
            if (part < 0x80) break;
            if (shift == 21) throw new IOException("no packet");
        }

        if (length > MaxLength) throw new IOException("no packet");
        byte[] body = new byte[length];
        from.ReadExactly(body);
        return (first, body);
    }

    /// <summary>Topic, packet id (0 without) and message of a PUBLISH.</summary>
    public static (string Topic, ushort Id, byte[] Message) ReadPublish(byte first, byte[] body)
    {
        int length = BinaryPrimitives.ReadUInt16BigEndian(body);
        bool hasId = (first & 6) != 0;
        int at = 2 + length;
        ushort id = hasId ? IdAt(body, at) : (ushort)0;
        return (Encoding.UTF8.GetString(body, 2, length), id, body[(hasId ? at + 2 : at)..]);
    }

    public static ushort IdAt(byte[] body, int at) => BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at));

    private static byte ReadByte(Stream from)
    {
        int read = from.ReadByte();
        return read >= 0 ? (byte)read : throw new IOException("the connection has ended");
    }

    private static byte[] Framed(byte first, Action<MemoryStream> write)
    {
        using var body = new MemoryStream();
        write(body);
        using var packet = new MemoryStream();
        packet.WriteByte(first);
        for (long left = body.Length; ;)
        {
            byte part = (byte)(left & 0x7F);
            left >>= 7;
            packet.WriteByte(left > 0 ? (byte)(part | 0x80) : part);
            if (left == 0) break;
        }

        body.WriteTo(packet);
        return packet.ToArray();
    }

    private static void Write(MemoryStream to, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Write(to, (ushort)bytes.Length);
        to.Write(bytes);
    }

    private static void Write(MemoryStream to, ushort value) => to.Write([(byte)(value >> 8), (byte)value]);
}
