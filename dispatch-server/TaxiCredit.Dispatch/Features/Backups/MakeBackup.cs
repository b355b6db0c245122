using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Archive;
using TaxiCredit.Dispatch.Jobs;

namespace TaxiCredit.Dispatch.Features.Backups;

/// <summary>Makes the backup of the day once its time has come, reads it again to its end, and only then deletes what need not be kept.</summary>
internal sealed partial class MakeBackup(
    DatabaseSettings database, DataFolder data, IOptions<BackupSettings> settings, DispatchContext db, TimeProvider time, ILogger<MakeBackup> log)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan RenewEvery = TimeSpan.FromMinutes(1);

    public static readonly Job Job = new("backup", LookEvery, (context, stop) => context.Services.GetRequiredService<MakeBackup>().RunAsync(context, stop))
    {
        NeedsLease = true, RetryAfter = TimeSpan.FromMinutes(30),
    };

    /// <exception cref="IOException">The folder is not there, or full. What was there before stays.</exception>
    private async Task RunAsync(JobContext context, CancellationToken stop)
    {
        var folder = new BackupFolder(settings.Value.Folder, await db.CityAsync(stop));
        var now = time.GetUtcNow();
        if (!BackupFolder.IsDue(folder.All, now, settings.Value.Time))
            return;
        await context.GuardAsync(db, stop);
        // Only this run writes here: none other has the lease.
        folder.ClearUnfinished();
        var path = folder.PathFor(now);
        var start = time.GetTimestamp();
        var report = await WhileLeadingAsync(context, over => WriteAsync(path, over), stop);
        LogMade(Path.GetFileName(path), report.Rows, report.Photos, new FileInfo(path).Length, time.GetElapsedTime(start).TotalSeconds);
        if (report.MissingPhotos.Count > 0)
            LogMissing(Path.GetFileName(path), string.Join(", ", report.MissingPhotos));
        foreach (var file in BackupFolder.ToDelete(folder.All, now, settings.Value.Keep, settings.Value.KeepMonths))
            File.Delete(file.Path);
    }

    private async Task<ArchiveReport> WriteAsync(string path, CancellationToken stop)
    {
        var passphrase = settings.Value.PassphraseFile is { Length: > 0 } file ? PassphraseFile.Read(file, isNew: true) : null;
        ArchiveReport report;
        await using (var reading = await ReadOnlyDatabase.OpenAsync(database, stop))
            report = await new ArchiveCity(reading, data, ArchiveKind.Backup, passphrase, time).WriteAsync(path, stop);
        try
        {
            using var written = ArchiveReader.Open(path);
            if (await written.ReadAsync(_ => Task.FromResult(stop.IsCancellationRequested ? throw new OperationCanceledException(stop) : 0)) != report.Content)
                throw new InvalidDataException($"{path} is not what was written to it.");
        }
        catch
        {
            File.Delete(path);
            throw;
        }

        return report;
    }

    /// <summary>Ends the work when another server has taken over.</summary>
    private async Task<ArchiveReport> WhileLeadingAsync(JobContext context, Func<CancellationToken, Task<ArchiveReport>> workAsync, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        // A thread of its own: SQLite's asynchronous methods are not.
        var work = Task.Run(() => workAsync(over.Token), CancellationToken.None);
        try
        {
            while (await Task.WhenAny(work, Task.Delay(RenewEvery, time, over.Token)) != work)
                await context.GuardAsync(db, stop);
            return await work;
        }
        finally
        {
            await over.CancelAsync();
            await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(5301, LogLevel.Information, "Backup {File}: {Rows} rows, {Photos} photos, {Bytes} bytes, in {Seconds:0.0} s, read again to its end")]
    private partial void LogMade(string file, long rows, long photos, long bytes, double seconds);

    [LoggerMessage(5302, LogLevel.Warning, "Photos that rows name are not in the data folder, and not in {File}: {Photos}")]
    private partial void LogMissing(string file, string photos);
}
