using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;

namespace TaxiCredit.Dispatch;

/// <summary>Where an operation is carried out: the database, the two clocks, the rulebooks, and who may sit here.</summary>
internal sealed class Desk(DispatchContext db, BureauTime bureau, TimeProvider time, InstalledRulebooks rulebooks)
{
    public DispatchContext Db => db;

    public DateOnly Today => bureau.Today;

    public DateTimeOffset Now => time.GetUtcNow();

    public InstalledRulebooks Rulebooks => rulebooks;

    /// <summary>The actor of that name, or why there is none who may do this.</summary>
    public async Task<Outcome<Actor>> ActorAsync(string? name, Role[] allowed, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(name))
            return Refusal.Malformed("actor-missing", "Say who acts: \"actor\" is the name of a person at the bureau, see GET /api/v1/actors.");

        var actor = await db.Actors.AsNoTracking().SingleOrDefaultAsync(a => a.Name == name, stop);
        if (actor is null)
            return Refusal.Forbidden("actor-unknown", $"Nobody named '{name}' acts at the bureau; see GET /api/v1/actors.");

        return allowed.Contains(actor.Role)
            ? actor
            : Refusal.Forbidden("actor-not-allowed", $"'{name}' is {actor.Role}; this takes {string.Join(" or ", allowed)}.");
    }

    /// <summary>Writes the audit line that is stored with the change it tells of.</summary>
    public void Record(string actor, string operation, string subject, string detail = "") =>
        db.Audit.Add(new AuditEntry { At = Now, Actor = actor, Operation = operation, Subject = subject, Detail = detail });
}
