using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>A person in the list of accounts.</summary>
/// <param name="State"><c>none</c>, <c>invited</c>, <c>active</c> or <c>closed</c>.</param>
internal sealed record AccountLine(string Name, Role Role, string State, int Sessions)
{
    /// <summary>The bureau's people, for an admin, and then the drivers who have an account or an invitation.</summary>
    public static async Task<IReadOnlyList<AccountLine>> ListAsync(Person reader, OperationContext context, CancellationToken stop)
    {
        var db = context.Db;
        var people = reader.May(Permission.ManageAccounts) ? await db.Actors.OrderBy(a => a.Name).Select(a => new { a.Name, a.Role }).ToListAsync(stop) : [];
        var leaders = await db.Leaderships.Where(l => l.RemovedOn == null).Select(l => l.Driver.Code).ToListAsync(stop);
        var drivers = await db.Drivers.Select(d => d.Code)
            .Where(code => db.Set<Account>().Any(a => a.UserName == code) || db.Set<Invitation>().Any(i => i.Name == code && i.AcceptedAt == null))
            .OrderBy(code => code).ToListAsync(stop);
        var accounts = await db.Set<Account>().AsNoTracking().ToDictionaryAsync(a => a.UserName!, stop);
        var invited = await db.Set<Invitation>().Where(i => i.AcceptedAt == null && i.ExpiresAt > context.Now).Select(i => i.Name).ToListAsync(stop);
        var sessions = await db.Set<Session>().GroupBy(s => s.Name).ToDictionaryAsync(s => s.Key, s => s.Count(), stop);
        return
        [
            .. people.Select(p => Line(p.Name, p.Role)),
            .. drivers.Select(code => Line(code, leaders.Contains(code) ? Role.Leader : Role.Driver)),
        ];

        AccountLine Line(string name, Role role) =>
            new(name, role, StateOf(accounts.GetValueOrDefault(name), invited.Contains(name)), sessions.GetValueOrDefault(name));
    }

    private static string StateOf(Account? account, bool isInvited) => account switch
    {
        { IsClosed: true } => "closed",
        not null => "active",
        null => isInvited ? "invited" : "none",
    };
}
