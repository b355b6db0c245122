using TaxiCredit.Dispatch.Features.Exchange;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Exchange;

/// <summary>Files of objections and repairs with one fault. At the bureau it is 2018-01-02.</summary>
[TestClass]
public sealed class AfterDecisionFaultTests
{
    private const string Cases = EmptyCity.CasesHeader + "\r\n"
        + "c-000001,complaint,d-1,S01,2017-08-15,14,成山大道,绕道,,,2017-08-16,officer-a,repaired,2017-08-20,officer-b,,属实,,,\r\n"
        + "c-000002,infringement,d-2,T01,2017-08-15,,站前,闯红灯,,,2017-08-16,officer-a,dismissed,2017-08-20,officer-b,,查无实据,,,\r\n"
        + "c-000003,complaint,d-2,S01,2017-12-01,,站前,绕道,,,2017-12-02,officer-a,amended,2017-12-04,officer-b,,属实,,,\r\n"
        + "c-000004,infringement,d-2,T01,2017-12-01,,站前,闯红灯,,,2017-12-02,officer-a,confirmed,2017-12-04,officer-b,,属实,,,\r\n"
        + "c-000005,complaint,d-2,S02,2017-12-01,,站前,绕道,,,2017-12-02,officer-a,lapsed,2017-12-04,officer-b,,属实,,,\r\n"
        + "c-000006,complaint,d-2,S02,2017-12-02,,站前,绕道,,,2017-12-03,officer-a,objected,2017-12-04,officer-b,,属实,,,\r\n"
        + "c-000007,merit,d-2,M01,2017-12-02,,站前,归还,,,2017-12-03,officer-a,upheld,2017-12-04,officer-b,,属实,,,\r\n";

    private const string Objections = "case,objected_on,on_paper_by,statement,rule_by,stayed_on,outcome,ruled_on,ruled_by,ruled_code,reason\r\n"
        + "c-000003,2017-12-05,,未绕道,2017-12-19,2017-12-05,amended,2017-12-06,supervisor-a,S10,有收据\r\n"
        + "c-000004,2017-12-05,officer-a,灯坏,2017-12-19,,confirmed,2017-12-20,supervisor-a,,属实\r\n"
        + "c-000005,2017-12-05,,未拒载,2017-12-19,2017-12-05,lapsed,2017-12-20,,,\r\n"
        + "c-000006,2017-12-05,,未拒载,2018-01-19,2017-12-05,,,,,\r\n";

    private const string Repairs = "number,case,rule,proof,asked_on,on_paper_by,outcome,decided_on,decided_by,reason,points,read\r\n"
        + "r-000001,c-000001,R02,,2017-11-15,officer-a,granted,2017-11-20,officer-b,三月无扣分,25.00,yes\r\n"
        + "r-000002,c-000001,R01,证书,2017-11-15,,refused,2017-11-20,officer-b,证书过期,,\r\n"
        + "r-000003,c-000001,R01,证书,2017-12-15,,,,,,,\r\n";

    [TestMethod]
    public async Task Import_SoundFiles_IsStored()
    {
        await using var city = await EmptyCity.BuildAsync();

        var report = (await ImportAsync(city, Cases, Objections, Repairs)).Value;

        Assert.IsEmpty(report.Faults, string.Join('\n', report.Faults));
        Assert.AreEqual((7L, 11L), (report.Cases, report.Entries));
    }

