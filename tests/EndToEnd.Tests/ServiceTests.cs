using System.Net.Sockets;
using System.Text;
using EndToEnd.Tests.Running;

namespace EndToEnd.Tests;

/// <summary>The server under a service supervisor: this test is the supervisor, with a socket as systemd has one.</summary>
[TestClass]
public sealed class ServiceTests
{
    private const int WatchdogSeconds = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [TestMethod]
    public async Task Server_UnderASupervisor_TellsThatItIsReadyLivesAndStops()
    {
        var folder = Directory.CreateTempSubdirectory("taxicredit-service-").FullName;
        using var supervisor = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        supervisor.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, "notify")));
        await using var server = await Demo.ServeAsync(
            ("NOTIFY_SOCKET", Path.Combine(folder, "notify")), ("WATCHDOG_USEC", $"{WatchdogSeconds * 1_000_000}"));

        Assert.AreEqual("READY=1", await NextAsync(supervisor));
        Assert.AreEqual("WATCHDOG=1", await NextAsync(supervisor));
        Assert.AreEqual("WATCHDOG=1", await NextAsync(supervisor));
        Assert.AreEqual(0, await server.TerminateAsync());

        var last = await NextAsync(supervisor);
        while (last == "WATCHDOG=1")
            last = await NextAsync(supervisor);
        Assert.AreEqual("STOPPING=1", last);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> NextAsync(Socket supervisor)
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[256];
        return Encoding.ASCII.GetString(buffer, 0, await supervisor.ReceiveAsync(buffer, patience.Token));
    }
}
