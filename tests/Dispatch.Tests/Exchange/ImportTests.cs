using System.Text;
using Dispatch.Tests.Databases;
using Dispatch.Tests.MonthClose;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Exchange.Csv;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Exchange;

[TestClass]
public class ImportTests
{
    private const string Good = "c-000001,complaint,d-1,S01,2017-08-15,14,成山大道,绕道,,,2017-08-16,officer-a,upheld,2017-08-20,officer-b,,属实,,,\r\n";

    static ImportTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [TestMethod]
    [DecidedByDatabase("SQL by hand: COPY into every table")]
    public async Task Import_UpheldDismissedAndOpenCases_AreStoredAndBookedInOneChain()
    {
        await using var city = await EmptyCity.BuildAsync();
        var report = (await city.ImportTextAsync(EmptyCity.CasesHeader + "\r\n" + Good
            + "c-000002,complaint,d-2,S02,2017-08-15,,站前,拒载,,,2017-08-16,officer-a,dismissed,2017-08-20,officer-b,,查无实据,,,\r\n"
            + "c-000005,merit,d-2,M01,2017-08-17,,站前,归还,,1280.50,2017-08-17,officer-a,submitted,,,,,,,\r\n"
            + "c-000007,peerReport,d-2,P01,2017-08-17,,站前,争执,d-1,,2017-08-18,officer-a,upheld,2017-08-20,officer-b,,属实,旁证,2017-09-01,误判\r\n")).Value;

        Assert.IsEmpty(report.Faults, string.Join('\n', report.Faults));
        Assert.AreEqual((2, 4L, 3L), (report.Drivers, report.Cases, report.Entries));
        await city.WithDbAsync(async db =>
        {
            var chain = await ChainVerification.FromStartAsync(db, CancellationToken.None);
            Assert.IsTrue(chain.Verified, chain.Fault);
            Assert.AreEqual((3L, report.HeadHash), (chain.Entries, chain.HeadHash));
            CollectionAssert.AreEqual(
                new[] { "Upheld 1", "Dismissed ", "Submitted ", "Reversed 2" },
                await db.Cases.OrderBy(c => c.Id).Select(c => c.Status + " " + c.LedgerSequence).ToListAsync());
            Assert.AreEqual(128_050L, await db.Cases.Where(c => c.Kind == CaseKind.Merit).Select(c => c.PropertyFen).SingleAsync());
            Assert.AreEqual(2L, await db.Ledger.Where(e => e.Sequence == 3).Select(e => e.Reverses).SingleAsync());
            Assert.AreEqual(1, await db.Shifts.CountAsync(s => s.OffAt == null));
            StringAssert.Contains(await db.Audit.Select(a => a.Detail).SingleAsync(), "sha256");
            return 0;
        });
    }

    /// <summary>Every table in which an operation stores a row under an id that the database hands out; a case takes the next number.</summary>
    [TestMethod]
    public async Task Import_ThenAnOperationOnEachTable_StoresItsRow()
    {
        await using var city = await EmptyCity.BuildAsync();
        await city.AddActorsAsync();
        _ = (await city.ImportTextAsync(EmptyCity.CasesHeader + "\r\n" + Good)).Value;

        Assert.AreEqual(2, (await DoAsync(context => AddTeam.HandleAsync(new(SmallCity.Officer, "t-2", "Second"), context, default))).Id);
        Assert.AreEqual(3, (await DoAsync(context => AddCab.HandleAsync(new(SmallCity.Officer, "cab-3", "鲁K·T0003", "t-2"), context, default))).Id);
        Assert.AreEqual(3, (await DoAsync(context => AddDriver.HandleAsync(new(SmallCity.Officer, "d-3", "王芳", "cab-3"), context, default))).Id);
        Assert.AreEqual(2, (await DoAsync(context => AppointLeader.HandleAsync("t-2", new(SmallCity.Officer, "d-3"), context, default))).Id);
        Assert.AreEqual(3, (await DoAsync(context => SignOn.HandleAsync(new("d-3", "d-3", "cab-3"), context, default))).Id);
        Assert.AreEqual(2, (await DoAsync(context => RecordCase.HandleAsync(
            new(SmallCity.Officer, CaseKind.Complaint, "d-3", "S01", new DateOnly(2018, 1, 1), "Harbour", "A detour."), context, default))).Id);

        async Task<T> DoAsync<T>(Func<OperationContext, Task<Outcome<T>>> operation) => (await city.InContextAsync(operation)).Value;
    }

