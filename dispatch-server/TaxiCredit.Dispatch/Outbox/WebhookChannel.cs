using System.Net.Http.Headers;
using System.Text;
using TaxiCredit.Dispatch.Outbox.Channels;

namespace TaxiCredit.Dispatch.Outbox;

/// <summary>
/// Posts each message to the address that is its recipient: JSON, with the message's id as <c>Idempotency-Key</c>, so that a second one can be told. Any
/// 2xx is an acknowledgement. HTTPS only, but for this machine; redirects are not followed, for they lead where nobody meant to send.
/// </summary>
internal sealed class WebhookChannel(HttpClient client, TimeProvider time) : IOutboxChannel
{
    public const string ChannelName = "webhook";

    public string Name => ChannelName;

    /// <summary>A client that follows nobody elsewhere, takes no cookies and keeps no connection for ever.</summary>
    public static HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(10),
    });

    public async Task<DeliveryFault?> DeliverAsync(OutboxMessage message, CancellationToken stop)
    {
        if (!Uri.TryCreate(message.Recipient, UriKind.Absolute, out var address) || !HttpAnswer.IsAllowed(address))
            return new("recipient-is-no-https-address", IsFinal: true);

        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = new StringContent(message.Payload, Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", $"{message.MessageId}");
        request.Headers.TryAddWithoutValidation("X-TaxiCredit-Kind", message.Kind);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("TaxiCredit", "1"));
        // The answer's body is nobody's business here, and may be long.
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        return HttpAnswer.FindFault(response, time);
    }
}