    [TestMethod]
    [DataRow("2,c-000001,R01", "2,c-000099,R01", "3: case (column 2): 'c-000099': expected the number of a case in the file of cases")]
    [DataRow("2,c-000001,R01", "2,c-000002,R01", "3: case (column 2): 'c-000002': expected a case that was upheld; c-000002 is dismissed")]
    [DataRow("1,c-000001,R02,,2017-11-15", "1,c-000005,R02,,2017-08-15", "2: decided_on (column 8): '2017-11-20': expected a day from 2017-12-20")]
    [DataRow("r-000002", "r-000001", "3: number (column 1): 'r-000001': expected nothing, or r-000002 or a number above it")]
    [DataRow("r-000002", "r-2", "3: number (column 1): 'r-2'")]
    [DataRow("R01,证书,2017-11-15", "R99,证书,2017-11-15", "3: rule (column 3): 'R99': expected a repair of the rulebook in force on 2017-11-15: R01, R02")]
    [DataRow("R01,证书,2017-11-15", "R01,,2017-11-15", "3: proof (column 4): '': expected what shows that R01 was done")]
    [DataRow("2017-12-15,,,", "2018-01-03,,,", "4: asked_on (column 5): '2018-01-03': expected a day up to today, 2018-01-02")]
    [DataRow("2017-11-15,officer-a", "2017-11-14,officer-a", "2: asked_on (column 5): '2017-11-14': expected a day from 2017-11-15; R02 takes 3 months")]
    [DataRow("officer-b,三月无扣分", "officer-a,三月无扣分", "2: decided_by (column 9): 'officer-a': expected somebody else")]
    [DataRow("三月无扣分", "", "2: reason (column 10): '': expected 1 to 2000 characters")]
    [DataRow("refused,2017-11-20", "refused,2017-11-14", "3: decided_on (column 8): '2017-11-14': expected a day from 2017-11-15, when it was asked for")]
    [DataRow("refused,2017-11-20", "declined,2017-11-20", "3: outcome (column 7): 'declined': expected granted, refused")]
    [DataRow("25.00", "25.01", "2: points (column 11): '25.01': expected at most 25.00, which is what R02 gives")]
    [DataRow("25.00", "0.00", "2: points (column 11): '0.00': expected points above 0")]
    [DataRow("25.00", "2.505", "2: points (column 11): '2.505': expected points above 0")]
    [DataRow("证书过期,", "证书过期,15.00", "3: points (column 11): '15.00': expected nothing; the repair was refused")]
    [DataRow("25.00,yes", "25.00,no", "2: read (column 12): 'no': expected yes, or nothing")]
    [DataRow("2017-12-15,,,", "2017-12-15,,,2017-12-16", "4: decided_on (column 8): '2017-12-16': expected nothing; the repair waits")]
    [DataRow("refused,2017-11-20,officer-b,证书过期,", ",,,,", "4: outcome (column 7): '': expected granted or refused; one repair by R01 waits")]
    [DataRow("R01,证书,2017-11-15,,refused,2017-11-20,officer-b,证书过期,", "R02,,2017-11-16,,granted,2017-11-20,officer-b,再次,5.00",
        "3: asked_on (column 5): '2017-11-16': expected a day from 2018-02-15; R02 was granted to this driver before")]
    [DataRow("2017-11-15,officer-a,granted,2017-11-20", "2017-11-15,officer-a,granted,2018-01-03", "2: decided_on (column 8): '2018-01-03'")]
    public async Task Import_OneFaultOfTheRepairs_IsNamedAndNothingIsStored(string sound, string faulty, string named) =>
        await AssertNamedAsync(Cases, Objections, Changed(Repairs, sound, faulty), "repairs.csv:" + named);

    [TestMethod]
    [DataRow("c-000003", "c-000099", "2: case (column 1): 'c-000099': expected the number of a case")]
    [DataRow("c-000003", "c-000002", "2: case (column 1): 'c-000002': expected a case that was upheld")]
    [DataRow("c-000004,", "c-000003,", "3: case (column 1): 'c-000003': expected each case once")]
    [DataRow("c-000004", "c-000007", "3: case (column 1): 'c-000007': expected a case whose decision costs points or stars")]
    [DataRow("c-000003,2017-12-05", "c-000003,2017-12-03", "2: objected_on (column 2): '2017-12-03': expected a day from 2017-12-04")]
    [DataRow("c-000003,2017-12-05", "c-000003,2018-01-03", "2: objected_on (column 2): '2018-01-03': expected a day up to today")]
    [DataRow("灯坏", "", "3: statement (column 4): '': expected 1 to 2000 characters")]
    [DataRow("2018-01-19,2017-12-05", "2017-12-04,2017-12-05", "5: rule_by (column 5): '2017-12-04': expected a day from 2017-12-05")]
    [DataRow("2018-01-19,2017-12-05", "2018-01-19,2017-12-04", "5: stayed_on (column 6): '2017-12-04': expected a day from 2017-12-05")]
    [DataRow("2018-01-19,2017-12-05", "2018-01-19,", "5: stayed_on (column 6): '': expected the day since which the points were stayed; S02")]
    [DataRow("2017-12-19,,confirmed", "2017-12-19,2017-12-05,confirmed", "3: ruled_on (column 8): '2017-12-20'")]
    [DataRow("2017-12-19,,confirmed,2017-12-20", "2017-12-19,2017-12-05,confirmed,2017-12-19", "3: stayed_on (column 6): '2017-12-05': expected nothing; T01")]
    [DataRow("2017-12-19,,confirmed,2017-12-20,supervisor-a,,属实", "2017-12-19,,lapsed,2017-12-20,,,", "3: outcome (column 7): 'lapsed': expected another")]
    [DataRow("lapsed,2017-12-20", "lapsed,2017-12-19", "4: ruled_on (column 8): '2017-12-19': expected a day from 2017-12-20")]
    [DataRow("lapsed,2017-12-20,", "lapsed,2017-12-20,officer-a", "4: ruled_by (column 9): 'officer-a': expected nothing; time ended")]
    [DataRow("amended,2017-12-06,supervisor-a", "amended,2017-12-06,officer-b", "2: ruled_by (column 9): 'officer-b': expected a second person")]
    [DataRow("amended,2017-12-06,supervisor-a", "amended,2017-12-06,officer-a", "2: ruled_by (column 9): 'officer-a': expected a second person")]
    [DataRow("amended,2017-12-06", "amended,2017-12-04", "2: ruled_on (column 8): '2017-12-04': expected a day from 2017-12-05")]
    [DataRow("S10,有收据", "S08,有收据", "2: ruled_code (column 10): 'S08': expected a conduct that costs less")]
    [DataRow("S10,有收据", "S99,有收据", "2: ruled_code (column 10): 'S99': expected a conduct code that fits")]
    [DataRow("S10,有收据", "S10,", "2: reason (column 11): '': expected 1 to 2000 characters")]
    [DataRow("2018-01-19,2017-12-05,,,", "2018-01-19,2017-12-05,,2017-12-06,", "5: ruled_on (column 8): '2017-12-06': expected nothing")]
    public async Task Import_OneFaultOfTheObjections_IsNamedAndNothingIsStored(string sound, string faulty, string named) =>
        await AssertNamedAsync(Cases, Changed(Objections, sound, faulty), Repairs, "objections.csv:" + named);