    [TestMethod]
    [DecidedByDatabase("SQL by hand: sequences set anew after COPY")]
    public async Task Import_ThenTheServersOwnOperations_GoOnWithTheNextIds()
    {
        await using var city = await EmptyCity.BuildAsync();
        _ = (await city.ImportTextAsync(EmptyCity.CasesHeader + "\r\n" + Good)).Value;

        await city.WithDbAsync(async db =>
        {
            db.Teams.Add(new() { Code = "t-9", Name = "Next" });
            return await db.SaveChangesAsync();
        });

        Assert.AreEqual(2, await city.WithDbAsync(db => db.Teams.Where(t => t.Code == "t-9").Select(t => t.Id).SingleAsync()));
        Assert.AreEqual("city-not-empty", (await city.ImportTextAsync(EmptyCity.CasesHeader + "\r\n" + Good)).Refusal?.Code);
    }

    [TestMethod]
    [DataRow("UTF-8", false, ",")]
    [DataRow("UTF-8", true, ";")]
    [DataRow("GB18030", false, ",")]
    [DataRow("GB18030", false, ";")]
    public async Task Import_AsExcelWritesIt_IsRead(string encoding, bool mark, string separator)
    {
        await using var city = await EmptyCity.BuildAsync();
        var cases = (EmptyCity.CasesHeader + "\r\n"
            + "\"c-000001\",complaint,d-1,S01,2017年8月15日,14,成山大道,\"他说:\"\"绕道\"\"\",,,"
            + "2017/8/16,officer-a,upheld,2017-08-20,officer-b,,属实,,,\r\n").Replace(",", separator, StringComparison.Ordinal);
        var written = encoding == "UTF-8" ? new UTF8Encoding(mark) : Encoding.GetEncoding(encoding);

        var report = (await city.ImportTextAsync(cases, EmptyCity.Roster.Replace(",", separator, StringComparison.Ordinal), written)).Value;

        Assert.IsEmpty(report.Faults, string.Join('\n', report.Faults));
        var stored = await city.WithDbAsync(db => db.Cases.Include(c => c.Driver).SingleAsync());
        Assert.AreEqual(
            "王伟 他说:\"绕道\" 2017-08-15 2017-08-16",
            $"{stored.Driver.Name} {stored.Account} {stored.ConductOn:yyyy-MM-dd} {stored.SubmittedOn:yyyy-MM-dd}");
    }

    [TestMethod]
    [DataRow("S01", "S99", "cases.csv:2: code (column 4): 'S99'", "unknown code")]
    [DataRow("2017-08-15", "2017-02-30", "cases.csv:2: conduct_on (column 5): '2017-02-30': expected a day of the calendar", "30 February")]
    [DataRow("2017-08-15", "2017-08-17", "cases.csv:2: conduct_on (column 5): '2017-08-17': expected a day up to that of submission", "after submission")]
    [DataRow("2017-08-20", "2018-01-03", "cases.csv:2: decided_on (column 14): '2018-01-03'", "after today")]
    [DataRow("officer-b,", "officer-b,,", "cases.csv:2: 'c-000001,", "stray column")]
    [DataRow("d-1", "d-9", "cases.csv:2: driver (column 3): 'd-9': expected a driver of the roster", "unknown driver")]
    [DataRow("complaint", "gossip", "cases.csv:2: kind (column 2): 'gossip': expected complaint, infringement, peerReport, merit", "unknown kind")]
    [DataRow("14", "24", "cases.csv:2: conduct_hour (column 6): '24'", "hour")]
    [DataRow(",officer-a,", ",token:,", "cases.csv:2: submitted_by (column 12): 'token:': expected token: and the token's name", "token without a name")]
    [DataRow("属实", "", "cases.csv:2: reason (column 17): ''", "no reason")]
    [DataRow("绕道", "\"绕道", "cases.csv:2: 'c-000001,", "quotation mark never closed")]
    [DataRow("number,kind", "nummer,kind", "cases.csv:1: column 1: 'nummer': expected one of the columns", "wrong header")]
    [DataRow("number,kind", "number,number,kind", "cases.csv:1: column 2: 'number': expected each column once", "column twice")]
    [DataRow("属实,,,\r\n", "属", "cases.csv:2: ", "truncated last line")]
    [DataRow("属实,,,\r\n", "属实,,,", "cases.csv:2: ", "last line without its end")]
    public async Task Import_OneFault_IsNamedWithItsPlaceAndNothingIsStored(string sound, string faulty, string named, string what)
    {
        await using var city = await EmptyCity.BuildAsync();

        var report = (await city.ImportTextAsync((EmptyCity.CasesHeader + "\r\n" + Good).Replace(sound, faulty, StringComparison.Ordinal))).Value;

        Assert.IsNotEmpty(report.Faults, what);
        StringAssert.StartsWith(report.Faults[0].ToString(), named, what);
        await city.AssertNothingStoredAsync();
    }

