using TaxiCredit.Dispatch.Features.Accounts;

namespace TaxiCredit.Dispatch.Components;

/// <summary>
/// A page for those who may do one of these operations with somebody's data; without any, for everybody who is signed in. A visitor is sent to
/// sign in, another person gets a 403. Whose data the page then shows is its own question, see <see cref="Person.MayAsync"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TakesAttribute(params Operation[] operations) : Attribute
{
    /// <summary>The page is about everybody: a right to the own file or team does not admit.</summary>
    public bool OfEverybody { get; init; }

    public bool Admits(Person person) => operations.Length == 0 || operations.Any(OfEverybody ? person.MayWithAll : person.May);
}
