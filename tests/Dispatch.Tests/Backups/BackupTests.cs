using System.Text;
using Dispatch.Tests.Archive;
using Dispatch.Tests.Crooked;
using Dispatch.Tests.Databases;
using Dispatch.Tests.Exchange;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.CommandLine;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Archive;

namespace Dispatch.Tests.Backups;

/// <summary>A backup brings a city back as it was, with its people's ways in; an archive does not.</summary>
[TestClass]
public class BackupTests
{
    private CrookedCity _city = null!;
    private DispatchOptions _empty = null!;

    [TestInitialize]
    public async Task BuildAsync()
    {
        _city = await ArchivedCity.BuildAsync();
        _empty = await Archives.NewFolder().WithEmptyDatabaseAsync();
    }

    [TestCleanup]
    public async Task TearDownAsync()
    {
        await _city.DisposeAsync();
        await _empty.DropDatabaseAsync();
    }

    [TestMethod]
    public async Task Restore_OfABackup_LetsPeopleInAsBefore()
    {
        var before = await AccessAsync(_city.WithDbAsync);
        var (file, _) = await _city.Options.ArchiveAsync(Archives.Passphrase, ArchiveKind.Backup);

        await _empty.RestoreAsync(file, Archives.Passphrase);

        var restored = EmptyCity.On(_empty);
        await using var server = restored.Server;
        await server.PrepareAsync("other", CancellationToken.None);
        CollectionAssert.AreEqual(before, await AccessAsync(restored.WithDbAsync));
        Assert.Contains("three", string.Join('\n', before));
        // What passes by itself is asked for again.
        Assert.AreEqual(0, await restored.WithDbAsync(async db => await db.Set<Invitation>().CountAsync() + await db.Set<Session>().CountAsync()));
        Assert.IsGreaterThan(0, await _city.WithDbAsync(async db => await db.Set<Invitation>().CountAsync() + await db.Set<Session>().CountAsync()));
    }

    [TestMethod]
    public async Task Restore_OfABackup_VerifiesAndIsBackedUpToTheSameContent()
    {
        var lines = await _city.Options.VerifyAsync();
        var (file, report) = await _city.Options.ArchiveAsync(Archives.Passphrase, ArchiveKind.Backup);
        var onSqlite = Archives.NewFolder();

        await onSqlite.RestoreAsync(file, Archives.Passphrase);
        var (second, again) = await onSqlite.ArchiveAsync(Archives.Passphrase, ArchiveKind.Backup);
        await _empty.RestoreAsync(second, Archives.Passphrase);

        Assert.AreEqual(report.Content, again.Content);
        // The chronicle alone goes on: that invitations, sessions and passkeys were left out is an entry for each.
        CollectionAssert.AreEqual(WithoutFacts(lines), WithoutFacts(await _empty.VerifyAsync()));
        await using var db = await ReadOnlyDatabase.OpenAsync(_empty.Database(), CancellationToken.None);
        var last = await _city.WithDbAsync(one => one.EndAsync(ChainHead.Chronicle, default));
        Assert.AreEqual(last!.Value.Hash, await db.Set<ChronicleEntry>().Where(e => e.Sequence == last.Value.Sequence).Select(e => e.Hash).SingleAsync());
        string[] leftOut = ["Invitations", "Sessions", "Passkeys"];
        Assert.AreEqual(0, await db.Set<ChronicleEntry>().CountAsync(e => e.Sequence > last.Value.Sequence && !leftOut.Contains(e.Table)));
    }

    /// <summary>An archive may come from anywhere, so it must not bring a way in; what says that it is a backup comes from here.</summary>
    [TestMethod]
    public async Task Restore_OfABackupThatCallsItselfAnArchive_IsRefused()
    {
        var (file, _) = await _city.Options.ArchiveAsync(kind: ArchiveKind.Backup);
        var forged = Archives.Forge(file, ArchiveForm.Head, head => head.Replace("\"backup\"", "\"archive\"", StringComparison.Ordinal));

        Assert.Contains("that no archive of this version has", await _empty.RefusedAsync(forged));
    }

    [TestMethod]
    public async Task Head_OfAnArchiveAndOfABackup_SayWhoCanReadThem()
    {
        var (archive, _) = await _city.Options.ArchiveAsync();
        var (backup, _) = await _city.Options.ArchiveAsync(kind: ArchiveKind.Backup);

        Assert.Contains("\"format\":1,", HeadOf(archive));
        Assert.Contains("\"kind\":\"archive\"", HeadOf(archive));
        Assert.Contains("\"format\":2,", HeadOf(backup));
        Assert.Contains("\"kind\":\"backup\"", HeadOf(backup));
    }

    /// <summary>Those of before there were backups do not say what they are.</summary>
    [TestMethod]
    public async Task Restore_OfAnArchiveWithoutAKind_TakesItAsAnArchive()
    {
        var (file, _) = await _city.Options.ArchiveAsync();
        var older = Archives.Forge(file, ArchiveForm.Head, head => head.Replace(",\"kind\":\"archive\"", "", StringComparison.Ordinal));
        Assert.DoesNotContain("kind", HeadOf(older));

        Assert.AreEqual(ArchiveKind.Archive, (await _empty.RestoreAsync(older)).Head.Kind);
    }

    [TestMethod]
    public async Task Command_BackupAndRestore_KeepsThePasswords()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("taxicredit-backups-").FullName, "city.backup");

        Assert.AreEqual(0, await Commands.ArchiveAsync(_city.Options, ArchiveKind.Backup, file, withKeys: false, null, CancellationToken.None));
        Assert.AreEqual(0, await Commands.RestoreAsync(_empty, file, withKeys: false, null, CancellationToken.None));

        await using var db = await ReadOnlyDatabase.OpenAsync(_empty.Database(), CancellationToken.None);
        Assert.AreEqual("three", await db.Set<Account>().Where(a => a.UserName == CrookedCity.Admin).Select(a => a.PasswordHash).SingleAsync());
    }

    private static string HeadOf(string file) => Encoding.UTF8.GetString(Archives.Entries(file)[0].Stored);

    private static List<string> WithoutFacts(List<string> lines) => lines.FindAll(line => !line.StartsWith("facts", StringComparison.Ordinal));

    private static Task<List<string>> AccessAsync(Func<Func<DispatchContext, Task<List<string>>>, Task<List<string>>> withDbAsync) => withDbAsync(async db =>
    [
        .. await db.Set<Account>().OrderBy(a => a.Id).Select(a => $"{a.UserName} {a.PasswordHash} {a.SecurityStamp} {a.TwoFactorEnabled}").ToListAsync(),
        .. await db.ApiTokens.OrderBy(t => t.Id).Select(t => $"{t.Name} {t.Sha256}").ToListAsync(),
    ]);
}
