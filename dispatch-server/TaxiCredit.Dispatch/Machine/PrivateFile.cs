namespace TaxiCredit.Dispatch.Machine;

/// <summary>A file that its owner alone may read, whatever the mask of the process is. On Windows the folder's own list decides.</summary>
internal static class PrivateFile
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>To write one that is made; a file that is there already keeps its rights.</summary>
    public static FileStreamOptions Making(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return options;
    }

    /// <summary>Writes a new file, onto the disk.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var file = new FileStream(path, Making(FileMode.CreateNew));
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Replaces a file, whole or not at all: whoever reads it meanwhile finds the old one or the new one.</summary>
    /// <param name="dated">What the file's time is to be; null for that of the machine's clock.</param>
    public static void Replace(string path, ReadOnlySpan<byte> content, DateTimeOffset? dated = null)
    {
        var next = path + ".new";
        // One that a crash has left may have other rights.
        File.Delete(next);
        Write(next, content);
        if (dated is { } at)
            File.SetLastWriteTimeUtc(next, at.UtcDateTime);
        File.Move(next, path, overwrite: true);
    }
}
