using System.Text;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Machine;
using TaxiCredit.TransparencyLog;

namespace TaxiCredit.Dispatch.Features.Anchor;

/// <summary>The last checkpoint of each log in the data folder: what a restored database does not bring back with it.</summary>
internal static class CheckpointFile
{
    /// <summary>Replaces the file, whole or not at all. Its time is this server's, by the clock that dates everything else.</summary>
    public static void Write(DataFolder folder, SignedCheckpoint signed) =>
        PrivateFile.Replace(PathOf(folder, signed.Tree), Encoding.UTF8.GetBytes(signed.Note), signed.At);

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
