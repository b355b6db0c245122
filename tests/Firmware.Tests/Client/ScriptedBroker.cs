using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Firmware.Tests.Virtual;
using TaxiCredit.VirtualCab.M2Mqtt;

namespace Firmware.Tests.Client;

/// <summary>A broker of raw packets that does to each connection what the test says, and keeps what it was sent.</summary>
internal sealed class ScriptedBroker : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<TcpClient> _clients = new();
    private readonly ConcurrentQueue<string> _passwords = new();
    private readonly ConcurrentQueue<(byte First, byte[] Body)> _packets = new();

    public ScriptedBroker()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public int Port { get; }

    /// <summary>Told after every packet.</summary>
    public ConditionWaiter Waiter { get; } = new();

    /// <summary>The code in CONNACK for a password; null for no answer at all.</summary>
    public Func<string, byte?> Answer { get; set; } = _ => 0;

    /// <summary>The code in SUBACK for each topic; null for no answer at all.</summary>
    public byte? Granted { get; set; } = 1;

    public bool Acknowledges { get; set; } = true;

    public IReadOnlyCollection<string> Passwords => _passwords;

    public IEnumerable<string> Published => _packets.Where(p => p.First >> 4 == Packets.Publish).Select(p => Packets.ReadPublish(p.First, p.Body).Topic);

    public int Connections => _clients.Count;

    public void Dispose()
    {
        _listener.Stop();
        foreach (TcpClient client in _clients) client.Dispose();
    }

    /// <summary>Every connection ends.</summary>
    public void Break()
    {
        while (_clients.TryDequeue(out TcpClient? client)) client.Dispose();
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                TcpClient client = _listener.AcceptTcpClient();
                _clients.Enqueue(client);
                Waiter.Notify();
                new Thread(() => Serve(client)) { IsBackground = true }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            return;
        }
    }

    private void Serve(TcpClient client)
    {
        try
        {
            NetworkStream stream = client.GetStream();
            while (true)
            {
                (byte first, byte[] body) = Packets.Read(stream);
                _packets.Enqueue((first, body));
                if (!TryReply(stream, first, body)) client.Dispose();
                Waiter.Notify();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return;
        }
    }

    private bool TryReply(NetworkStream stream, byte first, byte[] body)
    {
        switch (first >> 4)
        {
            case 1:
                string password = Encoding.UTF8.GetString(body)[^43..];
                _passwords.Enqueue(password);
                if (Answer(password) is not { } code) return true;
                stream.Write([0x20, 2, 0, code]);
                return code == 0;
            case 8 when Granted is { } granted:
                stream.Write([0x90, 6, body[0], body[1], granted, granted, granted, granted]);
                return true;
            case Packets.Publish when Acknowledges:
                stream.Write(Packets.OfPublishAck(Packets.ReadPublish(first, body).Id));
                return true;
            default:
                return true;
        }
    }
}
