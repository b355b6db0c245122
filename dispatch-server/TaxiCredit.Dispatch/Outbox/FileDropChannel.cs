using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace TaxiCredit.Dispatch.Outbox;

/// <summary>
/// Appends each message as one line of JSON to <c>{folder}/{recipient}.jsonl</c>: for a folder on another mount that somebody collects. A line
/// counts from its line feed on, is on the disk before the message is called delivered, and is whole: what a crash left of one is taken away
/// before the next is written. A message that came twice has two lines with one <c>id</c>.
/// </summary>
internal sealed class FileDropChannel(IOptions<OutboxSettings> settings) : IOutboxChannel
{
    public const string ChannelName = "file";

    /// <summary>Longest recipient, which is the name of a file.</summary>
    public const int MaxName = 64;

    private const int Block = 4_096;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Name => ChannelName;

    public async Task<DeliveryFault?> DeliverAsync(OutboxMessage message, CancellationToken stop)
    {
        if (!IsName(message.Recipient))
            return new("recipient-is-no-file-name", IsFinal: true);
        // Not created here: on a missing mount it would be a local folder that nobody collects.
        var folder = settings.Value.Folder!;
        if (!Directory.Exists(folder))
            return new("folder-missing");

        var line = LineOf(message);
        // Nothing else on this machine writes in the meantime; a server that has lost its lease and one that has it may both try.
        var path = PathOf(folder, message.Recipient);
        await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        var end = EndOfLastLine(file);
        file.SetLength(end);
        file.Position = end;
        try
        {
            await file.WriteAsync(line, stop);
            file.Flush(flushToDisk: true);
        }
        catch
        {
            file.SetLength(end);
            throw;
        }

        return null;
    }

    public static string PathOf(string folder, string recipient) => Path.Combine(folder, $"{recipient}.jsonl");

    private static byte[] LineOf(OutboxMessage message)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("id", message.MessageId);
            json.WriteString("kind", message.Kind);
            json.WriteString("createdAt", message.CreatedAt);
            json.WritePropertyName("payload");
            using (var payload = JsonDocument.Parse(message.Payload))
                payload.WriteTo(json);
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    /// <summary>Behind the last line feed; 0 if there is none.</summary>
    private static long EndOfLastLine(FileStream file)
    {
        Span<byte> block = stackalloc byte[Block];
        for (var end = file.Length; end > 0;)
        {
            var start = Math.Max(0, end - Block);
            file.Position = start;
            var part = block[..(int)(end - start)];
            file.ReadExactly(part);
            if (part.LastIndexOf((byte)'\n') is var at and >= 0)
                return start + at + 1;
            end = start;
        }

        return 0;
    }

    private static bool IsName(string recipient) =>
        recipient.Length is >= 1 and <= MaxName && recipient.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
