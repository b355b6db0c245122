using static TaxiCredit.Dispatch.Operations.Whose;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>What a person is to the bureau. Driver and leader follow from the roster; the others are stored with the actor.</summary>
internal enum Role { Driver, Leader, Officer, Supervisor, Auditor, Admin }

/// <summary>Whose data an operation may touch: nobody's, the person's own file, the files of the person's team, everybody's.</summary>
internal enum Whose { None, Own, Team, All }

/// <summary>Everything that a person can ask of the server beyond what is public.</summary>
internal enum Permission
{
    ReadFile, ReadCases, ReadRoster, ReadDisplays, ReadMonths, ReadShortlist, ReadAudit, ReadJobs,
    RecordCase, ReportPeer, Praise, DecideCase, ReverseEntry, ReadReports, ReviewReports,
    SignOn, SignOff, MoveShift,
    PreviewMonth, SignMonth, PublishMonth, ReviseMonth,
    CommandDisplay, ProvisionDisplay, RotateKeys,
    EditRoster, AppointLeader, ReferDriver,
    InviteDriver, ManageAccounts, ManageTokens, EndSessions,
}

/// <summary>
/// Who may do what with whose data: the one table, enforced by <see cref="OperationContext"/> wherever an operation is asked for. What is not in
/// it is nobody's right. Rules of a single operation, such as that nobody reports on oneself, stay with that operation.
/// </summary>
internal static class Permissions
{
    private static readonly Role[] Columns = [Role.Driver, Role.Leader, Role.Officer, Role.Supervisor, Role.Auditor, Role.Admin];

#pragma warning disable format // A table, aligned by hand.
    private static readonly Dictionary<Permission, Whose[]> Table = new()
    {
        //                              driver leader officer supervisor auditor admin
        [Permission.ReadFile] =         [Own,   Team,  All,    All,       All,    None],
        [Permission.ReadCases] =        [Own,   Team,  All,    All,       All,    None],
        [Permission.ReadRoster] =       [Own,   Team,  All,    All,       All,    All],
        [Permission.ReadDisplays] =     [Own,   Team,  All,    All,       All,    All],
        [Permission.ReadMonths] =       [None,  None,  All,    All,       All,    None],
        [Permission.ReadShortlist] =    [None,  None,  All,    All,       All,    None],
        [Permission.ReadAudit] =        [None,  None,  None,   All,       All,    All],
        [Permission.ReadJobs] =         [None,  None,  All,    All,       All,    All],

        [Permission.RecordCase] =       [None,  None,  All,    All,       None,   None],
        // A member of a team may report the leader to the bureau.
        [Permission.ReportPeer] =       [Team,  Team,  All,    All,       None,   None],
        [Permission.Praise] =           [None,  Team,  All,    All,       None,   None],
        [Permission.DecideCase] =       [None,  None,  All,    All,       None,   None],
        [Permission.ReverseEntry] =     [None,  None,  None,   All,       None,   None],

        // What passengers reported and saw, with what came with it.
        [Permission.ReadReports] =      [None,  None,  All,    All,       All,    None],
        [Permission.ReviewReports] =    [None,  None,  All,    All,       None,   None],

        [Permission.SignOn] =           [Own,   Own,   All,    All,       None,   None],
        [Permission.SignOff] =          [Own,   Own,   All,    All,       None,   None],
        [Permission.MoveShift] =        [Own,   Own,   All,    All,       None,   None],

        [Permission.PreviewMonth] =     [None,  None,  All,    All,       None,   None],
        [Permission.SignMonth] =        [None,  None,  All,    All,       None,   None],
        [Permission.PublishMonth] =     [None,  None,  All,    All,       None,   None],
        [Permission.ReviseMonth] =      [None,  None,  All,    All,       None,   None],

        [Permission.CommandDisplay] =   [None,  None,  All,    All,       None,   All],
        [Permission.ProvisionDisplay] = [None,  None,  All,    All,       None,   All],
        [Permission.RotateKeys] =       [None,  None,  All,    All,       None,   All],

        [Permission.EditRoster] =       [None,  None,  All,    All,       None,   All],
        [Permission.AppointLeader] =    [None,  None,  All,    All,       None,   None],
        [Permission.ReferDriver] =      [None,  None,  All,    None,      None,   None],

        [Permission.InviteDriver] =     [None,  None,  All,    All,       None,   All],
        [Permission.ManageAccounts] =     [None,  None,  None,   None,      None,   All],
        [Permission.ManageTokens] =       [None,  None,  None,   None,      None,   All],
        [Permission.EndSessions] =      [Own,   Own,   Own,    Own,       Own,    All],
    };
#pragma warning restore format

    /// <summary>Whose data a role may touch with an operation.</summary>
    public static Whose Of(Role role, Permission permission) =>
        Table.TryGetValue(permission, out var row) ? row[Array.IndexOf(Columns, role)] : None;

    /// <summary>The roles that may do this with somebody's data, for the wording of a refusal.</summary>
    public static IEnumerable<Role> Of(Permission permission) => Columns.Where(role => Of(role, permission) != None);
}
