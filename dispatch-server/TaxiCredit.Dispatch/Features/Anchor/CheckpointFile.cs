using TaxiCredit.Dispatch.Data;
using TaxiCredit.TransparencyLog;

namespace TaxiCredit.Dispatch.Features.Anchor;

/// <summary>The last checkpoint of each log in the data folder: what a restored database does not bring back with it.</summary>
internal static class CheckpointFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces the file, whole or not at all.</summary>
    public static void Write(DataFolder folder, SignedCheckpoint signed)
    {
        var path = PathOf(folder, signed.Tree);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(path + ".new", options))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(signed.Note));
            file.Flush(flushToDisk: true);
        }

        // The file's time is this server's, by the clock that dates everything else.
        File.SetLastWriteTimeUtc(path + ".new", signed.At.UtcDateTime);
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <returns>Null before the first one.</returns>
    /// <exception cref="FormatException">It is no checkpoint.</exception>
    public static (Checkpoint Checkpoint, DateTimeOffset At)? Read(DataFolder folder, LogTree tree)
    {
        var path = PathOf(folder, tree);
        if (!File.Exists(path))
            return null;
        var note = File.ReadAllText(path);
        // Whoever can write here can take the file away; what it says is compared with the database and not believed.
        var end = note.IndexOf("\n\n", StringComparison.Ordinal);
        return (Checkpoint.Parse(end < 0 ? note : note[..(end + 1)]), new(File.GetLastWriteTimeUtc(path), TimeSpan.Zero));
    }

    private static string PathOf(DataFolder folder, LogTree tree) => folder.CheckpointOf(tree == LogTree.City ? "city" : "audit");
}
