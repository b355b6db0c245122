using static TaxiCredit.Dispatch.Features.Accounts.Whose;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>What a person is to the bureau. Driver and leader follow from the roster; the others are stored with the actor.</summary>
internal enum Role { Driver, Leader, Officer, Supervisor, Auditor, Admin }

/// <summary>Whose data an operation may touch: nobody's, the person's own file, the files of the person's team, everybody's.</summary>
internal enum Whose { None, Own, Team, All }

/// <summary>Everything that a person can ask of the server beyond what is public.</summary>
internal enum Operation
{
    ReadFile, ReadCases, ReadRoster, ReadDisplays, ReadMonths, ReadShortlist, ReadAudit,
    RecordCase, ReportPeer, Praise, DecideCase, ReverseEntry, ReadReports, ReviewReports,
    SignOn, SignOff, MoveShift,
    PreviewMonth, SignMonth, PublishMonth, ReviseMonth,
    CommandDisplay, ProvisionDisplay, RotateKeys,
    KeepRoster, AppointLeader, ReferDriver,
    InviteDriver, KeepAccounts, KeepTokens, EndSessions,
}

/// <summary>
/// Who may do what with whose data: the one table, enforced by <see cref="Desk.MayAsync"/> wherever an operation is asked for. What is not in
/// it is nobody's right. Rules of a single operation, such as that nobody reports on oneself, stay with that operation.
/// </summary>
internal static class Permissions
{
    private static readonly Role[] Columns = [Role.Driver, Role.Leader, Role.Officer, Role.Supervisor, Role.Auditor, Role.Admin];

    private static readonly Dictionary<Operation, Whose[]> Table = new()
    {
        //                              driver leader officer supervisor auditor admin
        [Operation.ReadFile] =         [Own,   Team,  All,    All,       All,    None],
        [Operation.ReadCases] =        [Own,   Team,  All,    All,       All,    None],
        [Operation.ReadRoster] =       [Own,   Team,  All,    All,       All,    All],
        [Operation.ReadDisplays] =     [Own,   Team,  All,    All,       All,    All],
        [Operation.ReadMonths] =       [None,  None,  All,    All,       All,    None],
        [Operation.ReadShortlist] =    [None,  None,  All,    All,       All,    None],
        [Operation.ReadAudit] =        [None,  None,  None,   All,       All,    All],

        [Operation.RecordCase] =       [None,  None,  All,    All,       None,   None],
        // A member of a team may report the leader to the bureau.
        [Operation.ReportPeer] =       [Team,  Team,  All,    All,       None,   None],
        [Operation.Praise] =           [None,  Team,  All,    All,       None,   None],
        [Operation.DecideCase] =       [None,  None,  All,    All,       None,   None],
        [Operation.ReverseEntry] =     [None,  None,  None,   All,       None,   None],

        // What passengers reported and saw, with what came with it.
        [Operation.ReadReports] =      [None,  None,  All,    All,       All,    None],
        [Operation.ReviewReports] =    [None,  None,  All,    All,       None,   None],

        [Operation.SignOn] =           [Own,   Own,   All,    All,       None,   None],
        [Operation.SignOff] =          [Own,   Own,   All,    All,       None,   None],
        [Operation.MoveShift] =        [Own,   Own,   All,    All,       None,   None],

        [Operation.PreviewMonth] =     [None,  None,  All,    All,       None,   None],
        [Operation.SignMonth] =        [None,  None,  All,    All,       None,   None],
        [Operation.PublishMonth] =     [None,  None,  All,    All,       None,   None],
        [Operation.ReviseMonth] =      [None,  None,  All,    All,       None,   None],

        [Operation.CommandDisplay] =   [None,  None,  All,    All,       None,   All],
        [Operation.ProvisionDisplay] = [None,  None,  All,    All,       None,   All],
        [Operation.RotateKeys] =       [None,  None,  All,    All,       None,   All],

        [Operation.KeepRoster] =       [None,  None,  All,    All,       None,   All],
        [Operation.AppointLeader] =    [None,  None,  All,    All,       None,   None],
        [Operation.ReferDriver] =      [None,  None,  All,    None,      None,   None],

        [Operation.InviteDriver] =     [None,  None,  All,    All,       None,   All],
        [Operation.KeepAccounts] =     [None,  None,  None,   None,      None,   All],
        [Operation.KeepTokens] =       [None,  None,  None,   None,      None,   All],
        [Operation.EndSessions] =      [Own,   Own,   Own,    Own,       Own,    All],
    };

    /// <summary>Whose data a role may touch with an operation.</summary>
    public static Whose Of(Role role, Operation operation) =>
        Table.TryGetValue(operation, out var row) ? row[Array.IndexOf(Columns, role)] : None;

    /// <summary>The roles that may do this with somebody's data, for the wording of a refusal.</summary>
    public static IEnumerable<Role> Of(Operation operation) => Columns.Where(role => Of(role, operation) != None);
}
