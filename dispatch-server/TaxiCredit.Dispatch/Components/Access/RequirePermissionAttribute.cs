using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Components.Access;

/// <summary>
/// A page for those who may do one of these permissions with somebody's data; without any, for everybody who is signed in. A visitor is sent to
/// sign in, another person gets a 403. Whose data the page then shows is its own question, see <see cref="Person.May(Permission, PlaceOfDriver)"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RequirePermissionAttribute(params Permission[] permissions) : Attribute
{
    /// <summary>The page is about everybody: a right to your own file or team is not enough.</summary>
    public bool OfEverybody { get; init; }

    public bool Admits(Person person) => permissions.Length == 0 || permissions.Any(OfEverybody ? person.MayWithAll : person.May);
}
