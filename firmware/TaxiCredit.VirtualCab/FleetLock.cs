using System;
using System.Globalization;
using System.IO;

namespace TaxiCredit.VirtualCab;

/// <summary>Keeps a second fleet off a folder. The lock is released with the process, however it ends.</summary>
internal sealed class FleetLock : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _pidPath;

    private FleetLock(FileStream file, string pidPath)
    {
        _lock = file;
        _pidPath = pidPath;
    }

    /// <summary>Takes the lock.</summary>
    /// <returns>Null when another process has it; <paramref name="owner"/> is then its id, if it says.</returns>
    public static FleetLock? TryTake(string folder, out string owner)
    {
        string pidPath = Path.Combine(folder, "fleet.pid");
        owner = "";
        try
        {
            var file = new FileStream(Path.Combine(folder, "fleet.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(pidPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
            return new FleetLock(file, pidPath);
        }
        catch (IOException) when (File.Exists(pidPath))
        {
            owner = File.ReadAllText(pidPath).Trim();
            return null;
        }
    }

    public void Dispose()
    {
        File.Delete(_pidPath);
        _lock.Dispose();
    }
}