    [TestMethod]
    [DataRow("d-2,李娜", "d-1,李娜", "roster.csv:3: driver (column 1): 'd-1': expected each driver once; this one stands in line 2 already")]
    [DataRow("鲁K·T0002", "鲁K·T0001", "roster.csv:3: plate (column 4): '鲁K·T0001'")]
    [DataRow("鲁K·T0002", "魯k t0001", "roster.csv:3: plate (column 4): '魯k t0001': expected another plate; this one is on cab cab-1")]
    [DataRow("鲁K·T0002", "鲁K·T002", "roster.csv:3: plate (column 4): '鲁K·T002': expected a plate with its province")]
    [DataRow("李娜", "李\uE863", "roster.csv:3: name (column 2): '李\uE863': expected characters that can be seen and that stand for one; U+E863")]
    [DataRow(",海鸥班组,,", ",天鹅班组,,", "roster.csv:3: team_name (column 6): '天鹅班组': expected '海鸥班组'")]
    [DataRow("2017-01-01,\r\n", "2017-01-01,cab-1\r\n", "roster.csv:3: signed_on_to (column 9): 'cab-1'")]
    [DataRow("2017-01-01,\r\n", "2017-01-01,cab-9\r\n", "roster.csv: signed_on_to: 'cab-9'")]
    [DecidedByDatabase("transactions: all of an import or nothing")]
    public async Task Import_FaultOfTheRoster_IsNamedAndNothingIsStored(string sound, string faulty, string named)
    {
        await using var city = await EmptyCity.BuildAsync();

        var report = (await city.ImportTextAsync(
            EmptyCity.CasesHeader + "\r\n" + Good, EmptyCity.Roster.Replace(sound, faulty, StringComparison.Ordinal))).Value;

        Assert.IsTrue(report.Faults.Any(fault => fault.ToString().StartsWith(named, StringComparison.Ordinal)), string.Join('\n', report.Faults));
        await city.AssertNothingStoredAsync();
    }

    [TestMethod]
    public async Task Import_CodesPlatesAndTeamsInOtherSpellings_AreTheSame()
    {
        await using var city = await EmptyCity.BuildAsync();
        var roster = EmptyCity.RosterHeader + "\r\n"
            + "d-1,王伟,cab-1,鲁K·T0001,t-1,海鸥 First,2017-01-01,2017-01-01,ＣＡＢ－１\r\n"
            + "Ｄ－２,李娜,CAB-1,魯k t0001,T–1,海鸥first,,2017-01-01,\r\n";

        var report = (await city.ImportTextAsync(
            EmptyCity.CasesHeader + "\r\n" + Good.Replace("complaint,d-1", "peerReport, Ｄ–1", StringComparison.Ordinal)
                .Replace("S01", "P01", StringComparison.Ordinal).Replace("绕道,,", "绕道,D-2,", StringComparison.Ordinal)
                .Replace("属实,", "属实,旁证", StringComparison.Ordinal), roster)).Value;

        Assert.IsEmpty(report.Faults, string.Join('\n', report.Faults));
        Assert.AreEqual("cab-1 鲁K·T0001 2", await city.WithDbAsync(async db =>
        {
            var cab = await db.Cabs.SingleAsync();
            return $"{cab.Code} {cab.Plate} {await db.Drivers.CountAsync(d => d.HomeCabId == cab.Id)}";
        }));
    }

    [TestMethod]
    public async Task Import_CaseDeclaredComplex_HasTheLongerTime()
    {
        await using var city = await EmptyCity.BuildAsync();

        var report = (await city.ImportTextAsync(Complex("2017-08-18,officer-c,案情复杂"))).Value;

        Assert.IsEmpty(report.Faults, string.Join('\n', report.Faults));
        Assert.AreEqual("2017-08-18 officer-c 案情复杂", await city.WithDbAsync(async db =>
        {
            var stored = await db.Cases.SingleAsync();
            return $"{stored.ComplexOn:yyyy-MM-dd} {stored.ComplexBy} {stored.ComplexReason}";
        }));
    }

    [TestMethod]
    [DataRow("2017-08-15,officer-c,案情复杂", "complex_on (column 21): '2017-08-15': expected a day from 2017-08-16", "before it was submitted")]
    [DataRow("2017-08-27,officer-c,案情复杂", "complex_on (column 21): '2017-08-27': expected a day within the time of an ordinary case",
        "after the ordinary time")]
    [DataRow("2017-08-21,officer-c,案情复杂", "decided_on (column 14): '2017-08-20': expected a day from 2017-08-21, when it was declared complex",
        "after its decision")]
    [DataRow("2017-08-18,,案情复杂", "complex_by (column 22): ''", "by nobody")]
    [DataRow("2017-08-18,officer-c,", "complex_reason (column 23): ''", "for no reason")]
    [DataRow(",officer-c,", "complex_by (column 22): 'officer-c': expected nothing", "on no day")]
    public async Task Import_FaultOfComplexity_IsNamedAndNothingIsStored(string complex, string named, string what)
    {
        await using var city = await EmptyCity.BuildAsync();

        var report = (await city.ImportTextAsync(Complex(complex))).Value;

        StringAssert.StartsWith(report.Faults.Single().ToString(), "cases.csv:2: " + named, what);
        await city.AssertNothingStoredAsync();
    }

