using System.Text;
using Dispatch.Tests.Crooked;
using Dispatch.Tests.Databases;
using Dispatch.Tests.Exchange;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Machine;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Features.Archive;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Holds;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Archive;

/// <summary>A city in one file, and back.</summary>
[TestClass]
public class ArchiveTests
{
    private CrookedCity _city = null!;

    [TestInitialize]
    public async Task BuildAsync() => _city = await ArchivedCity.BuildAsync();

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    /// <summary>From one database to the other and back to the first.</summary>
    [TestMethod]
    public async Task Archive_ToSqliteAndBack_IsTheSameButForItsHead()
    {
        var (file, report) = await _city.Options.ArchiveAsync();
        var onSqlite = Archives.NewFolder();
        var back = await Archives.NewFolder().WithEmptyDatabaseAsync();

        var restored = await onSqlite.RestoreAsync(file);
        var (second, _) = await onSqlite.ArchiveAsync();
        await back.RestoreAsync(second);
        var (third, _) = await back.ArchiveAsync();

        Assert.AreEqual(report.Content, restored.Content);
        Assert.AreEqual(report.Rows, restored.Rows);
        AssertSame(file, second);
        AssertSame(file, third);
        AssertSame(file, (await _city.Options.ArchiveAsync()).File);
        await back.DropDatabaseAsync();
    }

    [TestMethod]
    public async Task Restore_OfAClosedCity_VerifiesWithTheSameHeadsDigestsAndCheckpoints()
    {
        var before = await _city.Options.VerifyAsync();
        var (file, _) = await _city.Options.ArchiveAsync();
        var options = await Archives.NewFolder().WithEmptyDatabaseAsync();

        await options.RestoreAsync(file);

        // The chronicle alone goes on: that secrets were left out is an entry for each.
        CollectionAssert.AreEqual(before.Where(line => !line.StartsWith("facts", StringComparison.Ordinal)).ToList(),
            (await options.VerifyAsync()).Where(line => !line.StartsWith("facts", StringComparison.Ordinal)).ToList());
        await using (var db = await ReadOnlyDatabase.OpenAsync(options.Database(), CancellationToken.None))
        {
            await using var moment = await db.BeginReadAsync(CancellationToken.None);
            var (city, audit) = (await LogWatch.SignedAsync(db, LogTree.City, default), await LogWatch.SignedAsync(db, LogTree.Audit, default));
            Assert.HasCount((await _city.WithDbAsync(one => LogWatch.SignedAsync(one, LogTree.City, default))).Count, city);
            Assert.IsNotEmpty(city);
            Assert.IsNull(await LogCheck.OfCityAsync(db, city, default));
            Assert.IsNull(await LogCheck.OfAuditAsync(db, audit, default));
            var last = await _city.WithDbAsync(one => one.EndAsync(ChainHead.Chronicle, default));
            Assert.AreEqual(last!.Value.Hash, await db.Set<ChronicleEntry>().Where(e => e.Sequence == last.Value.Sequence).Select(e => e.Hash).SingleAsync());
        }

        await options.DropDatabaseAsync();
    }

    [TestMethod]
    public async Task Archive_WithKeys_HoldsNoSecretInTheClear()
    {
        var (file, _) = await _city.Options.ArchiveAsync(Archives.Passphrase);

        var all = string.Join('\n', Archives.Entries(file)
            .Select(entry => Encoding.UTF8.GetString(ArchiveForm.PartOf(entry.Name) is null ? entry.Stored : Archives.Inflate(entry.Stored))));

        var ring = Directory.GetFiles(_city.Options.Folder.Keys).Select(File.ReadAllText);
        var secrets = ArchivedCity.Secrets.Concat(ring.Select(xml => xml.Split("<value>")[1].Split('<')[0].Trim()))
            .Append((await File.ReadAllTextAsync(_city.Options.Folder.LogKey)).Trim())
            // The root key of the closed city's displays is 32 zeros.
            .Append(Convert.ToBase64String(new byte[DisplayKeys.RootKeyBytes])).ToList();
        Assert.IsGreaterThan(8, secrets.Count);
        foreach (var secret in secrets)
            Assert.DoesNotContain(secret, all);
        Assert.DoesNotContain(Archives.Passphrase, all);
        Assert.Contains("\"officer-wei\"", all);
    }

