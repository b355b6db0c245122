using System.Text.Json;

namespace TaxiCredit.Dispatch.Outbox.Channels;

/// <summary>
/// Says a text in a group chat of the desk. The recipient is the name of a robot of the configuration, so that no key is in the database; the address, which
/// carries the key, is neither logged nor told in a fault.
/// </summary>
/// <param name="name">Of the channel.</param>
/// <param name="addressOf">Where a robot listens, now.</param>
internal abstract class RobotChannel(string name, HttpClient client, RobotSettings settings, TimeProvider time, Func<Robot, Uri> addressOf) : IOutboxChannel
{
    public string Name => name;

    public async Task<DeliveryFault?> DeliverAsync(OutboxMessage message, CancellationToken stop)
    {
        if (!settings.Robots.TryGetValue(message.Recipient, out var robot))
            return new("robot-unknown");
        if (MessageText.Of(message) is not { } text)
            return new("message-is-no-text", IsFinal: true);

        using var body = JsonContent.Create(new { msgtype = "text", text = new { content = text.Text } });
        // With its length: not every proxy takes chunks.
        await body.LoadIntoBufferAsync(stop);
        using var request = new HttpRequestMessage(HttpMethod.Post, addressOf(robot)) { Content = body };
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        return HttpAnswer.FindFault(answer, time) ?? await FindFaultAsync(answer, stop);
    }

    /// <summary>Both services answer 200 and say in <c>errcode</c> what came of it; 0 is a yes.</summary>
    private static async Task<DeliveryFault?> FindFaultAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        try
        {
            using var json = JsonDocument.Parse(await HttpAnswer.ReadAsync(answer, stop) ?? []);
            return json.RootElement is { ValueKind: JsonValueKind.Object } said && said.TryGetProperty("errcode", out var code)
                && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number)
                ? number == 0 ? null : new($"errcode-{number}")
                : new("answer-not-understood");
        }
        catch (JsonException)
        {
            return new("answer-not-understood");
        }
    }
}
