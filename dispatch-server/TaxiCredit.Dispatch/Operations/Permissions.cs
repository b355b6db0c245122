using static TaxiCredit.Dispatch.Operations.Whose;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>
/// What somebody is to the bureau. Driver and leader follow from the roster; a machine is whoever comes with a token; the others are stored with the
/// actor.
/// </summary>
internal enum Role { Driver, Leader, Officer, Supervisor, Auditor, Admin, Machine }

/// <summary>Whose data an operation may touch: nobody's, the person's own file, the files of the person's team, everybody's.</summary>
internal enum Whose { None, Own, Team, All }

/// <summary>Everything that a person can ask of the server beyond what is public.</summary>
internal enum Permission
{
    ReadFile, ReadCases, ReadRoster, ReadDisplays, ReadMonths, ReadShortlist, ReadAudit, ReadJobs,
    RecordCase, ReportPeer, Praise, DecideCase, AnswerNotice, ObjectToDecision, RuleOnObjection, ReverseEntry, ReadReports, ReadContact, ReviewReports,
    AskRepair, DecideRepair,
    SignOn, SignOff, MoveShift, CorrectShift, KeepFound,
    PreviewMonth, SignMonth, PublishMonth, ReviseMonth,
    CommandDisplay, ProvisionDisplay, RotateKeys, DecideHold,
    EditRoster, AppointLeader, ReferDriver,
    InviteDriver, ApproveInvitation, ManageAccounts, ManageTokens, EndSessions, ManageOutbox,
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
        // The driver; the desk for an answer on paper. A leader answers as a driver.
        [Permission.AnswerNotice] =     [Own,   Own,   All,    All,       None,   None],
        [Permission.ObjectToDecision] = [Own,   Own,   All,    All,       None,   None],
        // Whoever neither recorded nor decided it; the operation sees to that.
        [Permission.RuleOnObjection] =  [None,  None,  All,    All,       None,   None],
        [Permission.AskRepair] =        [Own,   Own,   All,    All,       None,   None],
        [Permission.DecideRepair] =     [None,  None,  All,    All,       None,   None],
        [Permission.ReverseEntry] =     [None,  None,  None,   All,       None,   None],

        // What passengers reported and saw, with what came with it.
        [Permission.ReadReports] =      [None,  None,  All,    All,       All,    None],
        // How to reach a passenger: for whoever has the case.
        [Permission.ReadContact] =      [None,  None,  All,    All,       None,   None],
        [Permission.ReviewReports] =    [None,  None,  All,    All,       None,   None],

        // What stayed in a cab; the desk for a driver who brings it.
        [Permission.KeepFound] =        [Own,   Own,   All,    All,       None,   None],

        [Permission.SignOn] =           [Own,   Own,   All,    All,       None,   None],
        [Permission.SignOff] =          [Own,   Own,   All,    All,       None,   None],
        [Permission.MoveShift] =        [Own,   Own,   All,    All,       None,   None],
        [Permission.CorrectShift] =     [None,  None,  All,    All,       None,   None],

        [Permission.PreviewMonth] =     [None,  None,  All,    All,       None,   None],
        [Permission.SignMonth] =        [None,  None,  All,    All,       None,   None],
        [Permission.PublishMonth] =     [None,  None,  All,    All,       None,   None],
        [Permission.ReviseMonth] =      [None,  None,  All,    All,       None,   None],

        [Permission.CommandDisplay] =   [None,  None,  All,    All,       None,   All],
        [Permission.ProvisionDisplay] = [None,  None,  All,    All,       None,   All],
        [Permission.RotateKeys] =       [None,  None,  All,    All,       None,   All],

        // Who restores a database, an admin, does not decide that nothing is missing.
        [Permission.DecideHold] =       [None,  None,  None,   All,       None,   None],

        [Permission.EditRoster] =       [None,  None,  All,    All,       None,   All],
        [Permission.AppointLeader] =    [None,  None,  All,    All,       None,   None],
        [Permission.ReferDriver] =      [None,  None,  All,    None,      None,   None],

        [Permission.InviteDriver] =     [None,  None,  All,    All,       None,   All],
        // A second person, of those who know the first.
        [Permission.ApproveInvitation] = [None, None,  All,    All,       None,   All],
        [Permission.ManageAccounts] =     [None,  None,  None,   None,      None,   All],
        [Permission.ManageTokens] =       [None,  None,  None,   None,      None,   All],
        [Permission.EndSessions] =      [Own,   Own,   Own,    Own,       Own,    All],
        // Messages that cannot be delivered: addresses, and what was not told to whom.
        [Permission.ManageOutbox] =       [None,  None,  None,   None,      None,   All],
    };
#pragma warning restore format

    /// <summary>
    /// The scope by which a token may do it, with everybody's data. What is not here is a person's alone: no token decides, signs, publishes, speaks for
    /// a driver, reads how to reach a passenger, or says who may do what.
    /// </summary>
    private static readonly Dictionary<Permission, Scope> ByToken = new()
    {
        [Permission.ReadRoster] = Scope.Read,
        [Permission.ReadDisplays] = Scope.Read,
        [Permission.ReadMonths] = Scope.Read,
        [Permission.ReadShortlist] = Scope.Read,
        [Permission.ReadJobs] = Scope.Read,
        [Permission.ReadFile] = Scope.ReadFiles,
        [Permission.ReadCases] = Scope.ReadFiles,
        [Permission.ReadReports] = Scope.ReadFiles,
        [Permission.RecordCase] = Scope.Record,
        [Permission.Praise] = Scope.Record,
        [Permission.EditRoster] = Scope.Roster,
        [Permission.SignOn] = Scope.Shifts,
        [Permission.SignOff] = Scope.Shifts,
        [Permission.MoveShift] = Scope.Shifts,
        [Permission.CommandDisplay] = Scope.Displays,
        [Permission.ProvisionDisplay] = Scope.Displays,
        [Permission.RotateKeys] = Scope.Displays,
    };

    /// <summary>Whose data a role may touch with an operation. Of a machine it is what some token may; its scopes decide, see <see cref="Person"/>.</summary>
    public static Whose Of(Role role, Permission permission)
    {
        if (role == Role.Machine)
            return ByToken.ContainsKey(permission) ? All : None;
        return Table.TryGetValue(permission, out var row) ? row[Array.IndexOf(Columns, role)] : None;
    }

    /// <summary>The scope that a token needs for it; null if no token may.</summary>
    public static Scope? ScopeOf(Permission permission) => ByToken.TryGetValue(permission, out var scope) ? scope : null;

    /// <summary>Whether a token may name the person whose record it passes on: for recording, and for nothing else.</summary>
    public static bool IsRecording(Permission permission) => ScopeOf(permission) == Scope.Record;

    /// <summary>The roles that may do this with somebody's data, for the wording of a refusal.</summary>
    public static IEnumerable<Role> Of(Permission permission) => Columns.Where(role => Of(role, permission) != None);
}
