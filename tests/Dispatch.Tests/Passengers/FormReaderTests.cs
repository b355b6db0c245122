using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Passengers;

[TestClass]
public sealed class FormReaderTests
{
    private static readonly InstalledRulebooks Rulebooks = InstalledRulebooks.Read(Path.Combine(AppContext.BaseDirectory, "Rulebooks"), "rongcheng-taxi");
    private static readonly FormReader Reader = new(new DateOnly(2018, 1, 2), Hour: 12, LongestAgoDays: 30, PraiseCode: "M07", Rulebooks);

    [TestMethod]
    public void Read_Complaint_IsWhatWasTyped()
    {
        var content = Reader.Read(Form(form => (form.Account, form.Contact) = (" Detour.\r\nTwice. ", "  ")));

        Assert.AreEqual(new ReportContent(CaseKind.Complaint, "S01", "Detour.\nTwice.", new(2018, 1, 2), 12, "Harbour", null), content);
        Assert.IsEmpty(Reader.FaultsOf(Form()));
    }

    [TestMethod]
    public void Read_Praise_HasTheRulebooksCodeAndAsksForNoConduct()
    {
        var content = Reader.Read(Form(form => (form.Kind, form.Conduct) = ("praise", null)));

        Assert.AreEqual((CaseKind.Merit, "M07"), (content.Kind, content.Code));
    }

    [TestMethod]
    public void Read_CodeThatTheRulebookDoesNotHave_IsLeftToTheOfficer()
    {
        Assert.IsNull(Reader.Read(Form(form => form.Conduct = ReportForm.SomethingElse)).Code);
        Assert.IsNull((Reader with { PraiseCode = "N99" }).Read(Form(form => form.Kind = "praise")).Code);
    }

    [TestMethod]
    public void Read_ControlCharacters_AreLeftOut() =>
        Assert.AreEqual("ab\nc", Reader.Read(Form(form => form.Account = "a\0b\r\n\u001bc")).Account);

    [TestMethod]
    [DataRow(null, ReportFault.Missing)]
    [DataRow("", ReportFault.Missing)]
    [DataRow("M07", ReportFault.Unknown, DisplayName = "A merit")]
    [DataRow("P01", ReportFault.Unknown, DisplayName = "Not a passenger's matter")]
    [DataRow("S99", ReportFault.Unknown)]
    public void Conduct_NotOfTheList_IsAFault(string? conduct, ReportFault fault) => AssertFault(ReportField.Conduct, fault, form => form.Conduct = conduct);

    [TestMethod]
    [DataRow(null, ReportFault.Missing)]
    [DataRow(" \r\n\0", ReportFault.Missing)]
    public void Account_Empty_IsAFault(string? account, ReportFault fault) => AssertFault(ReportField.Account, fault, form => form.Account = account);

    [TestMethod]
    [DataRow(999, null)]
    [DataRow(1000, null)]
    [DataRow(1001, ReportFault.TooLong)]
    public void Account_AtItsLimit_IsTakenUpToIt(int length, ReportFault? fault) =>
        AssertFault(ReportField.Account, fault, form => form.Account = new string('长', length));

    [TestMethod]
    [DataRow(0, ReportFault.Missing)]
    [DataRow(200, null)]
    [DataRow(201, ReportFault.TooLong)]
    public void Place_AtItsLimits_IsTakenWithin(int length, ReportFault? fault) =>
        AssertFault(ReportField.Place, fault, form => form.Place = new string('x', length));

    [TestMethod]
    [DataRow(0, null)]
    [DataRow(200, null)]
    [DataRow(201, ReportFault.TooLong)]
    public void Contact_AtItsLimit_IsTakenUpToIt(int length, ReportFault? fault) =>
        AssertFault(ReportField.Contact, fault, form => form.Contact = new string('x', length));

