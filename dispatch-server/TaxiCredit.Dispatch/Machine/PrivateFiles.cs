using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace TaxiCredit.Dispatch.Machine;

/// <summary>
/// Nothing in the data folder is for other users of the machine: complaints, photos and keys lie there. On Windows the folder's own list decides.
/// </summary>
internal static partial class PrivateFiles
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>From now on this process makes files for its user alone (0600, folders 0700), whichever library makes them. Call first of all.</summary>
    public static void Begin()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetMask(0b000_111_111);
    }

    /// <summary>The folder, or what lies in it, that others may read or change; at most <paramref name="max"/> of them.</summary>
    public static IReadOnlyList<string> FindLooser(string folder, int max) =>
        OperatingSystem.IsWindows() ? [] : [.. All(folder).Where(IsLooser).Take(max)];

    private static IEnumerable<string> All(string folder) =>
        Directory.EnumerateFileSystemEntries(folder, "*", Everything).Prepend(folder);

    /// <summary>False where it has been deleted in the meantime, as SQLite's journal may be.</summary>
    [UnsupportedOSPlatform("windows")]
    private static bool IsLooser(string path)
    {
        try
        {
            return (File.GetUnixFileMode(path) & Others) != 0;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetMask(uint mask);
}
