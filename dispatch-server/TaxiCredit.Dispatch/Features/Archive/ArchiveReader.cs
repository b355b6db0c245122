using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TaxiCredit.Dispatch.Features.Archive;

/// <param name="Number">From 1 for each table.</param>
/// <param name="Rows">Lines of rows, each ended by a line feed.</param>
internal sealed record ArchivePart(string Name, PartHead Head, int Number, ReadOnlyMemory<byte> Rows);

/// <summary>
/// Reads an archive from its beginning to its end; memory holds one part. Nothing in it is believed: every header must be as this program writes it,
/// each name one that there can be, each part as large as it may be, and the sums those of what was read.
/// </summary>
internal sealed class ArchiveReader : IDisposable
{
    private readonly FileStream _file;
    private readonly byte[] _block = new byte[TarHeader.Block];

    private ArchiveReader(FileStream file) => _file = file;

    public ArchiveHead Head { get; private set; } = null!;

    /// <summary>The sealed keys; null before a reading to the end, and if there are none.</summary>
    public byte[]? Keys { get; private set; }

    /// <exception cref="InvalidDataException">It is no archive, or not one that this version reads; the message says which.</exception>
    public static ArchiveReader Open(string path)
    {
        if (!File.Exists(path))
            throw new InvalidDataException($"There is no file {path}.");
        var archive = new ArchiveReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16));
        try
        {
            if (archive.Next() is not (ArchiveForm.Head, { } head))
                throw archive.Fault($"It is no archive of this program: it does not begin with {ArchiveForm.Head}.");
            archive.Head = ArchiveHead.Parse(head);
            return archive;
        }
        catch (InvalidDataException fault)
        {
            archive.Dispose();
            throw new InvalidDataException($"{path}: {fault.Message}");
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Hands over each part. Reading to the end is what checks the archive: nothing may be kept of one that fails.</summary>
    /// <returns>SHA-256 of its content, as <see cref="ArchiveWriter.End"/> gives it.</returns>
    /// <exception cref="InvalidDataException">It was cut off or changed; the message names the part.</exception>
    public async Task<string> ReadAsync(Func<ArchivePart, Task> takeAsync)
    {
        _file.Position = 0;
        var sums = new StringBuilder();
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        (string Table, int Number) last = ("", 0);
        while (Next() is var (name, stored))
        {
            if (name == ArchiveForm.Sums)
            {
                var hash = Convert.ToHexStringLower(content.GetHashAndReset());
                Compare(sums + ArchiveWriter.ContentSum(hash), Encoding.ASCII.GetString(stored));
                CheckEnd();
                return hash;
            }

            sums.Append(ArchiveWriter.SumsLine(stored, name));
            if (ArchiveForm.PartOf(name) is { } part)
            {
                if (part.Number != (part.Table == last.Table ? last.Number + 1 : 1))
                    throw Fault($"Its part {name} is out of order.");
                last = part;
                var inflated = Inflate(name, stored);
                content.AppendData(ArchiveWriter.ContentLine(inflated, name));
                await takeAsync(PartOf(name, part, inflated));
            }
            else if (name == ArchiveForm.Keys && Head.HasKeys)
                Keys = stored;
            else if (name != ArchiveForm.Head)
                throw Fault($"It has an entry '{name}', which no archive has.");
        }

        throw Fault($"It was cut off after {_file.Position} bytes: its last entry, {ArchiveForm.Sums}, is not there. Copy it again.");
    }

    private InvalidDataException Fault(string what) => new(Head is null ? what : $"{_file.Name}: {what}");

    /// <returns>Null where the file ends between two entries.</returns>
    private (string Name, byte[] Stored)? Next()
    {
        var at = _file.Position;
        var read = _file.ReadAtLeast(_block, _block.Length, throwOnEndOfStream: false);
        if (read < _block.Length || _block.All(one => one == 0))
        {
            if (Head is null)
                throw Fault("It is no archive of this program.");
            return null;
        }

        if (!TarHeader.TryRead(_block, out var name, out var size))
            throw Fault(Head is null ? "It is no archive of this program." : $"It is damaged at byte {at}: no entry begins there.");
        if (size > ArchiveForm.MaxPartBytes)
            throw Fault($"Its entry '{name}' has {size} bytes; no part has more than {ArchiveForm.MaxPartBytes}.");
        var stored = new byte[size];
        var padding = TarHeader.PaddingOf(size);
        if (_file.ReadAtLeast(stored, size, throwOnEndOfStream: false) < size || _file.ReadAtLeast(_block.AsSpan(0, padding), padding, false) < padding)
            throw Fault($"It was cut off after {_file.Position} bytes, within {name}. Copy it again.");
        return _block.AsSpan(0, padding).ContainsAnyExcept((byte)0) ? throw Fault($"It is damaged after {name}.") : (name, stored);
    }

    private void CheckEnd()
    {
        var end = new byte[(2 * TarHeader.Block) + 1];
        var read = _file.ReadAtLeast(end, end.Length, throwOnEndOfStream: false);
        if (read < 2 * TarHeader.Block)
            throw Fault($"It was cut off after {_file.Position} bytes, at its end. Copy it again.");
        if (read > 2 * TarHeader.Block || end.AsSpan(0, read).ContainsAnyExcept((byte)0))
            throw Fault($"It is damaged: something follows {ArchiveForm.Sums}.");
    }

    private void Compare(string expected, string found)
    {
        if (expected == found)
            return;
        var (lines, others) = (expected.Split('\n'), found.Split('\n'));
        var n = Enumerable.Range(0, Math.Min(lines.Length, others.Length)).FirstOrDefault(n => lines[n] != others[n]);
        throw Fault($"It was changed: {ArchiveForm.Sums} says '{others[n]}', and the file has '{lines[n]}'.");
    }

    private byte[] Inflate(string name, byte[] stored)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(stored), CompressionMode.Decompress);
            using var inflated = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (int read; (read = gzip.Read(buffer)) > 0; inflated.Write(buffer, 0, read))
            {
                // What a few bytes can inflate to has no bound but this.
                if (inflated.Length + read > ArchiveForm.MaxPartBytes)
                    throw Fault($"Its part {name} inflates to more than {ArchiveForm.MaxPartBytes} bytes.");
            }

            return inflated.ToArray();
        }
        catch (InvalidDataException fault) when (!fault.Message.StartsWith(_file.Name, StringComparison.Ordinal))
        {
            throw Fault($"Its part {name} is damaged: {fault.Message}");
        }
    }

    private ArchivePart PartOf(string name, (string Table, int Number) part, byte[] inflated)
    {
        try
        {
            var end = Array.IndexOf(inflated, (byte)'\n');
            var head = JsonSerializer.Deserialize<PartHead>(inflated.AsSpan(0, Math.Max(0, end)), PartHead.Json)!;
            return head.Table == part.Table && inflated[^1] == (byte)'\n' && head.Columns.All(column => column?.Name is not null)
                ? new(name, head, part.Number, inflated.AsMemory(end + 1))
                : throw Fault($"Its part {name} is of {head.Table}, or was cut off.");
        }
        catch (JsonException malformed)
        {
            throw Fault($"Its part {name} is damaged: {malformed.Message}");
        }
    }
}
