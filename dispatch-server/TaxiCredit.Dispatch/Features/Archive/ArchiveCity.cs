using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Machine;

namespace TaxiCredit.Dispatch.Features.Archive;

/// <param name="MissingPhotos">Names of photos that rows name and that are not in the data folder.</param>
/// <param name="Keys">Key files, sealed; 0 without keys.</param>
/// <param name="Content">SHA-256 of rows and photos, 64 hex digits.</param>
internal sealed record ArchiveReport(int Tables, long Rows, long Photos, IReadOnlyList<string> MissingPhotos, int Keys, string Content);

/// <summary>
/// Writes a whole city into one file, of one moment, beside a running server. Changes nothing and writes no audit line: whoever can run it can read the
/// database and its folder anyway.
/// </summary>
/// <param name="passphrase">Seals the keys; null leaves them out.</param>
internal sealed class ArchiveCity(DispatchContext db, DataFolder folder, ArchiveKind kind, string? passphrase, TimeProvider time)
{
    private const int MaxNamed = 20;

    private readonly List<string> _missing = [];
    private long _rows;
    private long _photos;

    /// <param name="path">Must not exist; it is there once it is whole.</param>
    /// <exception cref="InvalidDataException">It exists, or a row cannot be archived.</exception>
    public async Task<ArchiveReport> WriteAsync(string path, CancellationToken stop)
    {
        if (File.Exists(path))
            throw new InvalidDataException($"{path} exists already; nothing was written.");
        var unfinished = path + ".part";
        var options = PrivateFile.Making(FileMode.Create);
        options.BufferSize = 1 << 16;
        try
        {
            ArchiveReport report;
            await using (var file = new FileStream(unfinished, options))
            {
                report = await WriteAsync(file, stop);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: false);
            return report;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private async Task<ArchiveReport> WriteAsync(FileStream file, CancellationToken stop)
    {
        await using var moment = await db.BeginReadAsync(stop);
        using var archive = new ArchiveWriter(file);
        var city = await db.CityAsync(stop);
        var schema = (await db.Database.GetAppliedMigrationsAsync(stop)).Max(StringComparer.Ordinal)!;
        archive.Entry(ArchiveForm.Head, ArchiveHead.Of(kind, schema, city, time.GetUtcNow(), passphrase is not null).ToBytes());
        var withheld = Withheld.From(kind);
        var erased = await SecretsErased.OfAsync(db, withheld, stop);
        var tables = ArchivedTable.AllOf(db, withheld);
        foreach (var table in tables)
            await WriteAsync(table, erased, archive, stop);
        await WritePhotosAsync(tables, archive, stop);
        var keys = passphrase is null ? null : KeyBox.Read(folder);
        if (keys is not null)
            archive.Entry(ArchiveForm.Keys, KeyBox.Seal(keys, passphrase!, city));
        return new(tables.Count, _rows, _photos, _missing, keys?.Count ?? 0, archive.End());
    }

    private async Task WriteAsync(ArchivedTable table, SecretsErased erased, ArchiveWriter archive, CancellationToken stop)
    {
        var rows = archive.Rows(table.Name, table.Form.Columns);
        await table.ReadAsync(db, values =>
        {
            if (AsArchived(table, values, erased))
                rows.Add(values);
        }, stop);
        if (table.Name == "Chronicle")
        {
            foreach (var entry in erased.Entries)
                rows.Add(SecretsErased.RowOf(entry, table));
        }

        rows.End();
        _rows += rows.Rows;
    }

    /// <summary>Changes a row of the chronicle's tables to what fits its end in the archive.</summary>
    /// <returns>False for one that is not in it.</returns>
    private static bool AsArchived(ArchivedTable table, string?[] values, SecretsErased erased)
    {
        switch (table.Name)
        {
            case "ChainHeads" when table[values, "Name"] == ChainHead.Chronicle:
                (values[table.IndexOf("Sequence")], values[table.IndexOf("Hash")]) = (SecretsErased.Number(erased.End.Sequence), erased.End.Hash);
                return true;
            case "ChronicleMarks":
                var (sequence, salt) = (table.IndexOf("Sequence"), table.IndexOf("Salt"));
                var stored = (long.Parse(values[sequence]!, CultureInfo.InvariantCulture), Convert.FromHexString(values[salt]!));
                if (erased.MarkOf(table[values, "Table"]!, table[values, "Key"]!, stored) is not { } mark)
                    return false;
                (values[sequence], values[salt]) = (SecretsErased.Number(mark.Sequence), Convert.ToHexStringLower(mark.Salt));
                return true;
            default:
                return true;
        }
    }

    /// <summary>The files that rows name: each table with a column <c>File</c> has photos.</summary>
    private async Task WritePhotosAsync(IEnumerable<ArchivedTable> tables, ArchiveWriter archive, CancellationToken stop)
    {
        var photos = archive.Rows(ArchiveForm.Photos, [new("File", ColumnKind.Text, false), new("Content", ColumnKind.Bytes, false)]);
        var named = tables.Where(table => table.Form.Columns.Any(column => column.Name == "File"))
            .Select(table => $"SELECT \"File\" FROM \"{table.Name}\" WHERE \"File\" IS NOT NULL");
        await db.RowsAsync(string.Join(" UNION ", named) + " ORDER BY 1", row => Add(row.GetString(0)), stop);
        photos.End();
        _photos = photos.Rows;

        void Add(string name)
        {
            var path = Path.Combine(folder.Photos, name);
            // Erased meanwhile, or lost: the rest must be saved all the more.
            if (ArchiveForm.IsPhoto(name) && File.Exists(path))
                photos.Add([name, Convert.ToHexStringLower(File.ReadAllBytes(path))]);
            else if (_missing.Count < MaxNamed)
                _missing.Add(name);
        }
    }
}
