using System.Text;
using Dispatch.Tests.Crooked;
using Dispatch.Tests.Databases;
using Dispatch.Tests.Exchange;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.CommandLine;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Archive;

namespace Dispatch.Tests.Archive;

/// <summary>What is no whole archive of this program, or does not fit, is refused by name, and nothing remains of the attempt.</summary>
[TestClass]
public class ArchiveRefusalTests
{
    private const string Shifts = "tables/Shifts-000001.ndjson.gz";
    private const string Photos = "photos-000001.ndjson.gz";

    private CrookedCity _city = null!;
    private DispatchOptions _empty = null!;
    private string _file = "";

    [TestInitialize]
    public async Task BuildAsync()
    {
        _city = await ArchivedCity.BuildAsync();
        (_file, _) = await _city.Options.ArchiveAsync(Archives.Passphrase);
        _empty = await Archives.NewFolder().WithEmptyDatabaseAsync();
    }

    [TestCleanup]
    public async Task TearDownAsync()
    {
        await _city.DisposeAsync();
        await _empty.DropDatabaseAsync();
    }

    [TestMethod]
    [DataRow(0, "no archive")]
    [DataRow(100, "no archive")]
    [DataRow(511, "no archive")]
    [DataRow(600, "cut off")]
    [DataRow(-1, "cut off")]
    [DataRow(-512, "cut off")]
    [DataRow(-1024, "cut off")]
    [DataRow(-1025, "cut off")]
    [DataRow(-4096, "cut off")]
    public async Task Restore_OfAnArchiveThatWasCutOff_IsRefused(int at, string says)
    {
        var whole = await File.ReadAllBytesAsync(_file);

        Assert.Contains(says, await RefusedAsync(whole[..(at < 0 ? whole.Length + at : at)]));
    }

    [TestMethod]
    public async Task Restore_OfAnArchiveThatEndsAfterAnEntry_IsRefusedAsCutOff()
    {
        var half = Archives.Entries(_file).TakeWhile(entry => entry.Name != Shifts).Sum(entry =>
            TarHeader.Block + entry.Stored.Length + TarHeader.PaddingOf(entry.Stored.Length));

        Assert.Contains("cut off", await RefusedAsync((await File.ReadAllBytesAsync(_file))[..half]));
    }

    /// <summary>Everywhere: in headers, in what is stored, in the zeros behind it, in the sums and in the end.</summary>
    [TestMethod]
    public async Task Restore_OfAnArchiveWithOneByteChanged_IsRefused()
    {
        var whole = await File.ReadAllBytesAsync(_file);
        var places = Enumerable.Range(0, 120).Select(n => (int)((long)n * 7919 * 613 % whole.Length))
            .Concat([0, 99, 124, 148, 156, 257, 500, 511, 512, whole.Length - 1, whole.Length - 1024, whole.Length - 1100]);
        foreach (var at in places)
        {
            var changed = whole.ToArray();
            changed[at] ^= 1;
            await RefusedAsync(changed);
        }
    }

    [TestMethod]
    public async Task Restore_WithSomethingBehindTheArchive_IsRefused() =>
        Assert.Contains("something follows", await RefusedAsync([.. await File.ReadAllBytesAsync(_file), 0]));

    [TestMethod]
    public async Task Restore_OfANewerForm_IsRefused() =>
        Assert.Contains("newer version", await RefusedAsync(Head("\"format\":1", "\"format\":3")));

    [TestMethod]
    public async Task Restore_OfANewerSchema_IsRefused() =>
        Assert.Contains("a newer one wrote it", await RefusedAsync(Head("\"schema\":\"2", "\"schema\":\"9")));

    [TestMethod]
    public async Task Restore_OfAnotherProduct_IsRefused() =>
        Assert.Contains("another program", await RefusedAsync(Head(ArchiveForm.Product, "parking-archive")));

    [TestMethod]
    public async Task Restore_OfAFileThatIsNotThere_IsRefused() =>
        Assert.Contains("There is no file", await _empty.RefusedAsync(Path.Combine(_empty.Data, "none")));

    [TestMethod]
    public async Task Restore_WithAnotherPassphrase_IsRefused() =>
        Assert.Contains("passphrase is not the one", await _empty.RefusedAsync(_file, Archives.Passphrase + "."));

    [TestMethod]
    public async Task Restore_OfKeysThatWereSealedForAnotherCity_IsRefused() =>
        Assert.Contains("passphrase is not the one", await _empty.RefusedAsync(Head("\"city\":\"crooked\"", "\"city\":\"straight\""), Archives.Passphrase));

