using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Archive;

namespace Dispatch.Tests.Archive;

/// <summary>What these tests do with archives: writing, restoring, taking apart and putting together again.</summary>
internal static class Archives
{
    public const string Passphrase = "a long and dull sentence";
    public const string By = "system:test";

    public static DatabaseSettings Database(this DispatchOptions options) => options.DatabaseConnection is { } connection
        ? new(DatabaseProvider.Postgres, connection)
        : new(DatabaseProvider.Sqlite, DatabaseSettings.SqliteConnection(options.DatabaseFile));

    /// <summary>A folder of its own with nothing in it, for a database on SQLite.</summary>
    public static DispatchOptions NewFolder() =>
        new() { Data = Directory.CreateTempSubdirectory("taxicredit-restored-").FullName, Port = 0, MqttPort = 0 };

    /// <returns>Path of the archive, which lies in no data folder.</returns>
    public static async Task<(string File, ArchiveReport Report)> ArchiveAsync(
        this DispatchOptions options, string? passphrase = null, ArchiveKind kind = ArchiveKind.Archive)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("taxicredit-archive-").FullName, "city.archive");
        await using var db = await ReadOnlyDatabase.OpenAsync(options.Database(), CancellationToken.None);
        return (file, await new ArchiveCity(db, options.Folder, kind, passphrase, TimeProvider.System).WriteAsync(file, CancellationToken.None));
    }

    public static Task<RestoreReport> RestoreAsync(this DispatchOptions options, string file, string? passphrase = null) =>
        new RestoreCity(options.Folder, options.Database(), passphrase is null ? null : () => passphrase, By, TimeProvider.System)
            .RunAsync(file, CancellationToken.None);

    /// <summary>The refusal of a restore, which leaves folder and database as they were.</summary>
    public static async Task<string> RefusedAsync(this DispatchOptions options, string file, string? passphrase = null)
    {
        var before = Directory.GetFileSystemEntries(options.Data, "*", SearchOption.AllDirectories).Order().ToList();
        var refused = await Assert.ThrowsExactlyAsync<InvalidDataException>(() => options.RestoreAsync(file, passphrase));
        CollectionAssert.AreEqual(before, Directory.GetFileSystemEntries(options.Data, "*", SearchOption.AllDirectories).Order().ToList());
        return refused.Message;
    }

    public static async Task<List<string>> VerifyAsync(this DispatchOptions options)
    {
        await using var db = await ReadOnlyDatabase.OpenAsync(options.Database(), CancellationToken.None);
        var (same, lines) = await Verified.RunAsync(db);
        Assert.IsTrue(same, string.Join('\n', lines));
        return lines;
    }

    /// <summary>Entries as any other program reads them.</summary>
    public static List<(string Name, byte[] Stored)> Entries(string file)
    {
        var entries = new List<(string, byte[])>();
        using var tar = new TarReader(File.OpenRead(file));
        while (tar.GetNextEntry() is { } entry)
        {
            using var stored = new MemoryStream();
            entry.DataStream?.CopyTo(stored);
            entries.Add((entry.Name, stored.ToArray()));
        }

        return entries;
    }

    /// <summary>Entries as one puts them together who knows the form, with sums that fit.</summary>
    public static string Forge(IEnumerable<(string Name, byte[] Stored)> entries)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("taxicredit-forged-").FullName, "city.archive");
        using var tar = File.Create(file);
        var (sums, content) = (new StringBuilder(), new StringBuilder());
        foreach (var (name, stored) in entries.Where(entry => entry.Name != ArchiveForm.Sums))
        {
            Put(name, stored);
            sums.Append(ArchiveWriter.SumsLine(stored, name));
            if (ArchiveForm.PartOf(name) is not null)
                content.Append(Encoding.ASCII.GetString(ArchiveWriter.ContentLine(Inflate(stored), name)));
        }

        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(content.ToString())));
        Put(ArchiveForm.Sums, Encoding.ASCII.GetBytes(sums + ArchiveWriter.ContentSum(hash)));
        tar.Write(new byte[2 * TarHeader.Block]);
        return file;

        void Put(string name, byte[] stored)
        {
            tar.Write(TarHeader.Of(name, stored.Length));
            tar.Write(stored);
            tar.Write(new byte[TarHeader.PaddingOf(stored.Length)]);
        }
    }

    /// <summary>The archive with another text in one part, or in the head.</summary>
    public static string Forge(string file, string name, Func<string, string> change) => Forge(Entries(file).Select(entry => entry.Name != name
        ? entry
        : name == ArchiveForm.Head
            ? (name, Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(entry.Stored))))
            : (name, Deflate(Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(Inflate(entry.Stored))))))));

    public static string Text(string file, string name) => Encoding.UTF8.GetString(Inflate(Entries(file).Single(entry => entry.Name == name).Stored));

    public static byte[] Inflate(byte[] stored)
    {
        using var inflated = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(stored), CompressionMode.Decompress))
            gzip.CopyTo(inflated);
        return inflated.ToArray();
    }

    public static byte[] Deflate(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return packed.ToArray();
    }
}
