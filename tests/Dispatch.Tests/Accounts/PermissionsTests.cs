using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Accounts;

/// <summary>The table of rights, written down a second time: a cell changes in both places or the build breaks.</summary>
[TestClass]
public class PermissionsTests
{
    private static readonly Role[] Columns = [Role.Driver, Role.Leader, Role.Officer, Role.Supervisor, Role.Auditor, Role.Admin];

    /// <summary>A letter for each role in the order of <see cref="Columns"/>: nobody's, own, team's, all.</summary>
    internal static readonly Dictionary<Permission, string> Expected = new()
    {
        [Permission.ReadFile] = "otaaan",
        [Permission.ReadCases] = "otaaan",
        [Permission.ReadRoster] = "otaaaa",
        [Permission.ReadDisplays] = "otaaaa",
        [Permission.ReadMonths] = "nnaaan",
        [Permission.ReadShortlist] = "nnaaan",
        [Permission.ReadAudit] = "nnnaaa",
        [Permission.ReadJobs] = "nnaaaa",
        [Permission.RecordCase] = "nnaann",
        [Permission.ReportPeer] = "ttaann",
        [Permission.Praise] = "ntaann",
        [Permission.DecideCase] = "nnaann",
        [Permission.AnswerNotice] = "ooaann",
        [Permission.KeepFound] = "ooaann",
        [Permission.ObjectToDecision] = "ooaann",
        [Permission.RuleOnObjection] = "nnaann",
        [Permission.AskRepair] = "ooaann",
        [Permission.DecideRepair] = "nnaann",
        [Permission.ReverseEntry] = "nnnann",
        [Permission.ReadReports] = "nnaaan",
        [Permission.ReadContact] = "nnaann",
        [Permission.ReviewReports] = "nnaann",
        [Permission.SignOn] = "ooaann",
        [Permission.SignOff] = "ooaann",
        [Permission.MoveShift] = "ooaann",
        [Permission.CorrectShift] = "nnaann",
        [Permission.PreviewMonth] = "nnaann",
        [Permission.SignMonth] = "nnaann",
        [Permission.PublishMonth] = "nnaann",
        [Permission.ReviseMonth] = "nnaann",
        [Permission.CommandDisplay] = "nnaana",
        [Permission.ProvisionDisplay] = "nnaana",
        [Permission.RotateKeys] = "nnaana",
        [Permission.DecideHold] = "nnnann",
        [Permission.EditRoster] = "nnaana",
        [Permission.AppointLeader] = "nnaann",
        [Permission.ReferDriver] = "nnannn",
        [Permission.InviteDriver] = "nnaana",
        [Permission.ApproveInvitation] = "nnaana",
        [Permission.ManageAccounts] = "nnnnna",
        [Permission.ManageTokens] = "nnnnna",
        [Permission.EndSessions] = "oooooa",
        [Permission.ManageOutbox] = "nnnnna",
    };

    public static IEnumerable<object[]> Cells =>
        from operation in Enum.GetValues<Permission>()
        from role in Columns
        select new object[] { $"{operation}", $"{role}" };

    [TestMethod]
    [DynamicData(nameof(Cells))]
    public void Table_EachCell_IsAsWritten(string operation, string role) =>
        Assert.AreEqual(
            ExpectedOf(Enum.Parse<Permission>(operation), Enum.Parse<Role>(role)),
            Permissions.Of(Enum.Parse<Role>(role), Enum.Parse<Permission>(operation)));

    [TestMethod]
    public void Auditor_EveryOperationThatChangesSomebodysData_IsRefused()
    {
        foreach (var operation in Enum.GetValues<Permission>().Where(o => !o.ToString().StartsWith("Read", StringComparison.Ordinal)))
            Assert.IsTrue(Permissions.Of(Role.Auditor, operation) is Whose.None or Whose.Own, $"{operation}");
    }

    [TestMethod]
    public void Roles_AreThoseOfTheTableAndMachines() => CollectionAssert.AreEquivalent(Enum.GetValues<Role>(), (Role[])[.. Columns, Role.Machine]);

    internal static Whose ExpectedOf(Permission permission, Role role) => Expected[permission][Array.IndexOf(Columns, role)] switch
    {
        'n' => Whose.None,
        'o' => Whose.Own,
        't' => Whose.Team,
        'a' => Whose.All,
        var letter => throw new InvalidOperationException($"'{letter}'"),
    };
}
