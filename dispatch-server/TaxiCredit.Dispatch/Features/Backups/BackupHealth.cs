using System.Globalization;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Health;

namespace TaxiCredit.Dispatch.Features.Backups;

/// <summary>How much would be lost with the disk. Never a failure: the server serves as well without a backup, and a balancer must not take it away.</summary>
internal static class BackupHealth
{
    /// <summary>A day, and time to make one.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(26);

    public static readonly HealthCheck Check = new("backup", LookAsync);

    /// <param name="newest">Null for none.</param>
    /// <param name="isSameDisk">Whether it lies on the disk of the data.</param>
    public static Finding Judge(int count, BackupFile? newest, long bytes, bool isSameDisk, bool hasKeys, DateTimeOffset now)
    {
        if (newest is null)
            return Finding.Warn("no backup yet; the first is made within five minutes of the start");
        var age = now - newest.At;
        var found = string.Create(
            CultureInfo.InvariantCulture,
            $"newest {newest.At:yyyy-MM-dd HH:mm}Z, {age.TotalHours:0.0} h old, {bytes / 1024.0 / 1024:0.0} MiB; {count} kept, "
            + $"{(hasKeys ? "with keys" : "without keys")}");
        return age > MaxAge ? Finding.Warn($"{found}; too old")
            : isSameDisk ? Finding.Warn($"{found}; on the disk of the data")
            : Finding.Ok(found);
    }

    private static async Task<Finding?> LookAsync(HealthLook look, CancellationToken stop)
    {
        var settings = look.Of<IOptions<BackupSettings>>().Value;
        if (settings.Folder.Length == 0)
            return Finding.Warn("none is made: no folder is named in Backup:Folder");
        if (!Directory.Exists(settings.Folder))
            return Finding.Warn($"there is no folder {settings.Folder}");
        var all = new BackupFolder(settings.Folder, await look.Db.CityAsync(stop)).All.FindAll(file => file.At <= look.Now);
        var newest = all.LastOrDefault();
        return Judge(
            all.Count, newest, newest is null ? 0 : new FileInfo(newest.Path).Length,
            FileIdentity.Of(settings.Folder) is { } there && FileIdentity.Of(look.Of<DataFolder>().Path) is { } here && there.IsOnDiskOf(here),
            settings.PassphraseFile.Length > 0, look.Now);
    }
}
