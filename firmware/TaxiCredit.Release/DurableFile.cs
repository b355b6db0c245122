namespace TaxiCredit.Release;

/// <summary>Files that are on disk when a method returns.</summary>
internal sealed class DurableFile : IIndexFile, IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Anybody = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly FileStream _stream;

    private DurableFile(FileStream stream)
    {
        _stream = stream;
    }

    /// <summary>Opens a file for one process alone.</summary>
    /// <exception cref="ReleaseException">It is missing, or another process has it.</exception>
    public static DurableFile Open(string path)
    {
        if (!File.Exists(path))
            throw new ReleaseException($"{path}: missing; without it nobody knows which indexes are used, and this key must not sign any more");
        try
        {
            return new DurableFile(new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new ReleaseException($"{path}: in use by another process: {e.Message}");
        }
    }

    /// <summary>Makes a file that does not exist yet, readable to its owner alone or to anybody.</summary>
    /// <exception cref="ReleaseException">It exists.</exception>
    public static void Create(string path, byte[] content, bool isSecret)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = isSecret ? OwnerOnly : Anybody;
        try
        {
            using var file = new FileStream(path, options);
            file.Write(content);
            file.Flush(true);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new ReleaseException($"{path}: exists already, and is never written over");
        }
    }

    public byte[] Read()
    {
        byte[] content = new byte[_stream.Length];
        _stream.Position = 0;
        _stream.ReadExactly(content);
        return content;
    }

    public void Append(byte[] bytes)
    {
        _stream.Position = _stream.Length;
        _stream.Write(bytes);
        _stream.Flush(true);
    }

    public void Dispose() => _stream.Dispose();
}
