using TaxiCredit.Dispatch.Features.Accounts;

namespace Dispatch.Tests.Accounts;

/// <summary>The table of rights, written down a second time: a cell changes in both places or the build breaks.</summary>
[TestClass]
public class PermissionsTests
{
    private static readonly Role[] Columns = [Role.Driver, Role.Leader, Role.Officer, Role.Supervisor, Role.Auditor, Role.Admin];

    /// <summary>A letter for each role in the order of <see cref="Columns"/>: nobody's, own, team's, all.</summary>
    internal static readonly Dictionary<Operation, string> Expected = new()
    {
        [Operation.ReadFile] = "otaaan",
        [Operation.ReadCases] = "otaaan",
        [Operation.ReadRoster] = "otaaaa",
        [Operation.ReadDisplays] = "otaaaa",
        [Operation.ReadMonths] = "nnaaan",
        [Operation.ReadShortlist] = "nnaaan",
        [Operation.ReadAudit] = "nnnaaa",
        [Operation.RecordCase] = "nnaann",
        [Operation.ReportPeer] = "ttaann",
        [Operation.Praise] = "ntaann",
        [Operation.DecideCase] = "nnaann",
        [Operation.ReverseEntry] = "nnnann",
        [Operation.ReadReports] = "nnaaan",
        [Operation.ReviewReports] = "nnaann",
        [Operation.SignOn] = "ooaann",
        [Operation.SignOff] = "ooaann",
        [Operation.MoveShift] = "ooaann",
        [Operation.PreviewMonth] = "nnaann",
        [Operation.SignMonth] = "nnaann",
        [Operation.PublishMonth] = "nnaann",
        [Operation.ReviseMonth] = "nnaann",
        [Operation.CommandDisplay] = "nnaana",
        [Operation.ProvisionDisplay] = "nnaana",
        [Operation.RotateKeys] = "nnaana",
        [Operation.KeepRoster] = "nnaana",
        [Operation.AppointLeader] = "nnaann",
        [Operation.ReferDriver] = "nnannn",
        [Operation.InviteDriver] = "nnaana",
        [Operation.KeepAccounts] = "nnnnna",
        [Operation.KeepTokens] = "nnnnna",
        [Operation.EndSessions] = "oooooa",
    };

    public static IEnumerable<object[]> Cells =>
        from operation in Enum.GetValues<Operation>()
        from role in Columns
        select new object[] { $"{operation}", $"{role}" };

    [TestMethod]
    [DynamicData(nameof(Cells))]
    public void Table_EachCell_IsAsWritten(string operation, string role) =>
        Assert.AreEqual(ExpectedOf(Enum.Parse<Operation>(operation), Enum.Parse<Role>(role)), Permissions.Of(Enum.Parse<Role>(role), Enum.Parse<Operation>(operation)));

    [TestMethod]
    public void Auditor_EveryOperationThatChangesSomebodysData_IsRefused()
    {
        foreach (var operation in Enum.GetValues<Operation>().Where(o => !o.ToString().StartsWith("Read", StringComparison.Ordinal)))
            Assert.IsTrue(Permissions.Of(Role.Auditor, operation) is Whose.None or Whose.Own, $"{operation}");
    }

    [TestMethod]
    public void Roles_AreThoseOfTheTable() => CollectionAssert.AreEquivalent(Enum.GetValues<Role>(), Columns);

    internal static Whose ExpectedOf(Operation operation, Role role) => Expected[operation][Array.IndexOf(Columns, role)] switch
    {
        'n' => Whose.None,
        'o' => Whose.Own,
        't' => Whose.Team,
        'a' => Whose.All,
        var letter => throw new InvalidOperationException($"'{letter}'"),
    };
}
