using System.Text;
using System.Text.Json;

namespace TaxiCredit.Dispatch.Outbox.Channels;

/// <summary>
/// Asks a gateway for a text message to the number that is the recipient. A gateway's yes says that it will try; that the message came is told by its
/// receipt, or by nobody.
/// </summary>
internal sealed class SmsChannel(HttpClient client, SmsSettings settings, TimeProvider time) : IOutboxChannel
{
    public const string ChannelName = "sms";

    public string Name => ChannelName;

    /// <summary><c>+8613800138000</c> or a number of the country, 5 to 20 digits.</summary>
    public static bool IsNumber(string recipient) =>
        recipient.AsSpan(recipient.StartsWith('+') ? 1 : 0) is { Length: >= 5 and <= 20 } digits && !digits.ContainsAnyExceptInRange('0', '9');

    public async Task<DeliveryFault?> DeliverAsync(OutboxMessage message, CancellationToken stop)
    {
        if (!IsNumber(message.Recipient))
            return new("recipient-is-no-number", IsFinal: true);
        if (MessageText.Of(message) is not { } text)
            return new("message-is-no-text", IsFinal: true);

        using var request = Compose(message, text);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(settings.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, timeout.Token);
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return HttpAnswer.FindFault(answer, time) ?? (await IsYesAsync(answer, either.Token) ? null : new("gateway-said-no"));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return new("timeout");
        }
    }

    private HttpRequestMessage Compose(OutboxMessage message, MessageText text)
    {
        var secret = SecretText.Read(settings.Secret, settings.SecretFile);
        var request = new HttpRequestMessage(new(settings.Method), Fill(settings.Url!, SmsTemplate.InAddress));
        foreach (var (name, value) in settings.Headers)
            request.Headers.TryAddWithoutValidation(name, Fill(value, SmsTemplate.InHeader));
        if (settings.Method != "GET")
        {
            var isJson = settings.ContentType == "application/json";
            request.Content = new StringContent(Fill(settings.Body, isJson ? SmsTemplate.InJson : SmsTemplate.InAddress), Encoding.UTF8, settings.ContentType);
        }

        return request;

        string Fill(string template, Func<string, string> escape) =>
            SmsTemplate.Fill(template, message.Recipient, text.Text, $"{message.MessageId:N}", secret, escape);
    }

    private async Task<bool> IsYesAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        if (settings.SuccessField is not { } field)
            return true;
        if (await HttpAnswer.ReadAsync(answer, stop) is not { } body)
            return false;
        try
        {
            using var json = JsonDocument.Parse(body);
            var value = json.RootElement;
            foreach (var name in field.Split('.'))
            {
                if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
                    return false;
            }

            return value.ToString() == settings.SuccessValue;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
