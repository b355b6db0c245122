using System.Net.Sockets;
using Dispatch.Tests.Displays;
using MQTTnet.Exceptions;
using MQTTnet.Implementations;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Wire;

namespace Dispatch.Tests.Mqtt;

[TestClass]
public sealed class PacketLimitTests
{
    private const byte Connect = 0x10;
    private const byte Publish = 0x32;

    [TestMethod]
    [DataRow(0)]
    [DataRow(127)]
    [DataRow(128)]
    [DataRow(4_095)]
    [DataRow(4_096)]
    public async Task Read_PacketsWithinTheLimit_PassAsTheyAre(int length)
    {
        var refused = 0;
        byte[] packet = [.. Length(length), .. Enumerable.Repeat((byte)0xFF, length)];
        byte[] stream = [Connect, .. packet, Publish, .. packet];
        // Chunks of 3 lie across every border between packets and fields.
        foreach (var chunk in new[] { 1, 3, stream.Length })
        {
            using var limit = Over(stream, _ => refused++);
            var read = new byte[stream.Length];
            for (var at = 0; at < read.Length;)
                at += await limit.ReadAsync(read, at, Math.Min(chunk, read.Length - at), CancellationToken.None);

            CollectionAssert.AreEqual(stream, read);
        }
        Assert.AreEqual(0, refused);
    }

    [TestMethod]
    [DataRow(4_097)]
    [DataRow(268_435_455)]
    public async Task Read_HeaderOfALongerPacket_IsRefusedBeforeItsBody(int length)
    {
        var refused = 0;
        byte[] header = [Connect, .. Length(length)];
        using var limit = Over(header, _ => refused++);
        var buffer = new byte[1];

        await Assert.ThrowsExactlyAsync<MqttProtocolViolationException>(async () =>
        {
            foreach (var _ in header)
                await limit.ReadAsync(buffer, 0, 1, CancellationToken.None);
        });

        Assert.AreEqual(1, refused);
    }

    [TestMethod]
    public async Task Read_LengthWithoutEnd_IsRefused()
    {
        using var limit = Over([Connect, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00], _ => { });

        await Assert.ThrowsExactlyAsync<MqttProtocolViolationException>(() => limit.ReadAsync(new byte[7], 0, 7, CancellationToken.None));
    }

    /// <summary>MQTTnet alone allocates 256 MiB for each of these before it asks who is there.</summary>
    [TestMethod]
    public async Task Connect_AnnouncingALotOnManySockets_CostsNoMemory()
    {
        const int Sockets = 200;
        await using var city = await DisplayCity.BuildAsync();
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await Parallel.ForEachAsync(Enumerable.Range(0, Sockets), async (_, stop) =>
        {
            using var stranger = new TcpClient();
            await stranger.ConnectAsync("127.0.0.1", city.MqttPort, stop);
            await stranger.GetStream().WriteAsync(new byte[] { Connect, 0xFF, 0xFF, 0xFF, 0x7F }, stop);
            try
            {
                Assert.AreEqual(0, await stranger.GetStream().ReadAsync(new byte[1], stop), "the broker ends the connection");
            }
            // With a byte of the header still unread the end is a reset.
            catch (IOException reset) when (reset.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
            {
            }
        });

        var mebibytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / 1_048_576;
        Console.WriteLine($"{Sockets} sockets that announced 256 MiB each: {mebibytes} MiB allocated");
        Assert.IsLessThan(64, mebibytes);
        await city.AwaitRefusedAsync("length", Sockets);
        await using var cab = await city.ConnectNewCabAsync(1);
        await cab.NextAsync("rating");
    }

    /// <summary>What MQTTnet lets pass and the standard does not: tables 2.1 and 2.2 of MQTT 3.1.1, and 3.1 for CONNECT.</summary>
    [TestMethod]
    [DataRow(0x82, true, "SUBSCRIBE")]
    [DataRow(0x80, false, "SUBSCRIBE, reserved flags")]
    [DataRow(0x83, false, "SUBSCRIBE, reserved flags")]
    [DataRow(0xA2, true, "UNSUBSCRIBE")]
    [DataRow(0xA0, false, "UNSUBSCRIBE, reserved flags")]
    [DataRow(0x62, true, "PUBREL")]
    [DataRow(0x60, false, "PUBREL, reserved flags")]
    [DataRow(0x30, true, "PUBLISH")]
    [DataRow(0x3D, true, "PUBLISH, twice, QoS 2, retained")]
    [DataRow(0x36, false, "PUBLISH, QoS 3")]
    [DataRow(0x40, true, "PUBACK")]
    [DataRow(0x41, false, "PUBACK, reserved flags")]
    [DataRow(0x50, true, "PUBREC")]
    [DataRow(0x70, true, "PUBCOMP")]
    [DataRow(0xC0, true, "PINGREQ")]
    [DataRow(0xC8, false, "PINGREQ, reserved flags")]
    [DataRow(0xE0, true, "DISCONNECT")]
    [DataRow(0xF0, true, "AUTH of MQTT 5")]
    [DataRow(0x10, false, "a second CONNECT")]
    [DataRow(0x20, false, "CONNACK")]
    [DataRow(0x90, false, "SUBACK")]
    [DataRow(0xB0, false, "UNSUBACK")]
    [DataRow(0xD0, false, "PINGRESP")]
    [DataRow(0x00, false, "type 0")]
    public async Task Read_PacketAfterConnect_IsOneThatAClientMaySend(int header, bool passes, string what)
    {
        RefusedBecause? refused = null;
        using var limit = Over([Connect, 0, (byte)header, 0], because => refused = because);

        var reading = limit.ReadAsync(new byte[4], 0, 4, CancellationToken.None);

        if (passes)
            Assert.AreEqual(4, await reading, what);
        else
            await Assert.ThrowsExactlyAsync<MqttProtocolViolationException>(() => reading);
        Assert.AreEqual(passes ? null : RefusedBecause.Form, refused, what);
    }

    [TestMethod]
    [DataRow(0x11)]
    [DataRow(0x32)]
    [DataRow(0xC0)]
    public async Task Read_FirstPacketThatIsNoConnect_IsRefused(int header)
    {
        using var limit = Over([(byte)header, 0], _ => { });

        await Assert.ThrowsExactlyAsync<MqttProtocolViolationException>(() => limit.ReadAsync(new byte[2], 0, 2, CancellationToken.None));
    }

    private static PacketLimit Over(byte[] bytes, Action<RefusedBecause> refused) =>
        new(new MqttTcpChannel(new MemoryStream(bytes), null, null, null), refused);

    private static IEnumerable<byte> Length(int length)
    {
        for (; length > 127; length >>= 7)
            yield return (byte)(length & 127 | 128);
        yield return (byte)length;
    }
}
