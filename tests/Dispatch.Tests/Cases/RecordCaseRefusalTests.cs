using System.Net;

namespace Dispatch.Tests.Cases;

/// <summary>What a report is refused for, at its limits. d-4 shares the cab of d-1, who leads.</summary>
[TestClass]
public sealed class RecordCaseRefusalTests
{
    private static SmallCity _city = null!;

    [ClassInitialize]
    public static async Task BuildAsync(TestContext _)
    {
        _city = await SmallCity.BuildAsync();
        await _city.PostAsync("drivers", new { actor = SmallCity.Officer, code = "d-4", name = "Driver 4", homeCab = "cab-1" });
    }

    [ClassCleanup]
    public static async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    [DataRow(-1, false)]
    [DataRow(0, true)]
    [DataRow(23, true)]
    [DataRow(24, false)]
    public Task RecordCase_ByHour_IsTakenFrom0To23(int conductHour, bool taken) => RecordAsync(
        Complaint(conductHour: conductHour), taken, "hour-out-of-range");

    [TestMethod]
    [DataRow(0, false)]
    [DataRow(1, true)]
    [DataRow(200, true)]
    [DataRow(201, false)]
    public Task RecordCase_ByLengthOfPlace_IsTakenFrom1To200(int length, bool taken) => RecordAsync(
        Complaint(place: new string('p', length)), taken, "place-length");

    [TestMethod]
    [DataRow(0, false)]
    [DataRow(1, true)]
    [DataRow(2_000, true)]
    [DataRow(2_001, false)]
    public Task RecordCase_ByLengthOfAccount_IsTakenFrom1To2000(int length, bool taken) => RecordAsync(
        Complaint(account: new string('a', length)), taken, "account-length");

    [TestMethod]
    public async Task RecordCase_BlankTexts_AreRefusedAsNone()
    {
        await RecordAsync(Complaint(place: "   "), false, "place-length");
        await RecordAsync(Complaint(account: " \n "), false, "account-length");
    }

    [TestMethod]
    [DataRow("merit", "M01", -1L, false)]
    [DataRow("merit", "M01", 0L, false)]
    [DataRow("merit", "M01", 1L, true)]
    [DataRow("merit", "M01", 100_000_000_000L, true)]
    [DataRow("merit", "M01", 100_000_000_001L, false)]
    [DataRow("merit", "M01", long.MaxValue, false)]
    [DataRow("complaint", "S01", 1L, false)]
    public Task RecordCase_ByPropertyReturned_IsTakenAbove0AndForMeritAlone(string kind, string code, long propertyFen, bool taken) => RecordAsync(
        new { actor = SmallCity.Officer, kind, driver = "d-2", code, conductOn = "2017-08-10", place = "Rank", account = "A purse.", propertyFen },
        taken, "property-unfit");

    [TestMethod]
    [DataRow("d-9")]
    [DataRow(null)]
    public Task RecordCase_PeerReportByNobodyKnown_IsRefused(string? reporter) =>
        _city.RefusesAsync("cases", PeerReport("d-1", reporter), HttpStatusCode.NotFound, "reporter-unknown");

    [TestMethod]
    [DataRow("d-1", "d-4")]
    [DataRow("d-4", "d-1")]
    public Task RecordCase_PeerReportWithinACab_IsRefused(string driver, string reporter) =>
        _city.RefusesAsync("cases", PeerReport(driver, reporter), HttpStatusCode.UnprocessableEntity, "reporter-shares-cab");

    private static object Complaint(string place = "Rank", string account = "A detour.", int? conductHour = null) =>
        new { actor = SmallCity.Officer, kind = "complaint", driver = "d-2", code = "S01", conductOn = "2017-08-10", place, account, conductHour };

    private static object PeerReport(string driver, string? reporter) =>
        new { actor = SmallCity.Officer, kind = "peerReport", driver, code = "P01", conductOn = "2017-08-10", place = "Rank", account = "Pushed.", reporter };

    private static Task RecordAsync(object report, bool taken, string rule) =>
        taken ? _city.PostAsync("cases", report) : _city.RefusesAsync("cases", report, HttpStatusCode.BadRequest, rule);
}
