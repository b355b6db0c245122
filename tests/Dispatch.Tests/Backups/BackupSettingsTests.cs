using TaxiCredit.Dispatch.Features.Backups;

namespace Dispatch.Tests.Backups;

/// <summary>Each setting at its edge; what cannot be is named with what it takes.</summary>
[TestClass]
public sealed class BackupSettingsTests
{
    [TestMethod]
    [DataRow("00:00", true)]
    [DataRow("23:59", true)]
    [DataRow("24:00", false)]
    [DataRow("3:10", false)]
    [DataRow("03:10:00", false)]
    [DataRow("", false)]
    public void At_OfTheDay_IsAnHourAndAMinute(string at, bool isGood) => Check(new() { At = at }, isGood ? null : "Backup:At");

    [TestMethod]
    [DataRow(0, false)]
    [DataRow(1, true)]
    [DataRow(2, true)]
    [DataRow(365, true)]
    [DataRow(366, true)]
    [DataRow(367, false)]
    public void Keep_AtItsEdges_IsJudged(int keep, bool isGood) => Check(new() { Keep = keep }, isGood ? null : "Backup:Keep ");

    [TestMethod]
    [DataRow(-1, false)]
    [DataRow(0, true)]
    [DataRow(1, true)]
    [DataRow(119, true)]
    [DataRow(120, true)]
    [DataRow(121, false)]
    public void KeepMonths_AtItsEdges_IsJudged(int months, bool isGood) => Check(new() { KeepMonths = months }, isGood ? null : "Backup:KeepMonths");

    [TestMethod]
    [DataRow("", true)]
    [DataRow("/srv/backup", true)]
    [DataRow("backup", false)]
    [DataRow("./backup", false)]
    public void Paths_OfFolderAndPassphrase_AreWhole(string path, bool isGood)
    {
        Check(new() { Folder = path }, isGood ? null : "Backup:Folder");
        Check(new() { PassphraseFile = path }, isGood ? null : "Backup:PassphraseFile");
    }

    private static void Check(BackupSettings settings, string? says)
    {
        if (says is null)
            Assert.IsNull(settings.FindFault());
        else
            StringAssert.StartsWith(settings.FindFault(), says);
    }
}
