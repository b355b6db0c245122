using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Machine;

namespace TaxiCredit.Dispatch.Features.Archive;

/// <param name="Content">As the archive's, see <see cref="ArchiveReport"/>.</param>
internal sealed record RestoreReport(ArchiveHead Head, long Rows, long Photos, int Keys, string Content);

/// <summary>
/// Fills an empty data folder and an empty database from an archive, all of it or nothing. The archive is read twice: first to its end, so that nothing is
/// touched for one that is broken, and then into the database. Rows go into tables as they were when it was made; then this version's migrations run.
/// </summary>
/// <param name="passphrase">Asked for it when the archive has keys; null leaves them out.</param>
/// <param name="by">Who restores, for the audit log.</param>
internal sealed class RestoreCity(DataFolder folder, DatabaseSettings settings, Func<string>? passphrase, string by, TimeProvider time)
{
    private static readonly string[] KeyFiles = ["keys", "log.key"];

    private static readonly (LogTree Tree, string Name)[] Checkpoints = [(LogTree.City, "city.checkpoint"), (LogTree.Audit, "audit.checkpoint")];

    private readonly PhotoRows _photos = new();
    private long _rows;
    private string _content = "";

    /// <exception cref="InvalidDataException">The archive, the folder or the database is refused; the message says why. Nothing was stored.</exception>
    public async Task<RestoreReport> RunAsync(string path, CancellationToken stop)
    {
        using var archive = ArchiveReader.Open(path);
        using var place = RestoreFolder.Begin(folder);
        if (place.WasCut)
            place.TakeUp(File.Exists(folder.DatabaseFile) || await RestoreTarget.IsFilledAsync(settings, stop));
        await RestoreTarget.RefuseAsync(settings, archive.Head, stop);
        _content = await archive.ReadAsync(part =>
        {
            RowReader.Read(part, _ => { });
            return Task.CompletedTask;
        });
        var keys = OpenKeys(archive, place);
        foreach (var (name, content) in keys)
        {
            var file = Path.Combine(place.Making.Path, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            PrivateFile.Write(file, content);
        }

        RestoredMark.Leave(place.Making, archive.Head, _content, by, time.GetUtcNow());
        await FillAsync(archive, place, stop);
        place.Done();
        return new(archive.Head, _rows, _photos.Count, keys.Count, _content);
    }

    private async Task FillAsync(ArchiveReader archive, RestoreFolder place, CancellationToken stop)
    {
        if (settings.Provider == DatabaseProvider.Sqlite)
        {
            await using (var db = await RestoreTarget.MakeSqliteAsync(place.Making, archive.Head.Schema, stop))
            {
                await using (var transaction = await db.Database.BeginTransactionAsync(stop))
                {
                    await LoadAsync(archive, place, db, stop);
                    await transaction.CommitAsync(stop);
                }

                await RestoreTarget.FinishSqliteAsync(db, stop);
            }

            RestoreTarget.Sync(place.Making.DatabaseFile);
            place.Move(Path.GetFileName(folder.DatabaseFile));
            return;
        }

        await using var postgres = RestoreTarget.Postgres(settings);
        await postgres.GetService<IMigrator>().MigrateAsync(archive.Head.Schema, stop);
        await using (var write = await postgres.BeginWriteAsync(stop))
        {
            // Again, now that nobody else can begin to fill it.
            await RestoreTarget.RefuseFilledAsync(postgres, stop);
            await RestoreTarget.TriggersAsync(postgres, "DISABLE", stop);
            await LoadAsync(archive, place, postgres, stop);
            await RestoreTarget.TriggersAsync(postgres, "ENABLE", stop);
            place.Move(null);
            await write.CommitAsync();
        }

        place.Done();
        await DatabaseUpgrade.RunAsync(postgres, stop);
    }

    private async Task LoadAsync(ArchiveReader archive, RestoreFolder place, DispatchContext db, CancellationToken stop)
    {
        var loader = await RowLoader.OfAsync(db, Withheld.From(archive.Head.Kind), stop);
        var tables = loader.Tables.ToArray();
        var suspended = await SuspendedKeys.OfAsync(db, tables, stop);
        var seen = new HashSet<string>();
        var content = await archive.ReadAsync(async part =>
        {
            seen.Add(part.Head.Table);
            if (part.Head.Table == ArchiveForm.Photos)
                _photos.Store(part, place.Making);
            else
                _rows += await loader.LoadAsync(part, stop);
        });
        if (content != _content)
            throw new InvalidDataException("The archive was changed while it was read.");
        if (tables.Append(ArchiveForm.Photos).Except(seen).FirstOrDefault() is { } missing)
            throw new InvalidDataException($"The archive has no part of {missing}.");
        await suspended.RestoreAsync(stop);
        await RestoreTarget.CheckKeysAsync(db, stop);
        await WriteCheckpointsAsync(db, place, stop);
    }

    private SortedDictionary<string, byte[]> OpenKeys(ArchiveReader archive, RestoreFolder place)
    {
        if (passphrase is null || archive.Keys is not { } box)
            return [];
        if (KeyFiles.FirstOrDefault(place.Has) is { } there)
            throw new InvalidDataException($"{folder.Path} has {there}, and the archive has keys too: take one of them away, or restore with --without-keys.");
        return KeyBox.Open(box, passphrase(), archive.Head.City);
    }

    /// <summary>The last checkpoints lie outside the database too. Those that are there stay: they tell whether what is restored is behind.</summary>
    private static async Task WriteCheckpointsAsync(DispatchContext db, RestoreFolder place, CancellationToken stop)
    {
        foreach (var (tree, name) in Checkpoints)
        {
            if (place.Has(name))
                continue;
            if (await db.Checkpoints.AsNoTracking().Where(c => c.Tree == tree).OrderByDescending(c => c.Id).FirstOrDefaultAsync(stop) is { } signed)
                CheckpointFile.Write(place.Making, signed);
        }
    }
}
