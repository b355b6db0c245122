using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>Somebody who can act: a person at the bureau, or a driver under the driver's public code.</summary>
/// <param name="Name">Name of the actor, <c>officer-chen</c>, or code of the driver, <c>d-0001</c>; signatures and the audit log carry it.</param>
/// <param name="Role">A driver who leads a team now is its <see cref="Role.Leader"/>.</param>
/// <param name="DriverId">Null for a person at the bureau.</param>
/// <param name="TeamId">Team that a leader leads, or to which a driver belongs today; null for a person at the bureau.</param>
/// <param name="IsClosed">An admin has closed this person's account. A person without an account, for whom a token records, is not closed.</param>
internal sealed record Person(string Name, Role Role, int? DriverId = null, int? TeamId = null, bool IsClosed = false)
{
    /// <summary>The token of a <see cref="Role.Machine"/>, or by which a person's record came; null for a person who came by themselves.</summary>
    public ApiGrant? Token { get; init; }

    /// <summary>A driver who is off the register today: who has left, or is to come back on a later day.</summary>
    public bool HasLeft { get; init; }

    public static Refusal Left(string name) =>
        Refusal.Forbidden("actor-left", $"'{name}' is off the register today; what is still open goes on through the bureau.");

    /// <summary>Whether this person may sign in, and is still let in.</summary>
    public bool IsAdmitted => !IsClosed && !HasLeft;

    /// <summary>Whether this person may do this with somebody's data at all.</summary>
    public bool May(Permission permission) => WhoseWith(permission) != Whose.None;

    /// <summary>Whether this person may do this with everybody's data.</summary>
    public bool MayWithAll(Permission permission) => WhoseWith(permission) == Whose.All;

    /// <summary>
    /// Whether this person may do this with the data of a driver; null, a driver who does not exist, is within reach only of those who reach everybody.
    /// </summary>
    public bool May(Permission permission, PlaceOfDriver? subject) => WhoseWith(permission) switch
    {
        Whose.All => true,
        Whose.Team => subject?.TeamId is { } team && team == TeamId,
        Whose.Own => subject is not null && subject.DriverId == DriverId,
        _ => false,
    };

    private Whose WhoseWith(Permission permission) =>
        Role == Role.Machine && !(Permissions.ScopeOf(permission) is { } scope && Token!.Scopes.Contains(scope))
            ? Whose.None
            : Permissions.Of(Role, permission);
}

/// <summary>Where a driver belongs: what decides whose data an operation touches.</summary>
/// <param name="TeamId">Null for a driver who is off the register today.</param>
internal sealed record PlaceOfDriver(int DriverId, int? TeamId);

/// <summary>Who acts and who is acted on. The features that keep people answer; operations ask.</summary>
internal interface IPeople
{
    /// <summary>The person of that name; null if there is none, or if an actor and a driver share it, so that neither acts for the other.</summary>
    Task<Person?> FindAsync(string name, DispatchContext db, CancellationToken stop);

    /// <summary>The place of the driver with that code; null if there is none.</summary>
    Task<PlaceOfDriver?> PlaceAsync(string driver, DispatchContext db, CancellationToken stop);

    /// <summary>Whether somebody at the bureau acts by that name.</summary>
    Task<bool> IsActorAsync(string name, DispatchContext db, CancellationToken stop);
}