    [TestMethod]
    public async Task Import_MixedEncodings_IsRefusedWithTheLine()
    {
        await using var city = await EmptyCity.BuildAsync();
        var roster = city.Write("roster.csv", EmptyCity.Roster);
        var cases = city.Write("cases.csv", EmptyCity.CasesHeader + "\r\n" + Good);
        await using (var more = new FileStream(cases, FileMode.Append))
            await more.WriteAsync(Encoding.GetEncoding("GB18030").GetBytes(Good.Replace("c-000001", "c-000002", StringComparison.Ordinal)));

        var report = (await city.ImportAsync(roster, cases)).Value;

        StringAssert.StartsWith(report.Faults.Single().ToString(), "cases.csv:3: 'bytes that are not UTF-8': expected one encoding; line 2");
        await city.AssertNothingStoredAsync();
    }

    [TestMethod]
    public async Task Import_TwoGigabytesWithoutALineBreak_StopsAtTheFirst()
    {
        await using var city = await EmptyCity.BuildAsync();
        var roster = city.Write("roster.csv", EmptyCity.Roster);
        var cases = city.Write("cases.csv", EmptyCity.CasesHeader + "\r\n");
        // A hole, which takes no room on the disk.
        await using (var file = new FileStream(cases, FileMode.Open))
            file.SetLength(2_000_000_000);

        var report = (await city.ImportAsync(roster, cases)).Value;

        StringAssert.EndsWith(report.Faults.Single().ToString(), "bytes without a line break': expected lines of at most 262144 bytes");
        await city.AssertNothingStoredAsync();
    }

    [TestMethod]
    public async Task ImportCommand_FilesWithAFault_NamesItAndEndsWithTwo()
    {
        await using var city = await EmptyCity.BuildAsync();
        var roster = city.Write("roster.csv", EmptyCity.Roster);
        var cases = city.Write("cases.csv", EmptyCity.CasesHeader + "\r\n" + Good.Replace("2017-08-15", "2017-02-30", StringComparison.Ordinal));

        using var import = ServerProcess.Begin(city.Options, "import", "--roster", roster, "--cases", cases);
        var output = import.StandardOutput.ReadToEndAsync();
        var errors = await import.StandardError.ReadToEndAsync();
        await import.WaitForExitAsync();

        Assert.AreEqual(2, import.ExitCode, await output);
        StringAssert.Contains(
            errors, "cases.csv:2: conduct_on (column 5): '2017-02-30': expected a day of the calendar, as 2017-08-15, 2017/8/15 or 2017年8月15日");
        await city.AssertNothingStoredAsync();
    }

    [TestMethod]
    [DataRow(999, 999)]
    [DataRow(1_000, 1_000)]
    [DataRow(1_001, 1_000)]
    public async Task Import_MoreFaultsThanAreReported_StopsAtTheStatedNumber(int faults, int reported)
    {
        await using var city = await EmptyCity.BuildAsync();
        var bad = Good.Replace(",14,", ",24,", StringComparison.Ordinal);
        var lines = string.Concat(Enumerable.Range(1, faults).Select(n => bad.Replace("c-000001", $"c-{n:D6}", StringComparison.Ordinal)));

        var report = (await city.ImportTextAsync(EmptyCity.CasesHeader + "\r\n" + lines)).Value;

        Assert.HasCount(reported, report.Faults);
        await city.AssertNothingStoredAsync();
    }

    [TestMethod]
    [DataRow("2017-08-15", true)]
    [DataRow("2017/8/5", true)]
    [DataRow("2017.8.5", true)]
    [DataRow("2017年8月15日", true)]
    [DataRow("2016-02-29", true)]
    [DataRow("2017-02-29", false)]
    [DataRow("2017-08-32", false)]
    [DataRow("2017-00-01", false)]
    [DataRow("2017-8/15", false)]
    [DataRow("2017年8月15", false)]
    [DataRow("17-08-15", false)]
    [DataRow("2017-08-15 10:00", false)]
    [DataRow("2017-８-15", false)]
    [DataRow("2017-", false)]
    [DataRow("", false)]
    public void Day_InEachForm_IsReadOrRefused(string text, bool read) => Assert.AreEqual(read, Cells.TryDay(text, out _));

    private static string Complex(string three) =>
        EmptyCity.CasesHeader + ",complex_on,complex_by,complex_reason\r\n" + Good.Replace("\r\n", "," + three + "\r\n", StringComparison.Ordinal);
}
