using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Firmware.Tests.Virtual;

/// <summary>A broker of another maker on a free loopback port. Each client has the topics of its own id, and the server's all.</summary>
internal sealed class Mosquitto : IDisposable
{
    private static readonly string[] Places = ["/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto"];

    private readonly string _folder = Directory.CreateTempSubdirectory("mosquitto-").FullName;
    private readonly Process _process;

    private Mosquitto(string program)
    {
        File.WriteAllText(Path.Combine(_folder, "acl"), """
            user server
            topic readwrite tc/v1/d/#

            pattern read tc/v1/d/%u/#
            pattern write tc/v1/d/%u/state
            pattern write tc/v1/d/%u/incidents

            """);
        File.WriteAllText(Path.Combine(_folder, "mosquitto.conf"), $"""
            listener {Port} 127.0.0.1
            allow_anonymous true
            persistence false
            user {Environment.UserName}
            acl_file {Path.Combine(_folder, "acl")}

            """);
        _process = Process.Start(new ProcessStartInfo(program, ["-c", Path.Combine(_folder, "mosquitto.conf")]) { RedirectStandardError = true })!;
    }

    public int Port { get; } = LoopbackPort.Take();

    /// <returns>Null where the program is not installed.</returns>
    public static async Task<Mosquitto?> StartAsync()
    {
        if (Places.FirstOrDefault(File.Exists) is not { } program) return null;
        var broker = new Mosquitto(program);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(10) && !broker._process.HasExited;)
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, broker.Port);
                return broker;
            }
            catch (SocketException)
            {
                await Task.Yield();
            }
        }

        string said = broker._process.HasExited ? await broker._process.StandardError.ReadToEndAsync() : "silent";
        broker.Dispose();
        throw new InvalidOperationException($"mosquitto does not listen: {said}");
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, true);
    }
}