    [TestMethod]
    [DataRow("repaired", "upheld", "2: status (column 13): 'upheld': expected repaired")]
    [DataRow("confirmed", "overturned", "5: status (column 13): 'overturned': expected confirmed")]
    [DataRow("dismissed", "reassigned", "3: status (column 13): 'reassigned': expected merged")]
    [DataRow("属实,,,\r\nc-000002", "属实,,2017-12-01,误判\r\nc-000002", "2: reversed_on (column 19): '2017-12-01': expected nothing")]
    [DataRow("objected,2017-12-04,officer-b,,属实,,,", "reversed,2017-12-04,officer-b,,属实,,2017-12-06,误判",
        "7: reversed_on (column 19): '2017-12-06': expected nothing; c-000006 is objected")]
    public async Task Import_StatusThatTheOtherFilesContradict_IsNamedAndNothingIsStored(string sound, string faulty, string named) =>
        await AssertNamedAsync(Changed(Cases, sound, faulty), Objections, Repairs, "cases.csv:" + named);

    [TestMethod]
    public async Task Import_WithoutTheOtherFiles_NamesTheCasesThatNeedThem()
    {
        await using var city = await EmptyCity.BuildAsync();

        var report = (await city.ImportTextAsync(Cases)).Value;

        CollectionAssert.AreEqual(new long[] { 2, 4, 5, 6, 7 }, report.Faults.Select(fault => fault.Line).ToList(), string.Join('\n', report.Faults));
        StringAssert.StartsWith(report.Faults[0].ToString(), "cases.csv:2: status (column 13): 'repaired': expected upheld");
        await city.AssertNothingStoredAsync();
    }

    [TestMethod]
    [DataRow("40.00", null)]
    [DataRow("50.00", null)]
    [DataRow("50.01", "at most")]
    public async Task Import_RepairsOfOneCase_GiveBackNoMoreThanItCost(string sum, string? named)
    {
        await using var city = await EmptyCity.BuildAsync();
        // Twice three clean months of a decision of 50, and the rest by a course.
        var course = decimal.Parse(sum, System.Globalization.CultureInfo.InvariantCulture) - 40m;
        var repairs = Repairs[..Repairs.IndexOf("r-000001", StringComparison.Ordinal)]
            + "r-000001,c-000001,R02,,2017-07-15,,granted,2017-07-20,officer-b,一,20.00,\r\n"
            + "r-000002,c-000001,R02,,2017-10-15,,granted,2017-10-20,officer-b,二,20.00,\r\n"
            + (course == 0 ? "" : FormattableString.Invariant($"r-000003,c-000001,R01,证书,2017-10-15,,granted,2017-10-20,officer-b,三,{course:0.00},\r\n"));
        var cases = Cases.Split("\r\n")[..2];

        var report = (await ImportAsync(
            city, string.Join("\r\n", cases).Replace("2017-08", "2017-04", StringComparison.Ordinal) + "\r\n",
            Objections.Split("\r\n")[0] + "\r\n", repairs)).Value;

        if (named is null)
            Assert.IsEmpty(report.Faults, string.Join('\n', report.Faults));
        else
        {
            StringAssert.StartsWith(
                report.Faults.Single().ToString(), "repairs.csv:4: points (column 11): '10.01': expected at most 10.00, which is what c-000001");
        }
    }

    private static async Task AssertNamedAsync(string cases, string objections, string repairs, string named)
    {
        await using var city = await EmptyCity.BuildAsync();

        var report = (await ImportAsync(city, cases, objections, repairs)).Value;

        Assert.IsTrue(report.Faults.Any(fault => fault.ToString().StartsWith(named, StringComparison.Ordinal)), string.Join('\n', report.Faults));
        await city.AssertNothingStoredAsync();
    }

    private static Task<Outcome<ImportReport>> ImportAsync(EmptyCity city, string cases, string objections, string repairs) =>
        city.ImportAsync(new ImportCity(
            city.Write("roster.csv", EmptyCity.Roster), city.Write("cases.csv", cases), city.Write("objections.csv", objections),
            city.Write("repairs.csv", repairs)));

    private static string Changed(string text, string sound, string faulty)
    {
        StringAssert.Contains(text, sound);
        return text.Replace(sound, faulty, StringComparison.Ordinal);
    }
}
