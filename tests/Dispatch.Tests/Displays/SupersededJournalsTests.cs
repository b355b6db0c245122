using TaxiCredit.Dispatch.Features.Displays.Reports;
using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace Dispatch.Tests.Displays;

[TestClass]
public sealed class SupersededJournalsTests
{
    [TestMethod]
    [DataRow(31, true)]
    [DataRow(32, true)]
    [DataRow(33, false)]
    public void Journals_OfOneDisplay_AreTheNewest32(int replaced, bool knowsFirst)
    {
        var journals = new SupersededJournals();
        for (var n = 1; n <= replaced; n++)
            journals.Add(Journal(1, n));

        Assert.AreEqual(knowsFirst, journals.Contains(1, Name(1)));
        Assert.IsTrue(journals.Contains(1, Name(2)));
        Assert.IsTrue(journals.Contains(1, Name(replaced)));
        Assert.IsFalse(journals.Contains(2, Name(2)));
    }

    [TestMethod]
    public void Trim_ManyOfOneDisplay_LeavesTheNewest32AndThoseOfOthers()
    {
        var journals = new List<SupersededJournal> { Journal(2, 1) };
        for (var n = 1; n <= 40; n++)
            journals.Add(Journal(1, n));

        SupersededJournals.Trim(journals);

        Assert.HasCount(33, journals);
        Assert.AreEqual(2, journals[0].DisplayId);
        Assert.AreEqual(Name(9), journals[1].Journal);
        Assert.AreEqual(Name(40), journals[^1].Journal);
    }

    private static SupersededJournal Journal(int display, int n) =>
        new() { DisplayId = display, Journal = Name(n), At = DateTimeOffset.UnixEpoch.AddMinutes(n) };

    private static string Name(int n) => $"{n:x16}";
}
