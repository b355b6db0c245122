using System.Text.Json;
using TaxiCredit.Dispatch.Data.Ledger;

namespace TaxiCredit.Dispatch.Operations.Reads;

/// <summary>
/// One append-only file of the spool: a line of JSON for each look, on the disk before the look is answered. Its lines are numbered from 0. The file is
/// locked for as long as the server lives that writes it: who can open it has the file of a server that is gone. Not thread-safe.
/// </summary>
internal sealed class SpoolFile : IDisposable
{
    public const string Ending = ".reads";

    private readonly FileStream _file;

    private SpoolFile(FileStream file, string name) => (_file, Name, Length) = (file, name, file.Length);

    /// <summary>16 hex digits that no other file has.</summary>
    public string Name { get; }

    /// <summary>Bytes that are on the disk.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes of it that are in the audit log, and lines; null while nobody knows, after a crash or a commit that ended in doubt.</summary>
    public (long Bytes, int Lines)? Logged { get; set; }

    public bool IsLogged => Logged?.Bytes == Length;

    /// <exception cref="IOException">Or <see cref="UnauthorizedAccessException"/>: the folder cannot be written to.</exception>
    public static SpoolFile Create(string folder)
    {
        Directory.CreateDirectory(folder);
        var name = Guid.NewGuid().ToString("N")[..16];
        return new(Open(Path.Combine(folder, name + Ending), FileMode.CreateNew), name) { Logged = (0, 0) };
    }

    /// <returns>Null while the server lives that writes it, and where another one has just taken it away.</returns>
    public static SpoolFile? TryTakeOver(string path)
    {
        try
        {
            return new(Open(path, FileMode.Open), Path.GetFileNameWithoutExtension(path));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static byte[] LineOf(Look look) => [.. JsonSerializer.SerializeToUtf8Bytes(look, LedgerAppend.DetailsJson), (byte)'\n'];

    /// <summary>Appends whole lines and waits for the disk, once.</summary>
    /// <exception cref="IOException">They are not to be relied on; nothing may be appended any more.</exception>
    public void Append(ReadOnlySpan<byte> lines)
    {
        try
        {
            RandomAccess.Write(_file.SafeFileHandle, lines, Length);
            RandomAccess.FlushToDisk(_file.SafeFileHandle);
        }
        catch (IOException)
        {
            // What nobody was shown ought not to be told; where even that fails it is told as shown, which harms less than the other way round.
            _file.SetLength(Length);
            throw;
        }

        Length += lines.Length;
    }

    /// <summary>
    /// The lines behind an offset, at most so many, each with the offset behind it; null for one that cannot be read. What follows the last line feed was
    /// being written when the server died: nobody was shown anything for it.
    /// </summary>
    public List<(Look? Look, long End)> Read(long from, int most)
    {
        const int Piece = 1 << 20;
        var bytes = new byte[Math.Min(Length - from, Piece)];
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(_file.SafeFileHandle, bytes.AsSpan(read), from + read) is > 0 and var more)
            read += more;

        var lines = new List<(Look?, long)>();
        for (var begin = 0; lines.Count < most && bytes.AsSpan(begin, read - begin).IndexOf((byte)'\n') is >= 0 and var length; begin += length + 1)
            lines.Add((Parse(bytes.AsSpan(begin, length)), from + begin + length + 1));
        return lines;
    }

    public void Delete()
    {
        File.Delete(_file.Name);
        Dispose();
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    private static Look? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<Look>(line, LedgerAppend.DetailsJson) is { Actor: not null, Subject: not null, Where: not null } look
                ? look
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
