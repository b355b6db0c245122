namespace TaxiCredit.Dispatch.Components.Passengers;

/// <summary>Names the texts of the passengers' pages.</summary>
internal sealed class PassengerTexts;
