using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dispatch.Tests.Outbox;

/// <summary>
/// A mail server on this machine (RFC 5321, without TLS). Answers as usual but for the commands that a test gives another answer; null is none.
/// </summary>
internal sealed class LoopbackSmtp : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _mails = [];
    private readonly ConcurrentQueue<string> _commands = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, string?> _answers;
    private readonly Task _serving;

    public LoopbackSmtp(params (string Command, string? Answer)[] answers)
    {
        _answers = answers.ToDictionary(a => a.Command, a => a.Answer);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = ServeAsync();
    }

    public int Port { get; }

    /// <summary>What came between DATA and the dot.</summary>
    public IReadOnlyList<string> Mails => [.. _mails];

    public IReadOnlyList<string> Commands => [.. _commands];

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _serving.GetAwaiter().GetResult();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await ConverseAsync(client.GetStream());
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or InvalidOperationException or SocketException or IOException)
        {
        }
    }

    private async Task ConverseAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        await SayAsync(stream, "hello", "220 loopback ready");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            _commands.Enqueue(line);
            var command = line.Split(' ', ':')[0].ToUpperInvariant();
            await SayAsync(stream, command, command switch
            {
                "EHLO" => "250-loopback\r\n250-AUTH PLAIN\r\n250 8BITMIME",
                "AUTH" => "235 in",
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                _ => "250 ok",
            });
            if (command == "DATA" && !_answers.ContainsKey("DATA"))
            {
                var mail = new StringBuilder();
                while (await reader.ReadLineAsync(_stop.Token) is { } part && part != ".")
                    mail.Append(part).Append('\n');
                _mails.Enqueue(mail.ToString());
                await SayAsync(stream, "dot", "250 taken");
            }

            if (command == "QUIT")
                return;
        }
    }

    private async Task SayAsync(NetworkStream stream, string command, string usual)
    {
        var answer = _answers.TryGetValue(command, out var other) ? other : usual;
        if (answer is null)
            await Task.Delay(Timeout.Infinite, _stop.Token);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), _stop.Token);
    }
}
