namespace TaxiCredit.Dispatch.Components.Drivers;

/// <summary>Names the texts of a driver's tally.</summary>
internal sealed class TallyTexts;
