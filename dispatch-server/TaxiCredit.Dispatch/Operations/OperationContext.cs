using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>What an operation is carried out with: the database, the two clocks, the rulebooks, and who may do what.</summary>
internal sealed class OperationContext(
    DispatchContext db, BureauTime bureau, TimeProvider time, InstalledRulebooks rulebooks, IPeople people, EntryGuard entries, Facts facts,
    Beginnings beginnings, OperationTimes times, IDriverMessages messages)
{
    /// <summary>What joined operations have done, until the outermost commits.</summary>
    private readonly List<IFact> _untold = [];

    public DispatchContext Db => db;

    public DateOnly Today => bureau.Today;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <inheritdoc cref="BureauTime.IsCalendar"/>
    public bool IsCalendar => bureau.IsCalendar;

    public InstalledRulebooks Rulebooks => rulebooks;

    public IPeople People => people;

    public Beginnings Beginnings => beginnings;

    /// <inheritdoc cref="RulebookUse.KeepAsync"/>
    public Task<Refusal?> KeepRulebooksAsync(DateOnly through, CancellationToken stop) => entries.Rulebooks.KeepAsync(db, through, stop);

    /// <summary>Who asks, or why they may not do this; see <see cref="Permissions"/>.</summary>
    /// <param name="subject">Code of the driver whose data it touches; null where it is not about one driver.</param>
    public async Task<Outcome<Person>> MayAsync(Acting acting, Permission permission, string? subject, CancellationToken stop)
    {
        if (TokenRules.FindFault(acting, permission) is { } fault)
            return fault;
        if (acting.Token is { } token && acting.Name == token.Actor)
            return new Person(token.Actor, Role.Machine) { Token = token };

        var (name, person) = (acting.Name, await people.FindAsync(acting.Name, db, stop));
        if (person is null)
            return Refusal.Forbidden("actor-unknown", $"Nobody named '{name}' acts at the bureau; see GET /api/v1/actors.");
        if (person.IsClosed)
            return Refusal.Forbidden("actor-closed", $"The account of '{name}' is closed; an admin can open it again.");
        if (person.HasLeft)
            return Person.Left(name);
        if (await MayAsync(person, permission, subject, stop))
            return person with { Token = acting.Token };

        return Refusal.Forbidden("actor-not-allowed", person.May(permission)
            ? $"'{name}' is {person.Role} and may do this for their own {(Permissions.Of(person.Role, permission) == Whose.Own ? "file" : "team")} only."
            : $"'{name}' is {person.Role}; this takes {string.Join(" or ", Permissions.Of(permission))}.");
    }

    /// <summary>Whether a person may do this with the data of a driver, or with everybody's where no driver is named.</summary>
    /// <param name="subject">Code of the driver; for what a person may do with nothing but their own, also the name of a person at the bureau.</param>
    public async Task<bool> MayAsync(Person person, Permission permission, string? subject, CancellationToken stop) =>
        person.MayWithAll(permission)
        || subject == person.Name && Permissions.Of(person.Role, permission) == Whose.Own
        || subject is not null && person.May(permission) && person.May(permission, await people.PlaceAsync(subject, db, stop));

    /// <summary>
    /// The one way to change something: checks the right, then what needs no lock, takes the write lock, lets the operation decide, writes its audit
    /// line, commits, and tells its facts. Refused at any step, nothing is changed.
    /// </summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="subject">Code of the driver whose data it touches; null where it is not about one driver.</param>
    /// <param name="check">What can be refused by the command and the person alone; before the lock, so that nonsense keeps nobody waiting.</param>
    /// <param name="decide">Under the lock, with the person who acts: changes entities, and says what was done.</param>
    public async Task<Outcome<T>> RunAsync<T>(
        OperationRule rule, Acting actor, string? subject, Func<Person, Refusal?> check, Func<Person, Task<Outcome<Done<T>>>> decide, CancellationToken stop)
    {
        var allowed = await MayAsync(actor, rule.Permission, subject, stop);
        return (allowed.Refusal ?? Proof.FindFault(rule, actor, Now) ?? check(allowed.Value)) is { } refused
            ? refused
            : await RunWithoutPermissionAsync(rule.Name, allowed.Value.Name, () => DecideAsync(rule, actor, subject, decide, stop), stop);
    }

    /// <summary>As above, for an operation that checks its command in the same way for everybody.</summary>
    public Task<Outcome<T>> RunAsync<T>(
        OperationRule rule, Acting actor, string? subject, Func<Refusal?> check, Func<Person, Task<Outcome<Done<T>>>> decide, CancellationToken stop) =>
        RunAsync(rule, actor, subject, _ => check(), decide, stop);

    /// <summary>As above, for an operation whose command alone refuses nothing.</summary>
    public Task<Outcome<T>> RunAsync<T>(
        OperationRule rule, Acting actor, string? subject, Func<Person, Task<Outcome<Done<T>>>> decide, CancellationToken stop) =>
        RunAsync(rule, actor, subject, _ => null, decide, stop);

    /// <summary>As above, for an operation that is done once for a key of the client's.</summary>
    public Task<Outcome<T>> RunAsync<T>(
        OperationRule rule, Acting actor, string? subject, Once<T> once, Func<Person, Refusal?> check, Func<Person, Task<Outcome<Done<T>>>> decide,
        CancellationToken stop) =>
        RunAsync(
            rule, actor, subject, person => once.FindFault() ?? check(person),
            person => once.RunAsync(rule, person.Name, this, () => decide(person), stop), stop);

    /// <summary>Under the lock: whoever waited for it may have lost the right meanwhile, by an account that was closed.</summary>
    private async Task<Outcome<Done<T>>> DecideAsync<T>(
        OperationRule rule, Acting actor, string? subject, Func<Person, Task<Outcome<Done<T>>>> decide, CancellationToken stop)
    {
        var person = await MayAsync(actor, rule.Permission, subject, stop);
        if (person.Refusal is not null)
            return person.Refusal;

        var decided = await decide(person.Value);
        return decided.Refusal is null ? decided.Value with { Detail = TokenRules.Through(person.Value, decided.Value.Detail) } : decided;
    }

    /// <summary>As <c>RunAsync</c>, for an operation that is open to everybody: there is no person whose right to check.</summary>
    public Task<Outcome<T>> RunAnonymousAsync<T>(AnonymousRule rule, Func<Task<Outcome<Done<T>>>> decide, CancellationToken stop) =>
        RunWithoutPermissionAsync(rule.Name, rule.Actor, decide, stop);

    /// <summary>
    /// As <c>RunAsync</c>, for an operation that no <see cref="Permission"/> covers: somebody acts on the account to which a secret was shown, or
    /// the server itself acts. The operation says which.
    /// </summary>
    /// <param name="operation">Kebab-case name in the audit log.</param>
    /// <param name="actor">Name in the audit log.</param>
    public async Task<Outcome<T>> RunWithoutPermissionAsync<T>(string operation, string actor, Func<Task<Outcome<Done<T>>>> decide, CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        await using var batch = await BeginAsync(stop);
        var decided = await decide();
        if (decided.Refusal is not null)
            return decided.Refusal;
        if (await entries.CheckAsync(db, stop) is { } refused)
        {
            // What was decided is still tracked, and would be saved with whatever comes next.
            db.ChangeTracker.Clear();
            return refused;
        }

        var done = decided.Value;
        if (done.Subject is not null)
            Record(actor, operation, done.Subject, done.Detail);
        batch.Tell(done.Facts);
        await batch.CommitAsync(stop);
        times.Add(operation, time.GetElapsedTime(begun).TotalSeconds);
        return done.Value;
    }

    /// <summary>Reads what must be audited: checks the right, lets the operation read, and writes its audit line. Takes no write lock.</summary>
    public async Task<Outcome<T>> ReadAsync<T>(
        OperationRule rule, Acting actor, string? subject, Func<Person, Task<Outcome<Done<T>>>> read, CancellationToken stop)
    {
        var allowed = await MayAsync(actor, rule.Permission, subject, stop);
        if (allowed.Refusal is not null)
            return allowed.Refusal;

        var found = await read(allowed.Value);
        if (found.Refusal is not null)
            return found.Refusal;
        if (found.Value.Subject is not null)
            Record(allowed.Value.Name, rule.Name, found.Value.Subject, TokenRules.Through(allowed.Value, found.Value.Detail));
        await db.SaveChangesAsync(stop);
        return found.Value.Value;
    }

    /// <summary>Begins what is committed together: one operation, or several of which each would otherwise commit alone.</summary>
    public async Task<OperationBatch> BeginAsync(CancellationToken stop) => new(
        await db.BeginWriteAsync(stop), cancelled => messages.TellAsync(db, cancelled), facts, _untold);

    public Task PauseAsync(TimeSpan pause, CancellationToken stop) => Task.Delay(pause, time, stop);

    /// <summary>Writes the audit line that is stored with the change it tells of.</summary>
    public void Record(string actor, string operation, string subject, string detail = "") =>
        db.Audit.Add(new AuditEntry { At = Now, Actor = actor, Operation = operation, Subject = subject, Detail = detail });
}
