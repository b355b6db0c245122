using System.Text.RegularExpressions;
using Dispatch.Tests.Crooked;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Archive;

namespace Dispatch.Tests.Archive;

/// <summary>No table and no column is forgotten by archives, and none that sounds like a secret is in one without a reason.</summary>
[TestClass]
public partial class ArchiveWalkTests
{
    /// <summary>Columns that sound like a secret and are none, or are sealed, with the reason.</summary>
    private static readonly Dictionary<string, string> NoSecrets = new()
    {
        ["AuditLeaves.Salt"] = "commits to a line that is in the archive",
        ["Audit.Hash"] = "of the chain",
        ["Cabs.PlateKey"] = "a plate, as it is compared",
        ["ChainHeads.Hash"] = "of the chain",
        ["Chronicle.Hash"] = "of the chain",
        ["Chronicle.Key"] = "of a row",
        ["ChronicleMarks.Key"] = "of a row",
        ["ChronicleMarks.Salt"] = "commits to a row that is in the archive",
        ["CityLeaves.Key"] = "of what a leaf stands for",
        ["CityLeaves.Salt"] = "commits to a row that is in the archive",
        ["Closes.RulebookHash"] = "of a text that is in the archive",
        ["Displays.PasswordSha256"] = "of 32 random bytes, which no dictionary holds; the broker needs it",
        ["Displays.PendingPasswordSha256"] = "as PasswordSha256",
        ["Displays.SealedRootKey"] = "sealed by the key ring, which is in no archive in the clear",
        ["Drivers.NameKey"] = "a name, as it is compared",
        ["DriverAnswers.FileHash"] = "of a file that is in the archive",
        ["Objections.FileHash"] = "of a file that is in the archive",
        ["Ledger.Hash"] = "of the chain",
        ["Ledger.PreviousHash"] = "of the chain",
        ["LedgerDetails.Salt"] = "commits to details that are in the archive",
        ["LogDays.ChronicleHash"] = "of the chain",
        ["OperationKeys.Key"] = "of a request that was answered",
        ["LossContacts.Sealed"] = "as of the reports",
        ["ReportContacts.Sealed"] = "sealed by the key ring, which is in no archive in the clear",
        ["Rulebooks.Sha256"] = "of a text that is in the archive",
        ["Rulebooks.RulesSha256"] = "of a text that is in the archive",
    };

    [TestMethod]
    [DataRow("Archive")]
    [DataRow("Backup")]
    public async Task Tables_OfTheDatabase_AreInTheFileOrSayWhyNot(string name)
    {
        var kind = Enum.Parse<ArchiveKind>(name);
        await using var city = await CrookedCity.CopyAsync();
        await city.WithDbAsync(async db =>
        {
            await db.Database.OpenConnectionAsync();
            var stored = await RowLoader.ColumnsAsync(db, CancellationToken.None);
            var withheld = Withheld.From(kind);
            var archived = ArchivedTable.AllOf(db, withheld)
                .ToDictionary(table => table.Name, table => table.Form.Columns.Select(column => column.Name).ToHashSet());

            Assert.AreEqual("", string.Join(", ", stored.Keys.Except(archived.Keys).Except(withheld.Tables.Keys)), "in no archive, without a reason");
            Assert.AreEqual("", string.Join(", ", archived.Keys.Except(stored.Keys)), "in archives, and not in the database");
            var forgotten = archived.SelectMany(table => stored[table.Key].Keys.Except(table.Value).Select(column => $"{table.Key}.{column}"));
            Assert.AreEqual("", string.Join(", ", forgotten), "columns that no archive has");
            Assert.AreEqual("", string.Join(", ", withheld.Tables.Keys.Except(stored.Keys).Except(["__EFMigrationsLock"])), "withheld, and not there");
            Assert.AreEqual(
                "", string.Join(", ", withheld.Columns.SelectMany(w => w.Value.Except(stored[w.Key].Keys))), "columns that are withheld, and not there");
            return 0;
        });
    }

    [TestMethod]
    public async Task Columns_ThatSoundLikeASecret_AreWithheldOrSayWhyNot()
    {
        await using var city = await CrookedCity.CopyAsync();
        await city.WithDbAsync(db =>
        {
            var suspicious = ArchivedTable.AllOf(db, Withheld.From(ArchiveKind.Archive)).SelectMany(table => table.Form.Columns
                .Where(column => Secret().IsMatch(column.Name) && !table.Withheld.Has(table.Name, column.Name))
                .Select(column => $"{table.Name}.{column.Name}")).ToList();
            Assert.AreEqual("", string.Join(", ", suspicious.Except(NoSecrets.Keys)), "does it let somebody in?");
            Assert.AreEqual("", string.Join(", ", NoSecrets.Keys.Except(suspicious)), "not there any more");
            return Task.FromResult(0);
        });
    }

    /// <summary>A table with photos is found by its column <c>File</c>.</summary>
    [TestMethod]
    public async Task Entities_ThatArePhotos_NameTheirFileInAColumnOfThatName()
    {
        await using var city = await CrookedCity.CopyAsync();
        await city.WithDbAsync(db =>
        {
            foreach (var entity in db.Model.GetEntityTypes().Where(entity => entity.ClrType.Name.EndsWith("Photo", StringComparison.Ordinal)))
                Assert.IsNotNull(entity.FindProperty("File"), entity.ClrType.Name);
            return Task.FromResult(0);
        });
    }

    /// <summary>Restores go by the name of a migration, from one database to the other.</summary>
    [TestMethod]
    public void Migrations_OfBothDatabases_HaveTheSameNames()
    {
        using var sqlite = new SqliteDispatchContext(new DbContextOptionsBuilder<SqliteDispatchContext>().UseSqlite("Data Source=none.db").Options);
        using var postgres = new PostgresDispatchContext(new DbContextOptionsBuilder<PostgresDispatchContext>().UseNpgsql("Host=127.0.0.1").Options);

        CollectionAssert.AreEqual(sqlite.Database.GetMigrations().ToList(), postgres.Database.GetMigrations().ToList());
    }

    [TestMethod]
    public async Task Tables_ThatAreWithheld_AreNamedInTheDocument()
    {
        var document = await File.ReadAllTextAsync(Path.Combine(
            Path.GetFullPath(Path.Combine(Pages.TextsTests.Project, "..", "..")), "dispatch-server", "docs", "operations.md"));
        foreach (var table in Withheld.From(ArchiveKind.Archive).Tables.Keys.Where(table => !table.StartsWith("__", StringComparison.Ordinal)))
            Assert.Contains($"`{table}`", document);
    }

    [GeneratedRegex("Password|Secret|Token|Key$|Sha256|Hash|Salt|Seal|Credential|Stamp|Invitation|Challenge")]
    private static partial Regex Secret();
}
