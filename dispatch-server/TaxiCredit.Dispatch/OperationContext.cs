using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.MonthClose;

namespace TaxiCredit.Dispatch;

/// <summary>Where an operation is carried out: the database, the two clocks, the rulebooks, and who may sit here.</summary>
internal sealed class OperationContext(DispatchContext db, BureauTime bureau, TimeProvider time, InstalledRulebooks rulebooks, IOptions<CloseSettings> close)
{
    public DispatchContext Db => db;

    public DateOnly Today => bureau.Today;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <inheritdoc cref="BureauTime.IsCalendar"/>
    public bool IsCalendar => bureau.IsCalendar;

    public InstalledRulebooks Rulebooks => rulebooks;

    public CloseSettings CloseSettings => close.Value;

    /// <summary>The person of that name, or why there is none who may do this; see <see cref="Permissions"/>.</summary>
    /// <param name="name">An actor's name, or a driver's code.</param>
    /// <param name="subject">Code of the driver whose data it touches; null where it is not about one driver.</param>
    public async Task<Outcome<Person>> MayAsync(string? name, Permission permission, string? subject, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(name))
            return Refusal.Malformed("actor-missing", "Say who acts: \"actor\" is the name of a person at the bureau, see GET /api/v1/actors, or a driver's code.");

        var person = await Person.FindAsync(name, db, stop);
        if (person is null)
            return Refusal.Forbidden("actor-unknown", $"Nobody named '{name}' acts at the bureau; see GET /api/v1/actors.");
        if (await person.MayAsync(permission, subject, db, stop))
            return person;

        return Refusal.Forbidden("actor-not-allowed", person.May(permission)
            ? $"'{name}' is {person.Role} and may do this for {(Permissions.Of(person.Role, permission) == Whose.Own ? "the own file" : "the own team")} alone."
            : $"'{name}' is {person.Role}; this takes {string.Join(" or ", Permissions.Of(permission))}.");
    }

    public Task PauseAsync(TimeSpan pause, CancellationToken stop) => Task.Delay(pause, time, stop);

    /// <summary>Writes the audit line that is stored with the change it tells of.</summary>
    public void Record(string actor, string operation, string subject, string detail = "") =>
        db.Audit.Add(new AuditEntry { At = Now, Actor = actor, Operation = operation, Subject = subject, Detail = detail });
}