    [TestMethod]
    [DataRow("../../etc/cron.d/x")]
    [DataRow("/etc/cron.d/x")]
    [DataRow("tables/../../x-000001.ndjson.gz")]
    [DataRow("tables/Shifts-000001.ndjson.gz\n")]
    [DataRow("photos/00000000000000000000000000000001.jpg")]
    public async Task Restore_OfAnEntryThatLeadsElsewhere_IsRefused(string name) => Assert.Contains(
        "which no archive has", await RefusedAsync(Archives.Forge([.. Archives.Entries(_file), (name, [1])])));

    [TestMethod]
    [DataRow("../00000000000000000000000000000001.jpg")]
    [DataRow("/tmp/1.jpg")]
    [DataRow("00000000000000000000000000000001.exe")]
    public async Task Restore_OfAPhotoThatIsCalledOtherwise_IsRefused(string name) => Assert.Contains(
        "no photo is called so", await RefusedAsync(Archives.Forge(_file, Photos, text => text[..(text.IndexOf('\n') + 1)] + $"[\"{name}\",\"AA==\"]\n")));

    /// <summary>64 MiB of zeros in 64 KiB, and one byte more.</summary>
    [TestMethod]
    public async Task Restore_OfAPartThatInflatesWithoutEnd_IsRefused() => Assert.Contains(
        "inflates to more than", await RefusedAsync(Archives.Forge(Archives.Entries(_file).Select(entry =>
            entry.Name == Shifts ? (entry.Name, Archives.Deflate(new byte[ArchiveForm.MaxPartBytes + 1])) : entry))));

    [TestMethod]
    [DataRow("ApiTokens")]
    [DataRow("Passkeys")]
    [DataRow("__EFMigrationsHistory")]
    [DataRow("sqlite_master")]
    [DataRow("NoSuchTable")]
    public async Task Restore_OfATableThatNoArchiveHas_IsRefused(string table)
    {
        var part = Archives.Deflate(Encoding.UTF8.GetBytes($"{{\"table\":\"{table}\",\"columns\":[]}}\n"));

        Assert.Contains(
            "no archive of this version has", await RefusedAsync(Archives.Forge([.. Archives.Entries(_file), (ArchiveForm.NameOf(table, 1), part)])));
    }

    [TestMethod]
    public async Task Restore_OfAnAccountWithAPassword_IsRefused() => Assert.Contains(
        "empty in every archive", await RefusedAsync(Archives.Forge(_file, "tables/Accounts-000001.ndjson.gz", text =>
        {
            var lines = text.Split('\n');
            var at = lines[0].Split("\"name\":\"").Skip(1).Select(part => part.Split('"')[0]).ToList().IndexOf("PasswordHash");
            var row = System.Text.Json.Nodes.JsonNode.Parse(lines[1])!.AsArray();
            row[at] = "AQAAAA";
            return $"{lines[0]}\n{row.ToJsonString()}\n{string.Join('\n', lines[2..])}";
        })));

    [TestMethod]
    public async Task Restore_WithoutAPartOfATable_IsRefused() => Assert.Contains(
        "no part of Shifts", await RefusedAsync(Archives.Forge(Archives.Entries(_file).Where(entry => entry.Name != Shifts))));

    [TestMethod]
    public async Task Restore_WithPartsOutOfOrder_IsRefused() => Assert.Contains(
        "out of order", await RefusedAsync(Archives.Forge(Archives.Entries(_file).Select(entry =>
            entry.Name == Shifts ? (ArchiveForm.NameOf("Shifts", 2), entry.Stored) : entry))));

    [TestMethod]
    [DataRow("[1,2]\n", DisplayName = "too few values")]
    [DataRow("{}\n", DisplayName = "no array")]
    [DataRow("[\n", DisplayName = "no JSON")]
    [DataRow("\n", DisplayName = "nothing")]
    public async Task Restore_OfALineThatIsNoRow_IsRefusedWithPartAndLine(string line) => Assert.Contains(
        $"{Shifts}, line 2", await RefusedAsync(Archives.Forge(_file, Shifts, text => text[..(text.IndexOf('\n') + 1)] + line)));

    /// <summary>The whole archive is well-formed and one row refers to nothing: it is found at the very end of the load.</summary>
    [TestMethod]
    public async Task Restore_OfRowsThatDoNotFitTogether_LeavesFolderAndDatabaseEmpty()
    {
        var forged = Archives.Forge(_file, "tables/Drivers-000001.ndjson.gz", text => text[..(text.IndexOf('\n') + 1)]);

        Assert.AreEqual(2 - (TestDatabases.Provider == DatabaseProvider.Postgres ? 1 : 0), await CommandAsync(forged));

        Assert.IsEmpty(Directory.GetFileSystemEntries(_empty.Data));
        // What was refused has left nothing in the way of the next.
        await _empty.RestoreAsync(_file);
        await _empty.VerifyAsync();
    }

