using System.Globalization;
using TaxiCredit.Dispatch.Features.Backups;

namespace Dispatch.Tests.Backups;

/// <summary>Which backups there are, whether the next is due, and which need not be kept. The city's day begins at 16:00 UTC.</summary>
[TestClass]
public sealed class BackupFolderTests
{
    private static readonly TimeOnly At = new(3, 10);

    /// <summary>03:10 in the city on 2 December.</summary>
    private static readonly DateTimeOffset Due = new(2026, 12, 1, 19, 10, 0, TimeSpan.Zero);

    [TestMethod]
    [DataRow(-1, -86_400, false)]
    [DataRow(-1, -86_401, true)]
    [DataRow(0, -86_400, true)]
    [DataRow(0, -1, true)]
    [DataRow(0, 0, false)]
    [DataRow(1, -1, true)]
    [DataRow(1, 0, false)]
    [DataRow(86_399, 0, false)]
    [DataRow(86_400, 86_399, true)]
    public void Backup_ByTheSecond_IsDueOnceADay(int now, int newest, bool isDue) =>
        Assert.AreEqual(isDue, BackupFolder.IsDue([Made(Due.AddSeconds(newest))], Due.AddSeconds(now), At));

    /// <summary>Midnight in the city, not in Greenwich; and a time that comes last in the day.</summary>
    [TestMethod]
    [DataRow("00:00", 16, 0)]
    [DataRow("07:59", 23, 59)]
    [DataRow("08:00", 24, 0)]
    [DataRow("23:59", 15, 59)]
    public void Backup_AtATimeOfTheCitysDay_IsDueThen(string at, int hour, int minute)
    {
        var due = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero).AddHours(hour).AddMinutes(minute);
        var before = new[] { Made(due.AddSeconds(-1)) };

        Assert.IsFalse(BackupFolder.IsDue(before, due.AddSeconds(-1), TimeOnly.Parse(at, CultureInfo.InvariantCulture)));
        Assert.IsTrue(BackupFolder.IsDue(before, due, TimeOnly.Parse(at, CultureInfo.InvariantCulture)));
    }

    [TestMethod]
    public void Backup_WithoutOne_IsDueAtOnce() => Assert.IsTrue(BackupFolder.IsDue([], Due, At));

    /// <summary>A clock that was ahead once must not keep backups from being made until then.</summary>
    [TestMethod]
    public void Backup_WithOneOfATimeAhead_IsDueAllTheSame() => Assert.IsTrue(BackupFolder.IsDue([Made(Due.AddYears(4))], Due, At));

    [TestMethod]
    public void Kept_OfTwoYears_AreTheNewestAndTheFirstOfEachOfTheLastMonths()
    {
        var all = Enumerable.Range(0, 730).Select(day => Made(Due.AddDays(-day))).ToList();

        var deleted = BackupFolder.ToDelete(all.OrderBy(file => file.Path.Length), Due, keep: 14, keepMonths: 12);

        var kept = all.Except(deleted).Select(file => file.At).ToList();
        // 2 December to 19 November, and the firsts of November 2026 to January 2026: the first of December is among the newest.
        Assert.HasCount(14 + 11, kept);
        CollectionAssert.IsSubsetOf(Enumerable.Range(0, 14).Select(day => Due.AddDays(-day)).ToList(), kept);
        foreach (var month in Enumerable.Range(1, 11))
            Assert.Contains(new DateTimeOffset(2026, month, 1, 3, 10, 0, TimeSpan.FromHours(8)), kept);
    }

    [TestMethod]
    [DataRow(1, 0, 1)]
    [DataRow(2, 0, 2)]
    [DataRow(3, 0, 3)]
    [DataRow(4, 0, 3)]
    [DataRow(1, 1, 2)]
    public void Kept_OfThree_AreAsManyAsAsked(int keep, int months, int left)
    {
        var all = new[] { Made(Due), Made(Due.AddHours(-1)), Made(Due.AddHours(-2)) };

        Assert.HasCount(3 - left, BackupFolder.ToDelete(all, Due, keep, months));
    }

    [TestMethod]
    public void Kept_WithSomeOfATimeAhead_AreThoseOfThePastBesideThem()
    {
        var (ahead, past, older) = (Made(Due.AddSeconds(1)), Made(Due), Made(Due.AddDays(-40)));

        CollectionAssert.AreEqual(new[] { older }, BackupFolder.ToDelete([ahead, past, older], Due, keep: 1, keepMonths: 0));
    }

    [TestMethod]
    public void Folder_WithFilesOfOthers_HasItsOwnAlone()
    {
        var path = Directory.CreateTempSubdirectory("taxicredit-backups-").FullName;
        string[] others =
        [
            "rong-cheng-20261201T191000Z.backup", "rong-20261201T191000Z.archive", "rong-20261301T191000Z.backup", "rong-.backup", "notes.part",
            "rong-20261201T191000Z.backup.part.gz", "20261201T191000Z.backup",
        ];
        var folder = new BackupFolder(path, "rong");
        foreach (var name in others)
            File.WriteAllText(Path.Combine(path, name), "");
        File.WriteAllText(folder.PathFor(Due), "");
        File.WriteAllText(folder.PathFor(Due.AddDays(-1)) + ".part", "");

        folder.ClearUnfinished();

        Assert.AreEqual((folder.PathFor(Due), Due), folder.All.Select(file => (file.Path, file.At)).Single());
        CollectionAssert.AreEquivalent(
            others.Append(Path.GetFileName(folder.PathFor(Due))).ToList(), Directory.GetFiles(path).Select(Path.GetFileName).ToList());
    }

    [TestMethod]
    public void Folder_OfACityWithAnyName_HasItsFiles()
    {
        var path = Directory.CreateTempSubdirectory("taxicredit-backups-").FullName;
        var folder = new BackupFolder(path, "../荣成 a");
        File.WriteAllText(folder.PathFor(Due), "");

        Assert.AreEqual(Path.Combine(path, "------a-20261201T191000Z.backup"), folder.All.Single().Path);
    }

    [TestMethod]
    public void Folder_ThatIsNotThere_IsRefusedAndNotMade()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("taxicredit-backups-").FullName, "unmounted");

        StringAssert.Contains(Assert.ThrowsExactly<DirectoryNotFoundException>(() => new BackupFolder(path, "rong")).Message, path);
        Assert.IsFalse(Directory.Exists(path));
    }

    private static BackupFile Made(DateTimeOffset at) => new($"{at.UtcTicks}", at);
}
