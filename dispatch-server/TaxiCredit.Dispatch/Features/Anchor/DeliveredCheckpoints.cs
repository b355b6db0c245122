using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Outbox;
using TaxiCredit.TransparencyLog;

namespace TaxiCredit.Dispatch.Features.Anchor;

/// <summary>
/// What recipients on another mount hold: a data folder that was restored as a whole has forgotten its own last checkpoint too, they have not. Only
/// what a key of this log has signed counts, so that who can write there can hide something from this server, but cannot stop a city.
/// </summary>
internal sealed class DeliveredCheckpoints(LogKeyFile keys, IOptions<AnchorSettings> settings, IOptions<OutboxSettings> outbox)
{
    /// <summary>Bytes read from the end of a file: some two hundred checkpoints, more than three months.</summary>
    private const int Tail = 131_072;

    /// <summary>The newest checkpoint of a log in the file of each recipient that has one.</summary>
    public async Task<List<KeptCheckpoint>> FindAsync(DispatchContext db, LogTree tree, CancellationToken stop)
    {
        var names = settings.Value.Recipients.Select(one => one.Split(':', 2)).Where(one => one[0] == FileDropChannel.ChannelName).Select(one => one[1]);
        var files = outbox.Value.Folder is { } folder
            ? names.Select(name => (Name: name, Path: FileDropChannel.PathOf(folder, name))).Where(file => File.Exists(file.Path)).ToList()
            : [];
        if (files.Count == 0)
            return [];
        var origin = CheckpointSigning.OriginOf(tree, settings.Value.OriginOf(await db.CityAsync(stop)));
        var known = (await db.LogKeys.AsNoTracking().Select(k => k.Verifier).ToListAsync(stop)).ConvertAll(NoteVerifier.Parse);
        known.AddRange((keys.Read() ?? []).Select(signer => signer.Verifier));
        return [.. files.Select(file => NewestIn(file.Path, file.Name, origin, known)).OfType<KeptCheckpoint>()];
    }

    private static KeptCheckpoint? NewestIn(string path, string name, string origin, List<NoteVerifier> known)
    {
        // Another server may be appending; what is not ended by a line feed is passed over.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = Math.Max(0, file.Length - Tail);
        var bytes = new byte[Tail];
        var lines = Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, Tail, throwOnEndOfStream: false)).Split('\n');
        return lines[..^1].Reverse().Select(line => Read(line, name, origin, known)).FirstOrDefault(found => found is not null);
    }

    private static KeptCheckpoint? Read(string line, string name, string origin, List<NoteVerifier> known)
    {
        try
        {
            using var message = JsonDocument.Parse(line);
            if (message.RootElement.GetProperty("kind").GetString() != CheckpointSigning.MessageKind)
                return null;
            var note = message.RootElement.GetProperty("payload").GetProperty("note").GetString() ?? "";
            if (SignedNote.TryOpen(note, known, out var text) is not null || Checkpoint.Parse(text) is not { } checkpoint || checkpoint.Origin != origin)
                return null;
            return new(checkpoint, message.RootElement.GetProperty("createdAt").GetDateTimeOffset(), $"recipient {name}");
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // The first line is cut where the tail begins, and anybody may have written the others.
            return null;
        }
    }
}

/// <summary>A checkpoint that lies beyond the database.</summary>
/// <param name="Keeper">Who has it, for the evidence.</param>
internal sealed record KeptCheckpoint(Checkpoint Checkpoint, DateTimeOffset At, string Keeper);
