namespace TaxiCredit.Dispatch.Components.Access;

/// <summary>What somebody sees who is not signed in.</summary>
/// <param name="SeeEverything">The wall and every driver's tally, as in a city where nobody exists; false in any other.</param>
internal sealed record Visitors(bool SeeEverything);