    [TestMethod]
    public async Task Restore_OfAccounts_KeepsThemWithoutWhatLetsThemIn()
    {
        var (file, _) = await _city.Options.ArchiveAsync(Archives.Passphrase);
        var options = await Archives.NewFolder().WithEmptyDatabaseAsync();
        await options.RestoreAsync(file, Archives.Passphrase);
        await using var restored = EmptyCity.On(options);
        await restored.Server.PrepareAsync("other", CancellationToken.None);

        await restored.WithDbAsync(async db =>
        {
            var accounts = await db.Set<Account>().ToListAsync();
            Assert.HasCount(3, accounts);
            Assert.IsTrue(accounts.All(a => a is { PasswordHash: null, SecurityStamp: null, Number: not null }));
            Assert.AreEqual(0, await db.ApiTokens.CountAsync() + await db.Set<Invitation>().CountAsync() + await db.Set<Session>().CountAsync());
            return 0;
        });
        // As operations.md says: an admin is let in from the command line, and whoever has an account is invited again.
        var secret = await restored.InContextAsync(context => ResetAdmin.HandleAsync(new(CrookedCity.Admin, Archives.By), context, default));
        Assert.IsNull(secret.Refusal);
        await using var scope = restored.Server.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var accepted = await AcceptInvitation.HandleAsync(
            new(secret.Value, "quite another sentence"), services.GetRequiredService<OperationContext>(), services.GetRequiredService<UserManager<Account>>(),
            services.GetRequiredService<Sessions>(), default);
        Assert.IsNull(accepted.Refusal, accepted.Refusal?.Detail);
        Assert.AreEqual("N3", accepted.Value.Number);
    }

    [TestMethod]
    public async Task Restore_WithKeys_OpensRootKeysAndSignsTheLogAsBefore()
    {
        var (file, report) = await _city.Options.ArchiveAsync(Archives.Passphrase);
        var options = await Archives.NewFolder().WithEmptyDatabaseAsync();

        var restored = await options.RestoreAsync(file, Archives.Passphrase);

        Assert.AreEqual(2, report.Keys);
        Assert.AreEqual(2, restored.Keys);
        Assert.IsEmpty(PrivateFiles.FindLooser(options.Data, 5).Where(path => !Directory.Exists(path) && !path.EndsWith(".db", StringComparison.Ordinal)));
        Assert.AreEqual(await File.ReadAllTextAsync(_city.Options.Folder.LogKey), await File.ReadAllTextAsync(options.Folder.LogKey));
        await using var server = EmptyCity.On(options);
        var seal = server.Server.Services.GetRequiredService<RootKeySeal>();
        var displays = await server.WithDbAsync(db => db.Displays.AsNoTracking().ToListAsync());
        Assert.HasCount(2, displays);
        foreach (var display in displays)
            CollectionAssert.AreEqual(new byte[DisplayKeys.RootKeyBytes], seal.Open(display));
    }

    [TestMethod]
    public async Task Restore_OfPhotos_HasEachByteOfThoseThatRowsName()
    {
        await File.WriteAllBytesAsync(Path.Combine(_city.Options.Folder.Photos, $"{99:D32}.jpg"), [1]);
        var names = await _city.WithDbAsync(ArchivedCity.PhotosAsync);
        File.Delete(Path.Combine(_city.Options.Folder.Photos, names[0]));
        var (file, report) = await _city.Options.ArchiveAsync();
        var options = await Archives.NewFolder().WithEmptyDatabaseAsync();

        await options.RestoreAsync(file);

        CollectionAssert.AreEqual(names[..1], report.MissingPhotos.ToList());
        CollectionAssert.AreEqual(names[1..], Directory.GetFiles(options.Folder.Photos).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList());
        foreach (var name in names[1..])
            CollectionAssert.AreEqual(ArchivedCity.PhotoOf(name), await File.ReadAllBytesAsync(Path.Combine(options.Folder.Photos, name)));
        await options.DropDatabaseAsync();
    }

