using System.Data.Common;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Archive;

namespace TaxiCredit.Dispatch.CommandLine;

internal static partial class Commands
{
    /// <summary>
    /// Writes the whole city into one file, an archive or a backup. Exit code 2: it cannot be; 1: the database or the disk failed. There is no file then.
    /// </summary>
    public static Task<int> ArchiveAsync(
        DispatchOptions options, ArchiveKind kind, string file, bool withKeys, string? passphraseFile, CancellationToken stop) =>
        WithArchiveAsync(kind == ArchiveKind.Backup ? "backup" : "archive", async () =>
        {
            await using var app = DispatchServer.Build(options);
            var folder = app.Services.GetRequiredService<DataFolder>();
            var passphrase = withKeys ? Passphrase.Read(passphraseFile, isNew: true) : null;
            await using var db = await ReadOnlyDatabase.OpenAsync(app.Services.GetRequiredService<DatabaseSettings>(), stop);
            var report = await new ArchiveCity(db, folder, kind, passphrase, app.Services.GetRequiredService<TimeProvider>()).WriteAsync(file, stop);
            foreach (var photo in report.MissingPhotos)
                Console.Error.WriteLine($"photos/{photo} is not in the data folder, and not in the archive");
            Console.WriteLine($"rows     {report.Rows} of {report.Tables} tables, {report.Photos} photos");
            Console.WriteLine(withKeys
                ? $"keys     {report.Keys} files, sealed"
                : "keys     none: keep keys/ and log.key of the data folder, apart from this file");
            Console.WriteLine(kind == ArchiveKind.Backup
                ? "secrets  as the database has them, without invitations and sessions: keep this file as you keep the database"
                : "secrets  none: no passwords, second factors, passkeys, API tokens, invitations and sessions");
            Console.WriteLine($"content  {report.Content}");
            Console.WriteLine($"wrote {Path.GetFileName(file)}");
            return 0;
        });

    /// <summary>
    /// Fills an empty folder and database. Exit code 2: the archive, the folder or the database is refused; 1: the database or the disk failed. Nothing is
    /// stored then.
    /// </summary>
    public static Task<int> RestoreAsync(DispatchOptions options, string file, bool withKeys, string? passphraseFile, CancellationToken stop) =>
        WithArchiveAsync("restore", async () =>
        {
            await using var app = DispatchServer.Build(options);
            var restore = new RestoreCity(
                app.Services.GetRequiredService<DataFolder>(), app.Services.GetRequiredService<DatabaseSettings>(),
                withKeys ? () => Passphrase.Read(passphraseFile, isNew: false) : null, SystemUser.Name, app.Services.GetRequiredService<TimeProvider>());
            var report = await restore.RunAsync(file, stop);
            Console.WriteLine($"rows     {report.Rows}, {report.Photos} photos, of {report.Head.MadeAt:yyyy-MM-dd HH:mm:ss}Z");
            Console.WriteLine(report.Keys > 0
                ? $"keys     {report.Keys} files"
                : "keys     none: put keys/ and log.key of that city into the data folder before the first start, or cabs are not reached");
            Console.WriteLine(report.Head.Kind == ArchiveKind.Backup
                ? "secrets  as they were then: close and revoke again what was closed and revoked since; people sign in again"
                : "secrets  none: let an admin in by account reset-admin, invite everybody else, make API tokens anew");
            Console.WriteLine($"content  {report.Content}");
            Console.WriteLine($"restored {report.Head.City}; run verify, then start the server");
            return 0;
        });

    private static async Task<int> WithArchiveAsync(string command, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (InvalidDataException refused)
        {
            return Fail(refused.Message);
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException or DbException or InvalidOperationException { InnerException: DbException })
        {
            Console.Error.WriteLine($"{command} was not carried out, and nothing was stored: {failure.Message}");
            return NotCarriedOut;
        }
    }
}
