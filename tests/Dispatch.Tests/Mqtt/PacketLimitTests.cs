using System.Net.Sockets;
using Dispatch.Tests.Displays;
using MQTTnet.Exceptions;
using MQTTnet.Implementations;
using TaxiCredit.Dispatch.Mqtt;

namespace Dispatch.Tests.Mqtt;

[TestClass]
public sealed class PacketLimitTests
{
    private const byte Connect = 0x10;

    [TestMethod]
    [DataRow(0)]
    [DataRow(127)]
    [DataRow(128)]
    [DataRow(4_095)]
    [DataRow(4_096)]
    public async Task Read_PacketsWithinTheLimit_PassAsTheyAre(int length)
    {
        var refused = 0;
        byte[] packet = [Connect, .. Length(length), .. Enumerable.Repeat((byte)0xFF, length)];
        byte[] stream = [.. packet, .. packet];
        // Chunks of 3 lie across every border between packets and fields.
        foreach (var chunk in new[] { 1, 3, stream.Length })
        {
            using var limit = Over(stream, () => refused++);
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
        using var limit = Over(header, () => refused++);
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
        using var limit = Over([Connect, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00], () => { });

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

    private static PacketLimit Over(byte[] bytes, Action refused) => new(new MqttTcpChannel(new MemoryStream(bytes), null, null, null), refused);

    private static IEnumerable<byte> Length(int length)
    {
        for (; length > 127; length >>= 7)
            yield return (byte)(length & 127 | 128);
        yield return (byte)length;
    }
}