    [TestMethod]
    public async Task Start_AfterARestore_PutsItOnRecordOnceAndGoesOnWithTheNextIds()
    {
        var (file, _) = await _city.Options.ArchiveAsync(Archives.Passphrase);
        var options = await Archives.NewFolder().WithEmptyDatabaseAsync();
        var report = await options.RestoreAsync(file, Archives.Passphrase);
        await using var server = EmptyCity.On(options);

        await server.Server.PrepareAsync("other", CancellationToken.None);
        await server.Server.PrepareAsync("other", CancellationToken.None);

        await server.WithDbAsync(async db =>
        {
            var line = await db.Audit.SingleAsync(a => a.Operation == RestoredMark.Audited);
            Assert.AreEqual((Archives.By, "crooked"), (line.Actor, line.Subject));
            StringAssert.EndsWith(line.Detail, $"content {report.Content}");
            Assert.IsNull(await server.Server.Services.GetRequiredService<LossEvidence>().FindAsync(db, DateTimeOffset.UtcNow, default));
            db.Add(new Actor { Name = "somebody-new", Role = Role.Auditor });
            return await db.SaveChangesAsync();
        });
        await options.ClearPoolAsync();
        await options.VerifyAsync();
    }

    [TestMethod]
    public async Task Restore_OfAnOlderArchiveBesideANewerCheckpoint_HoldsPublishing()
    {
        var (file, _) = await _city.Options.ArchiveAsync(Archives.Passphrase);
        await _city.WithDbAsync(async db =>
        {
            db.Audit.Add(new AuditEntry { At = _city.Time.GetUtcNow(), Actor = "a", Operation = "later", Subject = "s" });
            return await db.SaveChangesAsync();
        });
        await using (var scope = _city.Server.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<CheckpointSigning>().SignBothAsync(() => Task.CompletedTask, CancellationToken.None);
        var options = await Archives.NewFolder().WithEmptyDatabaseAsync();
        foreach (var log in new[] { "city", "audit" })
            File.Copy(_city.Options.Folder.CheckpointOf(log), options.Folder.CheckpointOf(log));

        await options.RestoreAsync(file, Archives.Passphrase);

        await using var server = EmptyCity.On(options);
        var evidence = server.Server.Services.GetRequiredService<LossEvidence>();
        var loss = await server.WithDbAsync(db => evidence.FindAsync(db, _city.Time.GetUtcNow(), default));
        Assert.AreEqual(HoldCause.LogBehind, loss?.Cause);
    }

    [TestMethod]
    public async Task Restore_OfAnArchiveOfAnOlderVersion_IsBroughtUpToThisOne()
    {
        var (file, _) = await _city.Options.ArchiveAsync();
        var older = await OlderArchive.OfAsync(file);
        var options = await Archives.NewFolder().WithEmptyDatabaseAsync();

        await options.RestoreAsync(older);

        await using (var server = EmptyCity.On(options))
        {
            await server.Server.PrepareAsync("other", CancellationToken.None);
            Assert.AreEqual(0, await server.WithDbAsync(db => db.Set<TaxiCredit.Dispatch.Features.Cases.Recusal>().CountAsync()));
            Assert.AreEqual(
                await _city.WithDbAsync(db => db.Ledger.MaxAsync(e => e.Hash)), await server.WithDbAsync(db => db.Ledger.MaxAsync(e => e.Hash)));
        }
    }

    private static void AssertSame(string file, string other)
    {
        var (entries, others) = (Content(file), Content(other));
        CollectionAssert.AreEqual(entries.Select(entry => entry.Name).ToList(), others.Select(entry => entry.Name).ToList());
        foreach (var ((name, stored), (_, otherwise)) in entries.Zip(others))
            CollectionAssert.AreEqual(stored, otherwise, $"{name}:\n{Encoding.UTF8.GetString(stored)}\n{Encoding.UTF8.GetString(otherwise)}");

        // The head has the instant, and the sums its hash in their first line.
        static List<(string Name, byte[] Stored)> Content(string file) =>
            [
                .. Archives.Entries(file).Where(entry => entry.Name != ArchiveForm.Head).Select(entry => entry.Name == ArchiveForm.Sums
                    ? (entry.Name, entry.Stored[Array.IndexOf(entry.Stored, (byte)'\n')..])
                    : (entry.Name, ArchiveForm.PartOf(entry.Name) is null ? entry.Stored : Archives.Inflate(entry.Stored))),
            ];
    }
}