    [TestMethod]
    public async Task Restore_IntoAFolderWithACity_IsRefused()
    {
        var message = await _city.Options.RefusedAsync(_file);

        Assert.Contains("is not empty", message);
        Assert.Contains("a server runs on it", message);
    }

    [TestMethod]
    public async Task Restore_ASecondTime_IsRefusedAndTheCityStays()
    {
        await _empty.RestoreAsync(_file);
        var again = _empty.DatabaseConnection is null ? _empty : _empty with { Data = Archives.NewFolder().Data };

        Assert.Contains("is not empty", await again.RefusedAsync(_file));

        await _empty.VerifyAsync();
    }

    [TestMethod]
    public async Task Restore_OfKeysIntoAFolderThatHasSome_IsRefused()
    {
        await File.WriteAllTextAsync(_empty.Folder.LogKey, "");

        Assert.Contains("has keys too", await _empty.RefusedAsync(_file, Archives.Passphrase));

        var report = await _empty.RestoreAsync(_file);
        Assert.AreEqual(0, report.Keys);
    }

    [TestMethod]
    public async Task Restore_AfterOneThatWasCutOff_BeginsAnew()
    {
        using (var first = RestoreFolder.Begin(_empty.Folder))
        {
            Directory.CreateDirectory(first.Making.Photos);
            await File.WriteAllTextAsync(Path.Combine(first.Making.Photos, "half"), "");
            first.Move(null);
            await File.WriteAllTextAsync(Path.Combine(first.Making.Path, "rest"), "");
            Assert.Contains("Another restore", await _empty.RefusedAsync(_file));
            // The process dies here: what it would have taken back stays.
            Directory.Move(first.Making.Path, _empty.Data + ".cut");
            first.Done();
            Directory.CreateDirectory(first.Making.Path);
        }

        Directory.Move(_empty.Data + ".cut", Path.Combine(_empty.Data, "restoring"));
        await using (var server = EmptyCity.On(_empty))
            await Assert.ThrowsExactlyAsync<InvalidDataException>(() => server.Server.PrepareAsync("other", CancellationToken.None));

        await _empty.RestoreAsync(_file);

        Assert.IsFalse(File.Exists(Path.Combine(_empty.Folder.Photos, "half")));
        await _empty.VerifyAsync();
    }

    [TestMethod]
    public async Task Restore_AfterOneThatWasCutOffAtItsEnd_OnlyCleansUp()
    {
        await _empty.RestoreAsync(_file);
        Directory.CreateDirectory(Path.Combine(_empty.Data, "restoring"));

        var refused = await Assert.ThrowsExactlyAsync<InvalidDataException>(() => _empty.RestoreAsync(_file));

        Assert.Contains("had stored everything", refused.Message);
        Assert.IsFalse(RestoreFolder.IsBegun(_empty.Folder));
        await _empty.VerifyAsync();
    }

    [TestMethod]
    public async Task Archive_OverAFileThatIsThere_IsRefusedAndTheFileStays()
    {
        var before = await File.ReadAllBytesAsync(_file);

        Assert.AreEqual(2, await Commands.ArchiveAsync(_city.Options, ArchiveKind.Archive, _file, withKeys: false, null, CancellationToken.None));

        CollectionAssert.AreEqual(before, await File.ReadAllBytesAsync(_file));
    }

    [TestMethod]
    [DataRow("elevenchars", 2)]
    [DataRow("twelve chars", 0)]
    [DataRow("", 2)]
    public async Task Archive_WithAPassphraseOfSomeLength_TakesTwelveCharacters(string passphrase, int code)
    {
        var named = Path.Combine(Path.GetDirectoryName(_file)!, "passphrase");
        await File.WriteAllTextAsync(named, passphrase + "\n");

        Assert.AreEqual(
            code, await Commands.ArchiveAsync(_city.Options, ArchiveKind.Archive, _file + "2", withKeys: true, named, CancellationToken.None));

        Assert.AreEqual(code == 0, File.Exists(_file + "2"));
        if (code == 0)
            Assert.AreEqual(0, await Commands.RestoreAsync(_empty, _file + "2", withKeys: true, named, CancellationToken.None));
    }

    private Task<int> CommandAsync(string file) => Commands.RestoreAsync(_empty, file, withKeys: false, null, CancellationToken.None);

    private string Head(string from, string to) => Archives.Forge(_file, ArchiveForm.Head, text =>
    {
        Assert.Contains(from, text);
        return text.Replace(from, to, StringComparison.Ordinal);
    });

    private async Task<string> RefusedAsync(byte[] bytes)
    {
        var file = Path.Combine(Path.GetDirectoryName(_file)!, "changed");
        await File.WriteAllBytesAsync(file, bytes);
        return await _empty.RefusedAsync(file);
    }

    private Task<string> RefusedAsync(string file) => _empty.RefusedAsync(file);
}
