using System.Text;
using System.Text.Json;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Outbox;

internal static class OutboxQueue
{
    /// <summary>
    /// Stores a message with the change that it tells of; call inside <see cref="Writing.BeginWriteAsync"/>, whose commit commits both. It is
    /// delivered once or more, after everything that was stored before it for the same channel and recipient.
    /// </summary>
    /// <param name="channel">Its <see cref="IOutboxChannel.Name"/>. One that no server has plugged in fails like any other, and waits for it.</param>
    /// <param name="json">At most <see cref="OutboxMessage.MaxPayload"/> bytes of UTF-8.</param>
    /// <exception cref="InvalidOperationException">No transaction is open: of the message and its change one could be stored alone.</exception>
    /// <exception cref="ArgumentException">Something is empty or too long, or not JSON.</exception>
    public static OutboxMessage AddToOutbox(this DispatchContext db, string channel, string recipient, string kind, string json, DateTimeOffset now)
    {
        if (db.Database.CurrentTransaction is null)
            throw new InvalidOperationException("A message is stored in the transaction of its change; begin a write first.");
        Check(channel, OutboxMessage.MaxChannel, nameof(channel));
        Check(recipient, OutboxMessage.MaxRecipient, nameof(recipient));
        Check(kind, OutboxMessage.MaxKind, nameof(kind));
        if (Encoding.UTF8.GetByteCount(json) is var bytes and > OutboxMessage.MaxPayload)
            throw new ArgumentException($"The payload has {bytes} bytes, at most {OutboxMessage.MaxPayload} are sent.", nameof(json));
        if (!IsJson(json))
            throw new ArgumentException("The payload is not JSON.", nameof(json));

        var message = new OutboxMessage
        {
            MessageId = Guid.NewGuid(),
            Channel = channel,
            Recipient = recipient,
            Kind = kind,
            Payload = json,
            CreatedAt = now,
            NextAttemptAt = now,
        };
        db.Set<OutboxMessage>().Add(message);
        return message;
    }

    private static void Check(string value, int max, string name)
    {
        if (value.Length == 0 || value.Length > max)
            throw new ArgumentException($"1 to {max} characters are taken, this has {value.Length}.", name);
    }

    private static bool IsJson(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
