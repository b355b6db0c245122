using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dispatch.Tests.Outbox;

/// <summary>A gateway on this machine that answers each request as a test says: in turn, the last again and again; a null never.</summary>
internal sealed class LoopbackHttp : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _requests = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly string?[] _answers;
    private readonly Task _serving;
    private int _answered;

    /// <param name="answers">Status line, headers and body, as <see cref="Answer"/> writes them.</param>
    public LoopbackHttp(params string?[] answers)
    {
        _answers = answers;
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _serving = ServeAsync();
    }

    public string Address { get; }

    /// <summary>Heads and bodies as they came.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public static string Answer(int status, string body = "", params string[] headers) => string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 {status} Said\r\n{string.Concat(headers.Select(h => h + "\r\n"))}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n"
        + $"Connection: close\r\n\r\n{body}");

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _serving.GetAwaiter().GetResult();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var open = new List<TcpClient>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                open.Add(client);
                await ReadAsync(client.GetStream());
                var answer = _answers[Math.Min(_answered++, _answers.Length - 1)];
                if (answer is not null)
                {
                    await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(answer), _stop.Token);
                    client.Dispose();
                }
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or InvalidOperationException or SocketException or IOException)
        {
        }
        finally
        {
            open.ForEach(client => client.Dispose());
        }
    }

    private async Task ReadAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        var block = new byte[4_096];
        string text;
        do
        {
            var count = await stream.ReadAsync(block, _stop.Token);
            if (count == 0)
                break;
            bytes.AddRange(block[..count]);
            text = Encoding.UTF8.GetString([.. bytes]);
        }
        while (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var head && (head < 0 || bytes.Count < head + 4 + LengthOf(text)));
        _requests.Enqueue(Encoding.UTF8.GetString([.. bytes]));
    }

    private static int LengthOf(string request)
    {
        var line = request.Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line.Split(':')[1], CultureInfo.InvariantCulture);
    }
}
