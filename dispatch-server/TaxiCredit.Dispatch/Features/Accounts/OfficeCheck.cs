using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>What takes more people than an office may have. Each is a rule of another operation; here stands only how many it takes.</summary>
internal enum OfficeRule
{
    /// <summary>An officer and a supervisor sign a month.</summary>
    Sign,

    /// <summary>Somebody else decides than who recorded.</summary>
    Decide,

    /// <summary>A supervisor reverses what somebody else has decided.</summary>
    Reverse,

    /// <summary>A second person agrees to the invitation of somebody who has an account; neither who invites nor who is invited.</summary>
    Approve,

    /// <summary>Another admin brings an admin back who has lost the password.</summary>
    SecondAdmin,
}

/// <summary>Whether those who can sign in are enough for the rules by which nobody acts alone. Says so at the start, and to admins.</summary>
internal static partial class OfficeCheck
{
    /// <summary>Rules that the open accounts cannot meet, in the order of the enumeration; none for an office in which nobody has an account yet.</summary>
    public static async Task<IReadOnlyList<OfficeRule>> FindUnmetAsync(DispatchContext db, CancellationToken stop)
    {
        var open = await db.Actors.Where(a => db.Set<Account>().Any(x => x.UserName == a.Name && x.LockoutEnd != Account.Never))
            .GroupBy(a => a.Role).Select(role => new { role.Key, Count = role.Count() }).ToDictionaryAsync(role => role.Key, role => role.Count, stop);
        return open.Count == 0
            ? []
            : Find(open.GetValueOrDefault(Role.Officer), open.GetValueOrDefault(Role.Supervisor), open.GetValueOrDefault(Role.Admin));
    }

    public static IReadOnlyList<OfficeRule> Find(int officers, int supervisors, int admins)
    {
        var desk = officers + supervisors;
        return [.. Enum.GetValues<OfficeRule>().Where(rule => !(rule switch
        {
            OfficeRule.Sign => officers > 0 && supervisors > 0,
            OfficeRule.Decide => desk > 1,
            OfficeRule.Reverse => supervisors > 0 && desk > 1,
            OfficeRule.Approve => admins > 0 && desk + admins > 2,
            OfficeRule.SecondAdmin => admins > 1,
            _ => throw new ArgumentOutOfRangeException(nameof(officers), rule, null),
        }))];
    }

    /// <summary>A warning for each rule.</summary>
    public static async Task WarnAsync(DispatchContext db, ILogger log, CancellationToken stop)
    {
        foreach (var rule in await FindUnmetAsync(db, stop))
            LogUnmet(log, rule, ToDo(rule));
    }

    private static string ToDo(OfficeRule rule) => rule switch
    {
        OfficeRule.Sign => "no month can be signed: it takes an officer and a supervisor. Invite the one that is missing",
        OfficeRule.Decide => "what the only officer or supervisor records nobody can decide. Invite another, or let tokens and passengers record",
        OfficeRule.Reverse => "nothing can be reversed: it takes a supervisor, and somebody else who decided. Invite a supervisor, or another one",
        OfficeRule.Approve => "nobody can be invited anew: it takes an admin and two others. Invite another officer, supervisor or admin",
        OfficeRule.SecondAdmin => "an admin who is locked out gets in by the command line alone. Invite a second admin",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
    };

    [LoggerMessage(5020, LogLevel.Warning, "The open accounts cannot meet the rule {Rule}: {ToDo}")]
    private static partial void LogUnmet(ILogger log, OfficeRule rule, string toDo);
}
