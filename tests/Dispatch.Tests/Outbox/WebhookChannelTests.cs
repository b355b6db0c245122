using System.Net;
using System.Net.Sockets;
using System.Text;
using TaxiCredit.Dispatch.Outbox;

namespace Dispatch.Tests.Outbox;

/// <summary>Against a recipient that answers as each test wants, over a real connection.</summary>
[TestClass]
public sealed class WebhookChannelTests
{
    [TestMethod]
    [DataRow(200, null, false)]
    [DataRow(204, null, false)]
    [DataRow(299, null, false)]
    [DataRow(301, "http-301", true)]
    [DataRow(400, "http-400", true)]
    [DataRow(404, "http-404", false)]
    [DataRow(408, "http-408", false)]
    [DataRow(410, "http-410", true)]
    [DataRow(429, "http-429", false)]
    [DataRow(499, "http-499", true)]
    [DataRow(500, "http-500", false)]
    [DataRow(503, "http-503", false)]
    public async Task Deliver_ByTheAnswer_IsDeliveredRetriedOrFinal(int status, string? reason, bool isFinal)
    {
        using var recipient = new Recipient(status);
        using var client = WebhookChannel.CreateClient();
        var message = Message(recipient.Address);

        var fault = await new WebhookChannel(client, TimeProvider.System).DeliverAsync(message, CancellationToken.None);

        Assert.AreEqual(reason is null ? null : new DeliveryFault(reason, isFinal), fault);
        var request = await recipient.Request;
        Assert.StartsWith("POST /hook?a=1 HTTP/1.1\r\n", request);
        Assert.Contains($"\r\nIdempotency-Key: {message.MessageId}\r\n", request);
        Assert.Contains("\r\nContent-Type: application/json; charset=utf-8\r\n", request);
        Assert.EndsWith("\r\n\r\n{\"a\":\"甲\"}", request);
    }

    [TestMethod]
    [DataRow("http://log.example.org/hook")]
    [DataRow("https://name:secret@log.example.org/hook")]
    [DataRow("ftp://127.0.0.1/hook")]
    [DataRow("log.example.org/hook")]
    [DataRow("file:///etc/passwd")]
    public async Task Deliver_ToWhatIsNoHttpsAddress_FailsForGoodAndSendsNothing(string recipient)
    {
        using var client = WebhookChannel.CreateClient();

        var fault = await new WebhookChannel(client, TimeProvider.System).DeliverAsync(Message(recipient), CancellationToken.None);

        Assert.AreEqual(new DeliveryFault("recipient-is-no-https-address", IsFinal: true), fault);
    }

    [TestMethod]
    public async Task Deliver_NobodyThere_Throws()
    {
        using var client = WebhookChannel.CreateClient();

        await Assert.ThrowsExactlyAsync<HttpRequestException>(
            () => new WebhookChannel(client, TimeProvider.System).DeliverAsync(Message($"http://127.0.0.1:{LoopbackPort.Take()}/"), CancellationToken.None));
    }

    private static OutboxMessage Message(string recipient) => new()
    {
        MessageId = Guid.NewGuid(), Channel = WebhookChannel.ChannelName, Recipient = recipient, Kind = "log-checkpoint", Payload = "{\"a\":\"甲\"}",
        CreatedAt = DateTimeOffset.UnixEpoch, NextAttemptAt = DateTimeOffset.UnixEpoch,
    };

    /// <summary>Takes one request and answers it with a status and nothing else.</summary>
    private sealed class Recipient : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public Recipient(int status)
        {
            _listener.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/hook?a=1";
            Request = AnswerAsync(status);
        }

        public string Address { get; }

        /// <summary>Head and body as they came.</summary>
        public Task<string> Request { get; }

        public void Dispose() => _listener.Dispose();

        private async Task<string> AnswerAsync(int status)
        {
            using var connection = await _listener.AcceptTcpClientAsync();
            var (stream, bytes, got) = (connection.GetStream(), new byte[4_096], 0);
            string text;
            do
            {
                got += await stream.ReadAsync(bytes.AsMemory(got));
                text = Encoding.UTF8.GetString(bytes, 0, got);
            }
            while (!text.EndsWith('}'));
            var answer = $"HTTP/1.1 {status} X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
            return text;
        }
    }
}