    [TestMethod]
    [DataRow(null, ReportFault.Missing)]
    [DataRow(" ", ReportFault.Missing)]
    [DataRow("2.1.2018", ReportFault.Unknown)]
    [DataRow("2018-02-30", ReportFault.Unknown)]
    [DataRow("2018-1-2", null)]
    [DataRow("２０１８－０１－０２", null, DisplayName = "Full-width")]
    [DataRow("2018年1月2日", null)]
    [DataRow("2018/1/2", null)]
    [DataRow("2018。1。2", null)]
    [DataRow("2018 - 1 - 2", null)]
    [DataRow("2018年13月2日", ReportFault.Unknown)]
    [DataRow("٢٠١٨-01-02", ReportFault.Unknown, DisplayName = "Digits of another script")]
    [DataRow("2018-01-03", ReportFault.Future)]
    [DataRow("2017-12-03", null, DisplayName = "30 days ago")]
    [DataRow("2017-12-02", ReportFault.TooLongAgo, DisplayName = "31 days ago")]
    public void Day_Typed_IsTakenWithinItsLimits(string? day, ReportFault? fault) =>
        AssertFault(ReportField.Day, fault, form => (form.Day, form.Hour) = (day, null));

    [TestMethod]
    [DataRow("", null)]
    [DataRow("0", null)]
    [DataRow("12", null)]
    [DataRow("１２", null, DisplayName = "Full-width")]
    [DataRow("13", ReportFault.Future, DisplayName = "Later today")]
    [DataRow("24", ReportFault.Unknown)]
    [DataRow("-1", ReportFault.Unknown)]
    [DataRow("noon", ReportFault.Unknown)]
    public void Hour_Typed_IsTakenWithinItsLimits(string hour, ReportFault? fault) => AssertFault(ReportField.Hour, fault, form => form.Hour = hour);

    [TestMethod]
    public void Tidy_AsChineseKeyboardsGiveIt_IsWhatFieldsShow()
    {
        var form = Form(f => (f.Day, f.Hour, f.Contact) = ("２０１８年１月２日", "０７", "１３９－５５５５－０１００"));

        FormReader.Tidy(form);

        Assert.AreEqual(("2018-01-02", "7", "139-5555-0100"), (form.Day, form.Hour, form.Contact));
        Assert.AreEqual("139-5555-0100", Reader.Read(Form(f => f.Contact = "１３９－５５５５－０１００")).Contact);
    }

    [TestMethod]
    public void Tidy_NothingThatCanBeRead_StaysAsItWasTyped()
    {
        var form = Form(f => (f.Day, f.Hour, f.Contact) = ("the other day", "noon", null));

        FormReader.Tidy(form);

        Assert.AreEqual(("the other day", "noon", (string?)null), (form.Day, form.Hour, form.Contact));
    }

    [TestMethod]
    public void Hour_LaterThanNowOnAnEarlierDay_IsTaken() => AssertFault(ReportField.Hour, null, form => (form.Day, form.Hour) = ("2018-01-01", "23"));

    [TestMethod]
    public void FaultsOf_EmptyForm_NamesEveryRequiredField() => CollectionAssert.AreEquivalent(
        new[] { ReportField.Kind, ReportField.Conduct, ReportField.Account, ReportField.Day, ReportField.Place }, Reader.FaultsOf(new ReportForm()).Keys);

    private static void AssertFault(ReportField field, ReportFault? fault, Action<ReportForm> change)
    {
        var faults = Reader.FaultsOf(Form(change));

        Assert.AreEqual(fault, faults.TryGetValue(field, out var found) ? found : null);
        Assert.HasCount(fault is null ? 0 : 1, faults);
    }

    private static ReportForm Form(Action<ReportForm>? change = null)
    {
        var form = new ReportForm { Kind = "complaint", Conduct = "S01", Account = "A detour.", Day = "2018-01-02", Hour = "12", Place = "Harbour" };
        change?.Invoke(form);
        return form;
    }
}
